import * as fc from 'fast-check';
import { XmlC14NMode, XmlElement } from 'libxml2-wasm';
import { describe, expect, it } from 'vitest';
import { DEFAULT_ENDPOINT, SOAP_ACTION, type EnvelopeOptions } from '../../src/domain/entity.ts';
import type { Report } from '../../src/domain/report.ts';
import { STATES } from '../../src/domain/state.ts';
import { writeEnvelope } from '../../src/soap/envelope.ts';
import { readReportRequest } from '../../src/soap/read-request.ts';
import { writeReport40 } from '../../src/soap/report-40.ts';
import { writeAcknowledgement, writeRefusal } from '../../src/soap/write-answer.ts';
import { reportArbitrary, signerArbitrary } from '../support/arbitraries.ts';
import { damage } from '../support/damage.ts';
import { exampleItem, exampleReport } from '../support/reports.ts';
import {
  bodyError,
  type Contract,
  leaves,
  officialContract,
  officialExists,
  ourContract,
  validationError,
  withDocument,
  wsdlSoapAction,
} from './schema.ts';

const WRAPPED = DEFAULT_ENDPOINT.envelope;
const ENVELOPES: EnvelopeOptions[] = [
  WRAPPED,
  { ...WRAPPED, soapVersion: '1.2' },
  { ...WRAPPED, wrapper: false },
  { ...WRAPPED, soapVersion: '1.2', wrapper: false },
];

const ours = ourContract();

function conformsTo(contract: Contract): void {
  it.each(STATES)('accepts a report of the state %s', (state) => {
    const report = exampleReport({ items: [exampleItem({ state })] });
    expect(validationError(contract.messages, writeReport40(report))).toBeNull();
  });

  it('accepts every report that can be written', () => {
    fc.assert(
      fc.property(reportArbitrary, (report) => {
        expect(validationError(contract.messages, writeReport40(report))).toBeNull();
      }),
      { numRuns: 300 },
    );
  });

  it('accepts every signer that can be written', () => {
    fc.assert(
      fc.property(signerArbitrary, (signer) => {
        const report = exampleReport({ items: [exampleItem({ signer })] });
        expect(validationError(contract.messages, writeReport40(report))).toBeNull();
      }),
      { numRuns: 200 },
    );
  });

  it.each(ENVELOPES)(
    'accepts the Body of a SOAP $soapVersion message, with wrapper: $wrapper',
    (envelope) => {
      const validator = envelope.wrapper ? contract.wrappers : contract.messages;
      fc.assert(
        fc.property(reportArbitrary, (report) => {
          expect(bodyError(validator, writeEnvelope(writeReport40(report), envelope))).toBeNull();
        }),
        { numRuns: 50 },
      );
    },
  );

  it.each([
    ['an acknowledgement', writeAcknowledgement()],
    ['a refusal', writeRefusal('No existeix l’expedient <1> & "2"')],
    ['a refusal without words', writeRefusal('')],
  ])('accepts %s of the receiver', (_, answer) => {
    expect(bodyError(contract.wrappers, answer)).toBeNull();
  });
}

describe('our schema 4.0', () => {
  conformsTo(ours);

  it.each([
    ['no Emissor', /<Emissor>.*<\/Emissor>/, ''],
    ['an unknown state', 'DIPOSITADA', 'LLEGIDA'],
    ['a full stop for the middle dot', 'DIPOSITADA', 'ANUL.LADA'],
    ['the spelling Online', 'OnLine', 'Online'],
    ['an empty reference', /<Referencia>[^<]*/, '<Referencia>'],
    ['a reference of 256 characters', /<Referencia>[^<]*/, `<Referencia>${'a'.repeat(256)}`],
    ['a negative identifier', /<IdNotificacio>/, '<IdNotificacio>-'],
    ['an identifier beyond a long', /<IdNotificacio>\d+/, '<IdNotificacio>9223372036854775808'],
    ['no day to expire in', /<DiesExpiracio>\d+/, '<DiesExpiracio>0'],
    ['1001 days to expire in', /<DiesExpiracio>\d+/, '<DiesExpiracio>1001'],
    ['a NIF without its letter', '00000000T', '00000000'],
    ['an element of no namespace', '<Canal>', '<Canal xmlns="">'],
    ['elements out of order', /(<DataInforme>.*<\/DataInforme>)(<TipusInforme>.*<\/TipusInforme>)/, '$2$1'],
  ])('refuses %s', (_, from, to) => {
    const valid = writeReport40(exampleReport({}));
    const broken = valid.replace(from, to);
    expect(broken).not.toBe(valid);
    expect(validationError(ours.messages, broken)).not.toBeNull();
  });

  it('describes the operation with the SOAPAction that is sent', () => {
    expect(wsdlSoapAction()).toBe(SOAP_ACTION);
  });
});

const official = 'the official schema 4.0 (runs where ../shared/official lies beside the project)';
describe.runIf(officialExists)(official, () => {
  const theirs = officialExists ? officialContract() : ours;
  conformsTo(theirs);

  it('judges every damaged report as our schema does', () => {
    fc.assert(
      fc.property(reportArbitrary, fc.nat(), damage, (report, place, change) => {
        const damaged = change(writeReport40(report), place);
        expect(validationError(ours.messages, damaged) === null).toBe(
          validationError(theirs.messages, damaged) === null,
        );
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a written report', () => {
  it('is its own exclusive canonical form, alone and in its message', () => {
    const exclusive = { mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0 };
    fc.assert(
      fc.property(reportArbitrary, (report) => {
        const xml = writeReport40(report);
        expect(withDocument(xml, (doc) => doc.canonicalizeToString(exclusive))).toBe(xml);
        const message = writeEnvelope(xml, WRAPPED);
        const canonical = withDocument(message, (doc) => {
          const content = doc.get('/*/*/*');
          return content instanceof XmlElement ? content.canonicalizeToString(exclusive) : '';
        });
        expect(message).toContain(`<soapenv:Body>${canonical}</soapenv:Body>`);
        expect(canonical).toContain(xml);
      }),
    );
  });

  it('gives back every text unchanged to another parser', () => {
    fc.assert(
      fc.property(reportArbitrary, (report) => {
        const read = new Set(withDocument(writeEnvelope(writeReport40(report), WRAPPED), leaves));
        expect(textsOf(report).filter((text) => !read.has(text))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it.each(ENVELOPES)('is read back whole by a receiver: SOAP $soapVersion, wrapper: $wrapper', (envelope) => {
    fc.assert(
      fc.property(reportArbitrary, (report) => {
        const message = Buffer.from(writeEnvelope(writeReport40(report), envelope));
        expect(readReportRequest(message, 'text/xml; charset=utf-8')).toEqual({ report });
      }),
    );
  });
});

/** Every text of a report that lies in an element: a document's type is a name, its country an attribute. */
function textsOf(report: Report): string[] {
  const texts: string[] = [];
  JSON.stringify(report, (key, value: unknown) => {
    if (typeof value === 'string' && key !== 'type' && key !== 'country') texts.push(value);
    if (typeof value === 'number') texts.push(value.toString());
    return value;
  });
  return texts;
}
