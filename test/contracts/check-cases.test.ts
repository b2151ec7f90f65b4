import { describe, expect, it } from 'vitest';
import { CASE_IDS, caseReport } from '../../src/delivery/probe/check/cases.ts';
import { testReport } from '../../src/delivery/probe/test-report.ts';
import { DEFAULT_ENDPOINT } from '../../src/domain/entity.ts';
import { reportInVersion } from '../../src/soap/report-32.ts';
import { writeEnvelope } from '../../src/soap/envelope.ts';
import { readReportRequest } from '../../src/soap/read-request.ts';
import { writeReport40 } from '../../src/soap/report-40.ts';
import {
  officialContract,
  officialExists,
  officialMessages32,
  ourContract,
  validationError,
} from './schema.ts';

const ISSUER = {
  organisation: '9900000001',
  organisationName: 'Ajuntament Inventat',
  department: '1',
  departmentName: 'Secretaria',
  backOffice: 'GESTEXP',
};
const NOW = Date.parse('2026-11-24T09:15:30.123Z');

const ours = ourContract();

describe.each(CASE_IDS)('the report that is sent for trial as %s', (id) => {
  const report = caseReport(id, ISSUER, NOW);
  const xml = writeReport40(report);

  it('follows our schema, and is read back as it was meant', () => {
    expect(validationError(ours.messages, xml)).toBeNull();
    const body = Buffer.from(writeEnvelope(xml, DEFAULT_ENDPOINT.envelope));
    expect(readReportRequest(body, 'text/xml; charset=utf-8')).toEqual({ report });
  });

  it('says in Referencia that it is none', () => {
    expect(report.items[0]?.notification.reference).toMatch(/^PROVA: informe inventat/);
  });
});

it('no two reports that are sent for trial tell of the same notification', () => {
  const ids = CASE_IDS.map((id) => caseReport(id, ISSUER, NOW).items[0]?.notification.id);
  expect(new Set(ids).size).toBe(CASE_IDS.length);
});

it('the report of a connection’s test follows our schema in both message versions', () => {
  expect(validationError(ours.messages, writeReport40(testReport(ISSUER, '4.0', NOW)))).toBeNull();
  expect(reportInVersion('3.2', writeReport40(testReport(ISSUER, '3.2', NOW)))).toHaveProperty('xml');
});

describe.skipIf(!officialExists)(
  officialExists ? 'the official schemas' : 'the official schemas (skipped: ../shared/official is absent)',
  () => {
    it('accept every report that is sent for trial', () => {
      const { messages } = officialContract();
      for (const id of CASE_IDS) {
        expect(validationError(messages, writeReport40(caseReport(id, ISSUER, NOW))), id).toBeNull();
      }
      expect(validationError(messages, writeReport40(testReport(ISSUER, '4.0', NOW)))).toBeNull();
    });

    it('accept the report of a connection’s test in message version 3.2', () => {
      const written = reportInVersion('3.2', writeReport40(testReport(ISSUER, '3.2', NOW)));
      expect('xml' in written && validationError(officialMessages32().reports, written.xml)).toBeNull();
    });
  },
);
