import * as fc from 'fast-check';
import { XmlC14NMode } from 'libxml2-wasm';
import { describe, expect, it } from 'vitest';
import { DEFAULT_ENDPOINT, SOAP_ACTION } from '../../src/domain/entity.ts';
import type { Report } from '../../src/domain/report.ts';
import { STATES } from '../../src/domain/state.ts';
import { writeEnvelope } from '../../src/soap/envelope.ts';
import { reportInVersion, writeReport32 } from '../../src/soap/report-32.ts';
import { writeReport40 } from '../../src/soap/report-40.ts';
import { writeAcknowledgement, writeRefusal } from '../../src/soap/write-answer.ts';
import { reportArbitrary, signerArbitrary } from '../support/arbitraries.ts';
import { damage } from '../support/damage.ts';
import { exampleItem, exampleReport } from '../support/reports.ts';
import {
  leaves,
  officialExists,
  officialMessages32,
  officialService32,
  ourMessages32,
  type Messages32,
  validationError,
  withDocument,
} from './schema.ts';

/** A report's XML; null where 3.2 cannot express it. */
function written(report: Report): string | null {
  const result = writeReport32(report);
  return 'xml' in result ? result.xml : null;
}

/** Reports that 3.2 can express, with their XML. */
const expressible = fc
  .tuple(reportArbitrary, fc.array(signerArbitrary, { minLength: 3, maxLength: 3 }))
  .map(([report, signers]): Report => {
    return { ...report, items: report.items.map((item, n) => ({ ...item, signer: signers[n] ?? null })) };
  })
  .map((report) => ({ report, xml: written(report) ?? '' }))
  .filter(({ xml }) => xml !== '');

const ours = ourMessages32();

function conformsTo({ reports, answers }: Messages32): void {
  it.each(STATES)('accepts the state %s with every signer that can be expressed', (state) => {
    fc.assert(
      fc.property(signerArbitrary, (signer) => {
        const xml = written(exampleReport({ items: [exampleItem({ state, signer })] }));
        fc.pre(xml !== null);
        expect(validationError(reports, xml)).toBeNull();
      }),
      { numRuns: 40 },
    );
  });

  it('accepts every report that can be written', () => {
    fc.assert(
      fc.property(expressible, ({ xml }) => {
        expect(validationError(reports, xml)).toBeNull();
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['an acknowledgement', writeAcknowledgement()],
    ['a refusal', writeRefusal('No existeix l’expedient <1> & "2"')],
  ])('accepts %s of the receiver', (_, answer) => {
    const [response = ''] = /<RespostaReport.*<\/RespostaReport>/.exec(answer) ?? [];
    expect(validationError(answers, response.replace('v4.0', 'v3.2'))).toBeNull();
  });
}

describe('our schema 3.2', () => {
  conformsTo(ours);

  it.each([
    ['no Capcalera', /<Capcalera>.*<\/Capcalera>/, ''],
    ['no actor', /<PersonaFisica>.*<\/PersonaFisica>/, ''],
    ['a state by its name', '<Estat>3', '<Estat>DIPOSITADA'],
    ['an IDC', /<NIF>.*<\/NIF>/, '<IDC Pais="IT">AB1</IDC>'],
    ['a passport of ten characters', /<NIF>.*<\/NIF>/, '<PASSAPORT>ABC1234567</PASSAPORT>'],
    ['the spelling Online', 'OnLine', 'Online'],
    ['elements out of order', /(<Estat>.*<\/Estat>)(<DescripcioEstat>.*<\/DescripcioEstat>)/, '$2$1'],
  ])('refuses %s', (_, from, to) => {
    const valid = written(exampleReport({})) ?? '';
    const broken = valid.replace(from, to);
    expect(broken).not.toBe(valid);
    expect(validationError(ours.reports, broken)).not.toBeNull();
  });
});

const official = 'the official schema 3.2 (runs where ../shared/official lies beside the project)';
describe.runIf(officialExists)(official, () => {
  const theirs = officialExists ? officialMessages32() : ours;
  conformsTo(theirs);

  it('judges every damaged report as our schema does', () => {
    fc.assert(
      fc.property(expressible, fc.nat(), damage, ({ xml }, place, change) => {
        const damaged = change(xml, place);
        expect(validationError(ours.reports, damaged) === null).toBe(
          validationError(theirs.reports, damaged) === null,
        );
      }),
      { numRuns: 600 },
    );
  });

  it('is for a web service with the wrapper and the SOAPAction that are sent', () => {
    const { soapAction, wrapper } = officialService32();
    expect(soapAction).toBe(SOAP_ACTION);
    const xml = written(exampleReport({})) ?? '';
    expect(writeEnvelope(xml, DEFAULT_ENDPOINT.envelope)).toContain(`<soapenv:Body>${wrapper}${xml}</`);
  });
});

describe('a report written in 3.2', () => {
  it('is its own exclusive canonical form', () => {
    const exclusive = { mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0 };
    fc.assert(
      fc.property(expressible, ({ xml }) => {
        expect(withDocument(xml, (doc) => doc.canonicalizeToString(exclusive))).toBe(xml);
      }),
    );
  });

  it('says by the pinned bytes of 4.0 what it would say by the report', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          reportArbitrary,
          expressible.map(({ report }) => report),
        ),
        (report) => {
          expect(reportInVersion('3.2', writeReport40(report))).toEqual(writeReport32(report));
        },
      ),
    );
  });

  it('gives back every text of the notification and its signer unchanged to another parser', () => {
    fc.assert(
      fc.property(expressible, ({ report, xml }) => {
        const read = new Set(withDocument(xml, leaves));
        const texts = report.items.flatMap(({ occurredAt, notification, signer, channelChange }) => [
          occurredAt,
          notification.reference,
          notification.id,
          notification.issuerReference,
          notification.backOffice,
          notification.registry?.number ?? null,
          signer?.type === 'paper' ? signer.reference : null,
          channelChange?.email ?? null,
          channelChange?.phone ?? null,
        ]);
        expect(texts.filter((text) => text !== null && !read.has(text))).toEqual([]);
      }),
    );
  });
});
