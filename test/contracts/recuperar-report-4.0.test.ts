import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RECOVER_ERRORS, type RecoverErrorCode } from '../../src/domain/errors.ts';
import { recoverFrame, writeRecoverError } from '../../src/soap/recover-answer.ts';
import { readRecoverMessage, type RecoverMessage } from '../../src/soap/recover-request.ts';
import { writeReportItem40 } from '../../src/soap/report-40.ts';
import { reportArbitrary, xmlText } from '../support/arbitraries.ts';
import { recoverMessage, recoverRequest } from '../support/recover.ts';
import {
  bodyError,
  officialExists,
  officialRecoverContract,
  ourRecoverContract,
  type RecoverContract,
  validationError,
} from './schema.ts';

const CODES: readonly RecoverErrorCode[] = [101, 103, 501, 502, 504, 627, 1010, 1015, 3015, 3021];
const ours = ourRecoverContract();
const VERSIONS = ['1.1', '1.2'] as const;

const REQUESTS = [
  recoverRequest({ notification: '900000000001' }),
  recoverRequest({ notification: '0', backOffice: 'GESTEXP' }),
  recoverRequest({ date: '2026-11-24' }),
  recoverRequest({ date: '2002-10-10+05:00', backOffice: '' }),
];

const read = (request: string): RecoverMessage =>
  readRecoverMessage(Buffer.from(recoverMessage(request)), 'text/xml; charset=utf-8');

function conformsTo(contract: RecoverContract): void {
  it.each(REQUESTS)('accepts the request %s', (request) => {
    expect(validationError(contract.requests, request)).toBeNull();
    expect(read(request)).toHaveProperty('request');
  });

  it('accepts every report that can be answered', () => {
    fc.assert(
      fc.property(reportArbitrary, fc.constantFrom(...VERSIONS), (report, soapVersion) => {
        const { opening, closing } = recoverFrame(soapVersion, report);
        const answer = opening + report.items.map(writeReportItem40).join('') + closing;
        expect(bodyError(contract.answers, answer)).toBeNull();
      }),
      { numRuns: 200 },
    );
  });

  it.each(CODES)('accepts the error %s', (code) => {
    fc.assert(
      fc.property(xmlText(0, 50), fc.constantFrom(...VERSIONS), (text, soapVersion) => {
        const subject = {
          organisation: text,
          department: text,
          backOffice: text,
          notification: '900000000001',
        };
        for (const about of [null, subject, { ...subject, backOffice: null }]) {
          const answer = writeRecoverError(soapVersion, code, text, about);
          expect(bodyError(contract.answers, answer)).toBeNull();
        }
      }),
      { numRuns: 20 },
    );
  });
}

describe('our schema of RecuperarReport', () => {
  conformsTo(ours);

  it('is told of every code that is answered', () => {
    expect(Object.keys(RECOVER_ERRORS)).toEqual(CODES.map(String));
  });
});

const official =
  'the official schema of RecuperarReport (runs where ../shared/official lies beside the project)';
describe.runIf(officialExists)(official, () => {
  const theirs = officialExists ? officialRecoverContract() : ours;
  conformsTo(theirs);

  it('judges every damaged request as our schema and our reader do', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...REQUESTS),
        fc.array(damage, { minLength: 1, maxLength: 2 }),
        (request, damages) => {
          const damaged = damages.reduce((text, change) => change(text), request);
          const isValid = validationError(theirs.requests, damaged) === null;
          expect(validationError(ours.requests, damaged) === null, damaged).toBe(isValid);
          const message = read(damaged);
          // What lacks is told by codes of its own, valid or not.
          if ('error' in message && [627, 3015].includes(message.error)) return;
          if (isValid) expect('request' in message || message, damaged).not.toMatchObject({ error: 101 });
          else expect(message, damaged).toMatchObject({ error: expect.toBeOneOf([101, 502]) });
        },
      ),
      { numRuns: 3_000 },
    );
  });
});

const OTHER_USERS = `
  <Ciutada/>
  <Ciutada><VALIdAccessToken>t</VALIdAccessToken></Ciutada>
  <Ciutada><IdParaulaPas>i</IdParaulaPas><ParaulaPas>p</ParaulaPas></Ciutada>
  <Ciutada><ParaulaPas>p</ParaulaPas></Ciutada>
  <Representant><VALIdAccessToken>t</VALIdAccessToken><Interessat><PersonaFisica><NIF>00000000T</NIF></PersonaFisica></Interessat></Representant>
  <FuncionariHabilitat><VALIdAccessToken>t</VALIdAccessToken><Interessat><PersonaJuridica><CIF>B00000000</CIF></PersonaJuridica></Interessat></FuncionariHabilitat>
`
  .trim()
  .split(/\n\s*/);

// No white space around dates: the schema language takes it, libxml2 does not.
const VALUES = `
  0 007 +7 -1 1.5 9223372036854775807 9223372036854775808 x
  2026-11-24 2026-11-24Z 2026-11-24+14:00 2026-11-24-14:00 2026-11-24+14:01 2026-11-24+15:00
  2026-02-29 2024-02-29 1900-02-29 2000-02-29 2026-04-31 2026-13-01 2026-00-10 2026-1-1
  12026-01-01 -0044-03-15 0044-03-15 26-01-01 02026-01-01 2026-11-24T00:00:00 24/11/2026
`
  .trim()
  .split(/\s+/)
  .concat('', ' ', ' 7 ');

/** Ways to damage a request (some leave it valid). */
const damage: fc.Arbitrary<(request: string) => string> = fc
  .oneof(
    fc
      .constantFrom(...VALUES)
      .map((value) => ({ from: />[^<>]+<(?=\/(?:IdNotificacio|DataReport))/, to: `>${value}<` })),
    fc.constantFrom('', 'x', 'ç').map((value) => ({ from: />[^<>]*<(?=\/Codi)/, to: `>${value}<` })),
    fc.constantFrom(...OTHER_USERS).map((user) => ({ from: /<Empleat>.*<\/Empleat>/, to: user })),
    fc
      .constantFrom('IdNotificacio', 'DataReport', 'BackOffice', 'Usuari', 'Empleat', 'CodiOrganisme')
      .chain((name) =>
        fc.constantFrom(
          { from: new RegExp(`<${name}>.*</${name}>`), to: '' },
          { from: new RegExp(`<${name}>.*</${name}>`), to: '$&$&' },
          { from: new RegExp(`<${name}>`), to: `<Nou/><${name}>` },
          { from: new RegExp(`</${name}>`), to: `<Nou/></${name}>` },
          { from: new RegExp(`</${name}>`), to: `</${name}>text` },
          { from: new RegExp(`</${name}>`), to: `</${name}><!-- comment --> ` },
          { from: new RegExp(`<${name}>`), to: `<${name} xmlns="">` },
          { from: new RegExp(`<${name}>`), to: `<${name} nou="1">` },
          {
            from: new RegExp(`<${name}>`),
            to: `<${name} xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true">`,
          },
          {
            from: new RegExp(`<${name}>`),
            to: `<${name} xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:schemaLocation="a b">`,
          },
        ),
      ),
    fc.constant({ from: /(<BackOffice>.*<\/BackOffice>)(<Usuari>.*<\/Usuari>)/, to: '$2$1' }),
    fc.constant({ from: /(<Usuari>.*<\/Usuari>)(.*)(?=<\/Peticio)/, to: '$2$1' }),
    fc.constant({ from: /<CodiDepartament>.*<\/CodiDepartament>/, to: '' }),
    fc.constant({ from: /<IdNotificacio>.*<\/IdNotificacio>/, to: '$&<DataReport>2026-11-24</DataReport>' }),
  )
  .map(
    ({ from, to }) =>
      (request) =>
        request.replace(from, to),
  );
