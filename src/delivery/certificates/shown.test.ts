import { X509Certificate } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createAuthority, endingIn } from '../../../test/support/certificates.ts';
import { createDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { fingerprintOf } from '../../domain/certificate.ts';
import { createShownCertificates, type ShownCertificates } from './shown.ts';

const ORIGIN = 'https://backoffice.example';
const authority = createAuthority();
const issue = (days: number): X509Certificate =>
  new X509Certificate(authority.issue(['backoffice.example'], endingIn(days)).certificate);
const old = issue(10);
const renewed = issue(90);

let database: TestDatabase;
let lines: string[] = [];

beforeAll(async () => {
  database = await createDatabase();
  await database.db.query(`insert into nt30.aoc_nt_origens (adreca) values ('${ORIGIN}:443')`);
});

beforeEach(async () => {
  lines = [];
  await database.db.query('truncate nt30.aoc_nt_certificats_servidor');
});

afterAll(async () => database.drop());

function create(): ShownCertificates {
  return createShownCertificates(
    database.db,
    pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) }),
  );
}

async function stored() {
  return database.db.query(
    'select empremta, subjecte, emissor, caduca, vist from nt30.aoc_nt_certificats_servidor',
  );
}

it('writes down what a server shows, once while it stays the same', async () => {
  const shown = create();
  const before = database.db.counters.statements;
  for (let count = 0; count < 50; count += 1) shown.note(ORIGIN, old);
  await shown.settled();
  shown.note(ORIGIN, old);
  await shown.settled();
  expect(database.db.counters.statements - before).toBe(1);
  expect(await stored()).toEqual([
    {
      empremta: fingerprintOf(old),
      subjecte: 'CN=Servidor Inventat',
      emissor: 'CN=Autoritat Inventada',
      caduca: new Date(old.validTo),
      vist: expect.any(Date),
    },
  ]);
});

it('keeps the one that was shown last', async () => {
  const shown = create();
  for (const certificate of [renewed, old, renewed]) shown.note(ORIGIN, certificate);
  await shown.settled();
  expect(await stored()).toMatchObject([{ empremta: fingerprintOf(renewed) }]);
});

it('writes nothing where another process has written the same that day', async () => {
  const note = async (): Promise<void> => {
    const shown = create();
    shown.note(ORIGIN, old);
    await shown.settled();
  };
  await note();
  const [first] = await stored();
  await note();
  expect(await stored()).toEqual([first]);
  await database.db.query(`update nt30.aoc_nt_certificats_servidor set vist = vist - interval '25 hours'`);
  await note();
  const [next] = await stored();
  expect(Number(next?.vist)).toBeGreaterThan(Number(first?.vist));
});

it('passes over servers that no endpoint has had', async () => {
  const shown = create();
  shown.note('https://unknown.example:8443', old);
  await shown.settled();
  expect(await stored()).toEqual([]);
  expect(lines).toEqual([]);
});

it('writes with the next connection what could not be written', async () => {
  const shown = create();
  await database.db.query('alter table nt30.aoc_nt_certificats_servidor rename to elsewhere');
  shown.note(ORIGIN, old);
  await shown.settled();
  await database.db.query('alter table nt30.elsewhere rename to aoc_nt_certificats_servidor');
  expect(lines).toHaveLength(1);
  shown.note(ORIGIN, old);
  await shown.settled();
  expect(await stored()).toHaveLength(1);
});
