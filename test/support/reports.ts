import type { Report, ReportItem } from '../../src/domain/report.ts';

/** A plainly invented entry of a report, with every optional part. */
export function exampleItem(changes: Partial<ReportItem>): ReportItem {
  return {
    state: 'DIPOSITADA',
    occurredAt: '2026-11-24T10:15:30.123+01:00',
    notification: {
      id: '900000000001',
      kind: 'NOTIFICACIO',
      backOffice: 'GESTEXP',
      reference: 'EXP-2026/0001',
      issuerReference: 'A-77',
      channel: 'DIGITAL',
      expirationDays: 10,
      registry: { number: 'S-2026-000123', registeredAt: '2026-11-24T10:15:00+01:00' },
    },
    signer: {
      type: 'interested',
      party: {
        person: {
          document: { type: 'NIF', number: '00000000T', country: null },
          fullName: 'Persona Inventada',
        },
      },
    },
    channelChange: { channel: 'PAPER', email: 'persona@inventada.example', phone: '000000000' },
    ...changes,
  };
}

/** A plainly invented OnLine report of one item. */
export function exampleReport(changes: Partial<Report>): Report {
  return {
    kind: 'OnLine',
    issuer: {
      organisation: '9900000001',
      organisationName: 'Ajuntament Inventat',
      department: '1',
      departmentName: 'Secretaria',
      backOffice: 'GESTEXP',
    },
    date: '2026-11-24',
    items: [exampleItem({})],
    ...changes,
  };
}
