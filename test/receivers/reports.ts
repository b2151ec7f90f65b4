import type { Party, Person, PersonDocument, Signer } from '../../src/domain/notification.ts';
import type { Report } from '../../src/domain/report.ts';
import { STATES } from '../../src/domain/state.ts';
import { exampleItem, exampleReport } from '../support/reports.ts';

/** A report that every receiver is sent, by what is special in it. */
export interface NamedReport {
  readonly name: string;
  readonly report: Report;
}

/** A name that a receiver reads wrongly if it takes the charset or the escapes for something else. */
const FULL_NAME = 'Núria Inventada & «Col·legi» <𝒜> "x" l’y ]]>';

const person = (document: PersonDocument): Person => ({ document, fullName: FULL_NAME });
const nif: Party = { person: person({ type: 'NIF', number: '00000000T', country: null }) };
const passport: Party = { person: person({ type: 'PASSAPORT', number: 'XX000000', country: 'FR' }) };
const idc: Party = { person: person({ type: 'IDC', number: 'YY000000', country: 'IT' }) };
const cif: Party = {
  company: { document: { type: 'CIF', number: 'B00000000', country: null }, name: 'Empresa Inventada, SL' },
};
const vat: Party = {
  company: { document: { type: 'VAT', number: 'FR00', country: 'FR' }, name: 'Société Inventée' },
};

const SIGNERS: readonly (readonly [string, Signer | null])[] = [
  ['nobody', null],
  ['a person with a NIF', { type: 'interested', party: nif }],
  ['a person with a passport', { type: 'interested', party: passport }],
  ['a person with an identity card', { type: 'interested', party: idc }],
  ['a company with a CIF', { type: 'interested', party: cif }],
  ['a company with a VAT number', { type: 'interested', party: vat }],
  ['a person for a company', { type: 'representative', representative: nif, interested: cif }],
  ['a company for a person', { type: 'representative', representative: cif, interested: passport }],
  [
    'an officer',
    {
      type: 'officer',
      person: person({ type: 'NIF', number: '00000001R', country: null }),
      interested: nif,
      authorisationEntry: 'E-2026-1',
    },
  ],
  [
    'paper',
    { type: 'paper', officerNif: '00000000T', practisedAt: '2026-11-24T10:15:30+01:00', reference: 'R-1' },
  ],
];

/** Every state, every form of signer, and what else may be there or not. */
export const REPORTS: readonly NamedReport[] = [
  ...STATES.map((state) => ({
    name: `state ${state}`,
    report: exampleReport({ items: [exampleItem({ state, signer: null, channelChange: null })] }),
  })),
  ...SIGNERS.map(([name, signer]) => ({
    name: `signed by ${name}`,
    report: exampleReport({ items: [exampleItem({ state: 'ACCEPTADA', signer })] }),
  })),
  { name: 'as little as there may be', report: leastReport() },
  {
    name: 'a daily one of several items',
    report: exampleReport({
      kind: 'Diari',
      items: STATES.slice(-3).map((state) =>
        exampleItem({ state, signer: { type: 'interested', party: cif } }),
      ),
    }),
  },
  { name: 'a daily one of none', report: exampleReport({ kind: 'Diari', items: [] }) },
];

function leastReport(): Report {
  const { notification } = exampleItem({});
  return exampleReport({
    issuer: { ...exampleReport({}).issuer, backOffice: null },
    items: [
      exampleItem({
        signer: null,
        channelChange: null,
        notification: {
          ...notification,
          backOffice: null,
          issuerReference: null,
          channel: null,
          expirationDays: null,
          registry: null,
        },
      }),
    ],
  });
}

/** A report whose reference tells a receiver how to answer it. */
export function reportToBeAnswered(how: Behaviour): Report {
  const item = exampleItem({});
  return exampleReport({ items: [{ ...item, notification: { ...item.notification, reference: how } }] });
}

/** How the receivers answer; every other report is acknowledged. */
export type Behaviour = 'REFUSE' | 'EMPTY' | 'FAULT' | 'CRASH';
