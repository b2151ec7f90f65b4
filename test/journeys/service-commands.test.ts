import { randomBytes } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Type } from 'typebox';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createAuthority, endingIn } from '../support/certificates.ts';
import { change } from '../support/changes.ts';
import { beginDays, dailyDeliveries, DAY, endDay } from '../support/daily.ts';
import { createDatabase, type TestDatabase } from '../support/database.ts';
import { parse, run, Running, type Ended, type Environment } from '../support/program.ts';
import { createQueue } from '../support/queue.ts';
import { until } from '../support/watch.ts';
import { openFolder } from '../support/folder.ts';

const KEY = 'commands-key-commands-key-commands-key';

const WithUrl = Type.Object({ url: Type.String() });
const Delivery = Type.Object({ id: Type.String(), status: Type.String() });

// Each test starts several processes: slow where others use the machine.
vi.setConfig({ testTimeout: 60_000 });

describe('a service that runs', () => {
  let database: TestDatabase;
  let env: Environment;
  let service: Running;
  let receiver: Running;
  let folder: string;

  beforeAll(async () => {
    folder = await openFolder();
    database = await createDatabase();
    const { queue, url, endpoint } = await createQueue();
    queue.close();
    env = {
      DATABASE_URL: database.url,
      SECRETS_KEY: randomBytes(32).toString('base64'),
      SQS_QUEUE_URL: url,
      SQS_ENDPOINT: endpoint,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      ADMIN_KEY: KEY,
      ALLOW_PRIVATE_ENDPOINTS: 'true',
      RETRY_DELAYS: '50ms,50ms,50ms',
      ALERT_AFTER: '10s',
      PORT: '0',
    };
    service = new Running(['serve'], env);
    receiver = new Running(['receive', '--port', '0', '--json', '--fail', 'refuse', '--times', '1']);
    const { url: address } = parse(WithUrl, await service.line('"event":"listening"'));
    env = { ...env, URL: address };
  }, 60_000);

  afterAll(async () => {
    await receiver.end('SIGKILL');
    await service.end('SIGKILL');
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });

  async function cli(args: readonly string[], input = ''): Promise<Ended> {
    return run([...args, '--url', env.URL ?? ''], { ADMIN_KEY: KEY }, input);
  }

  it('takes entities and state changes, and tells the receiver, from the terminal', async () => {
    const { url } = parse(WithUrl, await receiver.line('"event":"listening"'));
    const entity = {
      organisationName: 'Ajuntament Inventat',
      departmentName: 'Secretaria',
      endpoint: { url },
    };
    expect(await cli(['entities', 'put', '9900000001', '1', '-'], JSON.stringify(entity))).toMatchObject({
      code: 0,
      stderr: '',
    });
    const list = await cli(['entities', 'list']);
    expect(list.stdout.split('\n')[1]).toContain('Ajuntament Inventat · Secretaria');

    const got = await cli(['entities', 'get', '9900000001', '1', '--json']);
    const file = join(folder, 'entity.json');
    await writeFile(file, got.stdout);
    expect((await cli(['entities', 'put', '9900000001', '1', file])).code).toBe(0);
    expect((await cli(['entities', 'get', '9900000001', '1'])).stdout).toMatch(/^policy +none$/m);

    const { certificate, key } = createAuthority().issue(['segell.example']);
    const policy = { type: 'signature', certificate, privateKey: key };
    const signed = { ...entity, endpoint: { url, policy } };
    const put = await cli(['entities', 'put', '9900000002', '1', '-'], JSON.stringify(signed));
    expect(put.stdout).toMatch(/^policy +signature$/m);
    expect(put.stdout).toMatch(/^signing certificate +CN=Servidor Inventat, until \d{4}-\d\d-\d\d /m);

    const ending = createAuthority().issue(['client.example'], endingIn(5));
    const tls = { clientCertificate: ending.certificate, clientKey: ending.key };
    const mutual = { ...entity, endpoint: { url, tls } };
    const warned = await cli(['entities', 'put', '9900000003', '1', '-'], JSON.stringify(mutual));
    expect(warned.stdout).toMatch(/^warning +endpoint\.tls\.clientCertificate ends \d{4}-\d\d-\d\d$/m);
    const [, newest, , oldest] = (await cli(['entities', 'list'])).stdout.split('\n');
    expect(newest).toMatch(/^9900000003 .+ on +ends \d{4}-\d\d-\d\d +http/);
    expect(oldest).toMatch(/^9900000001 .+ on +– +http/);

    const good = change({ id: 'cli-1', notification: '900000000101' });
    const changes = join(folder, 'changes.ndjson');
    await writeFile(changes, `${JSON.stringify(good)}\n{"id":"cli-2"}\n\nno json\n`);
    const first = await cli(['import', changes]);
    expect(first.code).toBe(1);
    expect(first.stdout).toContain('3 lines');
    expect(first.stderr).toMatch(
      /error lines-rejected: 2 of 3 lines are in .+changes\.ndjson\.rejected\.ndjson\./,
    );
    const rejected = (await readFile(`${changes}.rejected.ndjson`, 'utf8')).trimEnd().split('\n');
    const Rejected = Type.Object({ line: Type.Integer(), code: Type.String(), change: Type.Unknown() });
    expect(rejected.map((line) => parse(Rejected, line))).toEqual([
      expect.objectContaining({ line: 2, code: 'invalid-request', change: { id: 'cli-2' } }),
      expect.objectContaining({ line: 4, code: 'invalid-json', change: 'no json' }),
    ]);

    await writeFile(changes, `${JSON.stringify(good)}\n`);
    const second = await cli(['import', changes, '--json']);
    expect(second.code).toBe(0);
    expect(JSON.parse(second.stdout)).toMatchObject({ lines: 1, accepted: 0, duplicates: 1, rejected: 0 });
    expect((await readdir(folder)).sort()).toEqual(['changes.ndjson', 'entity.json']);

    await receiver.line('"attempt":1');
    const accepted = await receiver.line('"answer":"acknowledge"');
    expect(accepted).toContain('"attempt":2');
    expect(receiver.lines.join('\n')).not.toContain('00000000T');
  }, 180_000);

  it('lists, shows and resends deliveries', async () => {
    const { id } = await vi.waitFor(
      async () => {
        const { stdout } = await cli(['deliveries', 'list', '--json', '--status', 'acknowledged']);
        return parse(Delivery, stdout.trim());
      },
      { timeout: 20_000 },
    );
    const shown = await cli(['deliveries', 'get', id]);
    expect(shown.stdout).toMatch(/status +acknowledged/);
    expect(shown.stdout).toContain('error-element');
    const resent = await cli(['deliveries', 'resend', id, '--json']);
    expect(resent.code).toBe(0);
    expect(JSON.parse(resent.stdout)).toMatchObject({ resentFrom: id });
    const unknown = await cli(['deliveries', 'cancel', 'none']);
    expect(unknown).toMatchObject({ code: 1, stdout: '' });
    expect(unknown.stderr).toMatch(/^error request-refused: not-found: .+\n$/);
  });

  it('shows daily reports: whose they are, which day, and how many notifications', async () => {
    const entity = {
      organisationName: 'Consell Inventat',
      departmentName: 'Secretaria',
      online: false,
      daily: true,
      endpoint: { url: 'http://127.0.0.1:7/reports' },
    };
    await cli(['entities', 'put', '9900000003', '1', '-'], JSON.stringify(entity));
    expect((await cli(['entities', 'list'])).stdout).toContain('daily report');
    const key = { organisation: '9900000003', department: '1' };
    const changed = change({ id: 'cli-daily', notification: '900000000103', entity: key });
    expect((await cli(['import', '-'], JSON.stringify(changed))).code).toBe(0);
    await beginDays(database.db, DAY);
    // The service's own scheduler may come first, or be at it.
    await expect
      .poll(async () => {
        await endDay(database.db, DAY);
        return dailyDeliveries(database.db, '9900000003');
      })
      .toHaveLength(1);
    const list = await cli(['deliveries', 'list', '--kind', 'Diari']);
    expect(list.stdout).toMatch(/9900000003\/1 +day 2026-11-02 \(1\) +Diari/);
    const [id] = await dailyDeliveries(database.db, '9900000003');
    const shown = await cli(['deliveries', 'get', id ?? '']);
    expect(shown.stdout).toMatch(/^daily report +2026-11-02, message 1, 1 notification$/m);
    expect((await cli(['deliveries', 'cancel', id ?? ''])).code).toBe(0);
  });

  it('says of a wrong key what to do', async () => {
    const { code, stderr } = await run(['deliveries', 'list', '--url', env.URL ?? '', '--key', 'wrong']);
    expect(code).toBe(1);
    expect(stderr).toContain('--key or ADMIN_KEY');
  });

  it('shows of an exhausted delivery the request that recovers it', async () => {
    const refusing = new Running(['receive', '--port', '0', '--json', '--fail', 'refuse']);
    onTestFinished(async () => {
      await refusing.end('SIGKILL');
    });
    const { url } = parse(WithUrl, await refusing.line('"event":"listening"'));
    const entity = { organisation: '9900000003', department: '1' };
    const body = { organisationName: 'Ajuntament Inventat', departmentName: 'Secretaria', endpoint: { url } };
    await cli(['entities', 'put', '9900000003', '1', '-'], JSON.stringify(body));
    const told = change({ notification: '900000000103', entity });
    expect((await cli(['import', '-'], JSON.stringify(told))).code).toBe(0);
    await refusing.line('"attempt":4');
    const { id } = await vi.waitFor(
      async () =>
        parse(Delivery, (await cli(['deliveries', 'list', '--json', '--status', 'exhausted'])).stdout.trim()),
      { timeout: 30_000 },
    );
    const shown = await cli(['deliveries', 'show', id]);
    expect(shown.stdout).toMatch(
      /recover with +RecuperarReport: IdNotificacio 900000000103, Empleat 9900000003\/1\n/,
    );
  }, 120_000);

  it('lists endpoints in trouble and what was told of them', async () => {
    const failing = '9900000009';
    const settings = {
      organisationName: 'Ajuntament Inventat',
      departmentName: 'Secretaria',
      endpoint: { url: 'http://127.0.0.1:9/reports' },
      retryDelays: ['50ms'],
    };
    expect((await cli(['entities', 'put', failing, '1', '-'], JSON.stringify(settings))).code).toBe(0);
    const told = change({
      notification: '900000000999',
      entity: { organisation: failing, department: '1' },
    });
    await cli(['import', '-'], JSON.stringify(told));
    const list = async (...args: string[]) => cli([...args, '--organisation', failing]);
    const endpoints = await until(async () => {
      const { stdout } = await list('endpoints', 'list');
      return stdout.includes('connect-refused') ? stdout : null;
    });
    expect(endpoints).toMatch(/9900000009\/1 .* http:\/\/127\.0\.0\.1:9$/m);
    expect((await list('endpoints', 'list', '--json')).stdout).toContain('"origin":"http://127.0.0.1:9"');
    const events = await list('events', 'list', '--type', 'endpoint.suspended');
    expect(events).toMatchObject({ code: 0, stdout: 'Nothing was told.\n' });
    const spanish = await until(async () => {
      const { stdout } = await list('events', 'list', '--lang', 'es');
      return stdout.includes('delivery.exhausted') ? stdout : null;
    });
    expect(spanish).toContain('Envíos agotados (1): Ajuntament Inventat, Secretaria (9900000009/1)');
  });

  it('makes, lists, rotates and revokes keys, each shown once', async () => {
    const Key = Type.Object({ id: Type.String(), key: Type.String(), prefix: Type.String() });
    const entity = ['--entity', '9900000001/1', '--entity', '9900000002/a%2Fb'];
    const make = ['keys', 'create', '--name', 'GESTEXP', '--role', 'integrator', ...entity];
    const made = parse(Key, (await cli([...make, '--json'])).stdout);
    const asked = await run(['deliveries', 'list', '--url', env.URL ?? '', '--key', made.key]);
    expect(asked.code).toBe(0);

    const shown = await cli([...make, '--lang', 'es']);
    expect(shown.stdout).toMatch(/^clave +enc_[0-9a-f]{12}_[\w-]{43}\n/);
    expect(shown.stdout).toContain('9900000002/a/b');
    expect(shown.stdout).toContain('La clave no se volverá a mostrar');

    const link = await cli(['keys', 'link', '--lang', 'ca']);
    expect(link.stdout).toMatch(
      /^http:\/\/127\.0\.0\.1:\d+\/enter#[\w-]{32}\nL’adreça entra a la consola un sol cop/,
    );

    const list = await cli(['keys', 'list', '--prefix', made.prefix]);
    expect(list.stdout.trim().split('\n')).toHaveLength(2);
    expect(list.stdout).toMatch(new RegExp(`${made.prefix} +integració +activa .+ mai +${made.id} +GESTEXP`));
    expect(list.stdout).not.toContain(made.key);

    const rotated = await cli(['keys', 'rotate', made.id, '--overlap', '90m']);
    expect(rotated.stdout).toContain(`La clau ${made.id} encara val durant 90m.`);
    const again = await cli(['keys', 'rotate', made.id]);
    expect(again.stderr).toMatch(/^error request-refused: key-ended: /);

    const revoked = await cli(['keys', 'revoke', made.id, '--lang', 'en']);
    expect(revoked).toMatchObject({ code: 0, stdout: expect.stringContaining('is revoked') });
    const closed = await run(['deliveries', 'list', '--url', env.URL ?? '', '--key', made.key]);
    expect(closed.stderr).toContain('unauthenticated');
    expect((await cli([...make, '--entity', '9900000001'])).code).toBe(2);
  }, 120_000);

  it('logs JSON alone, and stops with exit code 0 at SIGTERM', async () => {
    const startedAt = performance.now();
    expect(await service.end('SIGTERM')).toBe(0);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    for (const line of service.lines) expect(() => JSON.parse(line)).not.toThrow();
    expect(await receiver.end('SIGINT')).toBe(0);
  });
});
