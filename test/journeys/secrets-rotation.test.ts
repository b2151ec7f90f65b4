import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { startService } from '../../src/compose.ts';
import { createLogger } from '../../src/log.ts';
import { rotateSecrets, type RotationProgress } from '../../src/store/secrets-rotation.ts';
import { Sealer } from '../../src/store/secrets.ts';
import { change, configuration, ENTITY } from '../support/changes.ts';
import { fresh, journeyTest } from '../support/journey.ts';
import { run, type Environment } from '../support/program.ts';
import { acknowledge, httpStatus, type Reply } from '../support/receiver.ts';
import { startTestService, type TestService } from '../support/service.ts';

const { started, receiving, closing } = journeyTest();

const PASSWORD = 'contrasenya inventada';
const PATH = `/v1/entities/${ENTITY.organisation}/${ENTITY.department}`;
const authentication = { type: 'basic', username: 'usuari', password: PASSWORD };
const NOBODY = new AbortController().signal;

let oldKey: Buffer;
let newKey: Buffer;
beforeEach(() => {
  oldKey = randomBytes(32);
  newKey = randomBytes(32);
});

/** Acknowledges who knows the password. */
const knowing: Reply = (request, response) => {
  const known = `Basic ${Buffer.from(`usuari:${PASSWORD}`).toString('base64')}`;
  (request.headers.authorization === known ? acknowledge : httpStatus(401))(request, response);
};

async function beside(t: TestService, secretsKey: Buffer, secretsKeyPrevious: Buffer | null) {
  const service = await startTestService({ beside: t, settings: { secretsKey, secretsKeyPrevious } });
  closing(async () => service.close());
  return service;
}

/** An entity that has so many endpoints with secrets, its own included. */
async function withSecrets(t: TestService, url: string, endpoints = 1): Promise<void> {
  const endpoint = { url, timeoutMs: 5_000, authentication };
  const others = Array.from({ length: endpoints - 1 }, (_, at) => [`BO-${at}`, { endpoint }] as const);
  await t.configure(null, { endpoint, backOffices: Object.fromEntries(others) });
}

/** One of the services sends what the first one took. */
async function deliver(t: TestService, ...others: readonly TestService[]): Promise<void> {
  const delivery = await t.deliver(change({ notification: fresh() }));
  const finished = await Promise.race([t, ...others].map(async (each) => each.finished(delivery)));
  expect(finished).toMatchObject({ status: 'acknowledged', attempt: 1 });
}

/** How many secrets are under a key. */
async function under(t: TestService, key: Buffer): Promise<number> {
  const { mark } = new Sealer(key);
  const [row] = await t.rows<{ count: number }>(
    `select count(*)::int as count from nt30.aoc_nt_punts_recepcio
     where substring(secrets from 1 for $1) = $2`,
    [mark.length, mark],
  );
  return row?.count ?? 0;
}

async function rotate(
  t: TestService,
  onProgress: (progress: RotationProgress) => void = () => undefined,
  signal = NOBODY,
) {
  return rotateSecrets(t.database.db, new Sealer(newKey, oldKey), onProgress, signal);
}

/** All that the database holds, as text. */
async function contents(t: TestService): Promise<string> {
  const tables = await t.rows<{ name: string }>(
    `select table_name as name from information_schema.tables
     where table_schema = 'nt30' and table_type = 'BASE TABLE' order by 1`,
  );
  const rows = await Promise.all(
    tables.map(async ({ name }) => t.rows(`select to_jsonb(x) as row from nt30.${name} x order by 1`)),
  );
  return JSON.stringify(rows);
}

function environment(t: TestService, key: Buffer, previous: Buffer | null): Environment {
  return {
    DATABASE_URL: t.database.url,
    SECRETS_KEY: key.toString('base64'),
    ...(previous === null ? {} : { SECRETS_KEY_PREVIOUS: previous.toString('base64') }),
  };
}

describe('a new SECRETS_KEY', () => {
  it('is taken while services run: none misses a secret before, meanwhile or afterwards', async () => {
    const receiver = await receiving(knowing);
    const first = await started({ settings: { secretsKey: oldKey } });
    await withSecrets(first, receiver.url, 5);
    await deliver(first);
    await first.stop();

    const one = await beside(first, newKey, oldKey);
    const two = await beside(first, newKey, oldKey);
    await deliver(one, two);
    expect(await under(first, oldKey)).toBe(5);
    // Until it is changed, everybody seals with the key that everybody has.
    await withSecrets(one, receiver.url, 6);
    expect(await under(first, oldKey)).toBe(6);

    const ended = await run(['keys', 'rotate-secrets', '--json'], environment(first, newKey, oldKey));
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(ended.stdout)).toEqual({ sealed: 6, total: 6 });
    expect(await under(first, newKey)).toBe(6);
    await deliver(two, one);
    await withSecrets(two, receiver.url, 7);
    expect(await under(first, newKey)).toBe(7);
    await deliver(one, two);
    await one.stop();
    await two.stop();

    const last = await beside(first, newKey, null);
    await deliver(last);
    const { body } = await last.call('GET', '/v1/audit?action=secrets-rotated');
    expect(body).toMatchObject({ items: [{ detail: { sealed: 6 }, by: { key: null } }] });
  });

  it('is taken once; repeating it changes nothing', async () => {
    const t = await started({ settings: { secretsKey: oldKey } });
    await withSecrets(t, 'https://backoffice.example/', 3);
    await t.stop();
    expect(await rotate(t)).toBe(3);
    const before = await contents(t);
    expect(await rotate(t)).toBe(0);
    expect(await contents(t)).toBe(before);
    const again = await run(['keys', 'rotate-secrets'], environment(t, newKey, oldKey));
    expect(again).toMatchObject({ code: 0 });
    expect(again.stdout).toContain('0 punts de recepció');
  });

  it('may be interrupted at any time: the next run goes on, and no start leaves the rest behind', async () => {
    const t = await started({ settings: { secretsKey: oldKey } });
    await withSecrets(t, 'https://backoffice.example/', 250);
    await t.stop();
    const interruption = new AbortController();
    const seen: RotationProgress[] = [];
    const interrupted = rotate(
      t,
      (progress) => {
        seen.push(progress);
        if (progress.done > 0) interruption.abort();
      },
      interruption.signal,
    );
    await expect(interrupted).rejects.toThrow();
    expect(seen).toEqual([
      { done: 0, total: 250 },
      { done: 100, total: 250 },
    ]);
    expect([await under(t, newKey), await under(t, oldKey)]).toEqual([100, 150]);
    await expect(beside(t, newKey, null)).rejects.toMatchObject({ code: 'secrets-rotation-unfinished' });
    await expect(beside(t, oldKey, null)).rejects.toMatchObject({ code: 'secrets-key-wrong' });

    const running = await beside(t, newKey, oldKey);
    expect((await running.call('GET', PATH)).status).toBe(200);
    expect(await rotate(t)).toBe(150);
    await running.stop();
    expect((await (await beside(t, newKey, null)).call('GET', PATH)).body).toMatchObject({
      endpoint: { authentication: { password: { set: true } } },
    });
  });

  it('leaves no secret behind that is put meanwhile', async () => {
    const t = await started({ settings: { secretsKey: oldKey } });
    await withSecrets(t, 'https://backoffice.example/', 120);
    await t.stop();
    const running = await beside(t, newKey, oldKey);
    const put = async (department: string) =>
      running.call('PUT', `/v1/entities/${ENTITY.organisation}/${department}`, {
        ...configuration(null),
        endpoint: { url: 'https://backoffice.example/', authentication },
      });
    const puts = Array.from({ length: 10 }, async (_, at) => put(String(10 + at)));
    const [, ...answers] = await Promise.all([
      rotate(t),
      ...puts,
      withSecrets(running, 'https://b.example/', 120),
    ]);
    expect(answers.filter((answer) => answer !== undefined && answer.status !== 201)).toEqual([]);
    expect([await under(t, newKey), await under(t, oldKey)]).toEqual([130, 0]);
  });

  it('is not taken while a process runs that lacks it', async () => {
    const t = await started({ settings: { secretsKey: oldKey } });
    await withSecrets(t, 'https://backoffice.example/');
    const before = await contents(t);
    await expect(rotate(t)).rejects.toMatchObject({ code: 'secrets-key-not-everywhere' });
    expect(await contents(t)).toBe(before);
    expect(await under(t, oldKey)).toBe(1);
  });

  it('is not written past: a process that lacks it refuses what it would have to seal', async () => {
    const t = await started({ settings: { secretsKey: oldKey } });
    await withSecrets(t, 'https://backoffice.example/');
    // As where a process could not be seen, for it had no connection open.
    await t.rows(`update nt30.aoc_nt_parametres set valor = $1 where nom = 'empremta_clau_secrets'`, [
      new Sealer(newKey).fingerprint,
    ]);
    const answer = await t.call('PUT', `/v1/entities/${ENTITY.organisation}/2`, {
      ...configuration(null),
      endpoint: { url: 'https://backoffice.example/', authentication },
    });
    expect(answer).toMatchObject({ status: 500, body: { code: 'internal' } });
    expect(answer.text).not.toContain(PASSWORD);
    expect(await t.rows('select from nt30.aoc_nt_configuracio_callbacks')).toHaveLength(1);
  });

  it('is not said to be taken where a secret opens with neither key; the others are sealed', async () => {
    const t = await started({ settings: { secretsKey: oldKey } });
    await withSecrets(t, 'https://backoffice.example/', 3);
    await t.stop();
    // Another row's secrets: the row is part of what is sealed.
    await t.rows(
      `update nt30.aoc_nt_punts_recepcio set secrets =
         (select secrets from nt30.aoc_nt_punts_recepcio where backoffice = '') where backoffice = 'BO-1'`,
    );
    await expect(rotate(t)).rejects.toMatchObject({
      code: 'secrets-unreadable',
      message: 'the secrets of 9900000001/1 open with neither key',
    });
    expect([await under(t, newKey), await under(t, oldKey)]).toEqual([2, 1]);
    await expect(beside(t, newKey, null)).rejects.toMatchObject({ code: 'secrets-rotation-unfinished' });
  });
});

describe('secrets that do not open', () => {
  it('hold up nothing but their own deliveries, which wait and are told of', async () => {
    const receiver = await receiving(knowing);
    const t = await started({ settings: { secretsKey: oldKey } });
    await withSecrets(t, receiver.url);
    const other = { ...ENTITY, department: '2' };
    await t.configure(null, { endpoint: { url: receiver.url, timeoutMs: 5_000, authentication } }, other);
    await t.rows(
      `update nt30.aoc_nt_punts_recepcio p set secrets =
         (select secrets from nt30.aoc_nt_punts_recepcio q where q.punt <> p.punt)
       where entitat = (select entitat from nt30.aoc_nt_configuracio_callbacks where departament = '2')`,
    );
    // One request, one origin: they are claimed together.
    const [good, bad] = await t.take(
      change({ notification: fresh() }),
      change({ notification: fresh(), entity: other }),
    );
    expect(await t.finished(String(good))).toMatchObject({ status: 'acknowledged', attempt: 1 });
    await t.attempted((event) => event.delivery === bad && event.outcome === 'blocked');
    const { attemptList } = await t.delivery(String(bad));
    expect(attemptList).toMatchObject([{ outcome: 'blocked', errorCode: 'configuration-incomplete' }]);
    expect(JSON.stringify(attemptList)).toContain('its secrets do not open');
    expect((await t.call('GET', `/v1/entities/${ENTITY.organisation}/2`)).body).toMatchObject({
      missing: ['endpoint.authentication.password'],
      endpoint: { authentication: { username: 'usuari', password: null } },
    });
    expect((await t.call('GET', '/v1/entities')).status).toBe(200);
    await t.configure(null, { endpoint: { url: receiver.url, timeoutMs: 5_000, authentication } }, other);
    expect(await t.finished(String(bad))).toMatchObject({ status: 'acknowledged', attempt: 1 });
  });

  it('for a process was left behind, are tried again once the change is made', async () => {
    const receiver = await receiving(knowing);
    const t = await started({ settings: { secretsKey: oldKey } });
    await withSecrets(t, receiver.url);
    // What a rotation does that did not see this process.
    const place = `endpoint:${JSON.stringify([ENTITY.organisation, ENTITY.department, ''])}`;
    await t.rows('update nt30.aoc_nt_punts_recepcio set secrets = $1', [
      new Sealer(newKey).seal(JSON.stringify({ password: PASSWORD }), place),
    ]);
    const delivery = await t.deliver(change({ notification: fresh() }));
    await t.attempted((event) => event.delivery === delivery && event.outcome === 'blocked');
    await t.stop();
    await rotate(t);
    const mended = await beside(t, newKey, null);
    expect(await mended.finished(delivery)).toMatchObject({ status: 'acknowledged', attempt: 1 });
  });
});

describe('a start with a wrong SECRETS_KEY', () => {
  it('fails with an error that says so, and touches nothing', async () => {
    const t = await started({ settings: { secretsKey: oldKey } });
    await withSecrets(t, 'https://backoffice.example/');
    await t.stop();
    // As if this database were of an earlier version: a start would migrate it.
    const [newest] = await t.rows<{ numero: number; fitxer: string }>(
      `delete from nt30.aoc_nt_migracions
       where numero = (select max(numero) from nt30.aoc_nt_migracions) returning numero, fitxer`,
    );
    const before = await contents(t);
    const settings = {
      ...t.settings,
      secretsKey: newKey,
      adminKey: 'another-key-another-key-another-key-',
      requireHttps: true,
    };
    const logger = createLogger('silent');
    const start = startService({
      settings,
      roles: ['api', 'relay', 'worker', 'scheduler'],
      migrate: true,
      logger,
    });
    await expect(start).rejects.toMatchObject({
      code: 'secrets-key-wrong',
      message: 'this database is under another SECRETS_KEY',
    });
    expect(await contents(t)).toBe(before);
    await t.rows('insert into nt30.aoc_nt_migracions (numero, fitxer) values ($1, $2)', [
      newest?.numero,
      newest?.fitxer,
    ]);
    const migrated = await contents(t);
    const command = await run(['keys', 'rotate-secrets'], environment(t, newKey, null));
    expect(command.code).toBe(1);
    expect(command.stderr).toMatch(/^error secrets-key-wrong: this database is under another SECRETS_KEY\. /);
    expect(await contents(t)).toBe(migrated);
  });

  it.each([
    ['SECRETS_KEY', { SECRETS_KEY: 'c2hvcnQ=' }, 'invalid-setting'],
    ['SECRETS_KEY_PREVIOUS', { SECRETS_KEY_PREVIOUS: 'c2hvcnQ=' }, 'invalid-setting'],
    ['SECRETS_KEY is not set', { SECRETS_KEY: '' }, 'secrets-key-required'],
  ])('or with none that is one: %s', async (named, wrong, code) => {
    const env = {
      DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none',
      SECRETS_KEY: randomBytes(32).toString('base64'),
      ...wrong,
    };
    const { code: exit, stderr } = await run(['keys', 'rotate-secrets'], env);
    expect(exit).toBe(1);
    expect(stderr).toContain(`error ${code}:`);
    expect(stderr).toContain(named);
    expect(stderr).not.toContain('c2hvcnQ');
  });
});
