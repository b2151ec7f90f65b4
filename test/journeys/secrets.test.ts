import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { writeFault, writeRefusal } from '../../src/soap/write-answer.ts';
import { itemsOf, members } from '../support/answers.ts';
import { change, configuration, ENTITY } from '../support/changes.ts';
import { createDatabase, type TestDatabase } from '../support/database.ts';
import { fresh } from '../support/journey.ts';
import { parse, run, Running, type Environment } from '../support/program.ts';
import { createQueue } from '../support/queue.ts';
import { startTestReceiver, type Reply, type TestReceiver } from '../support/receiver.ts';
import { signingPair } from '../support/secured.ts';
import { until } from '../support/watch.ts';
import { Type } from 'typebox';

// A whole service as a process, and a dozen commands.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

type Pair = ReturnType<typeof signingPair>;

/** Every secret that is planted, by what it is; each occurs nowhere else. */
const random = (): string => randomBytes(12).toString('hex');
const PASSWORD = `basic&<${random()}>"'à`;
const POLICY_PASSWORD = `policy&<${random()}>"'à`;
const TOKEN = `bearer-${random()}`;
const ADMIN_KEY = `admin-${random()}-${random()}`;
const WRONG_KEY = `wrong-${random()}-${random()}`;
const AWS_SECRET = `aws-${random()}`;
const SECRETS_KEY = randomBytes(32);
const SECRETS_KEY_PREVIOUS = randomBytes(32);
const OWN = signingPair('P-256');
const SIGNING = signingPair('P-384');
const CLIENT = signingPair('RSA-2048');

/** An API key, shown by the call that makes it and by nothing else. */
const MADE_KEY: string[] = [];

const PLANTED: Readonly<Record<string, readonly string[]>> = {
  'the password of HTTP': [PASSWORD, Buffer.from(`usuari:${PASSWORD}`).toString('base64')],
  'the password of the policy': [POLICY_PASSWORD],
  'the token': [TOKEN],
  ADMIN_KEY: [ADMIN_KEY],
  'an API key': MADE_KEY,
  'a key that is none': [WRONG_KEY],
  AWS_SECRET_ACCESS_KEY: [AWS_SECRET],
  SECRETS_KEY: bytesOf(SECRETS_KEY),
  SECRETS_KEY_PREVIOUS: bytesOf(SECRETS_KEY_PREVIOUS),
  'the private key of the service': linesOf(OWN),
  'the private key of the policy': linesOf(SIGNING),
  'the private key of TLS': linesOf(CLIENT),
};

function bytesOf(key: Buffer): string[] {
  return [key.toString('base64'), key.toString('hex'), key.toString('base64url')];
}

/** The lines of a pair's private key, but for those of the public key that is in it. */
function linesOf({ certificate, key }: Pair): string[] {
  const open = certificate.split('\n').join('');
  return key.split('\n').filter((line) => /^[^-]{16,}$/.test(line) && !open.includes(line));
}

/** A text as it may be hidden in others. */
function formsOf(text: string): string[] {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return [
    text,
    escaped,
    escaped.replaceAll('>', '&gt;'),
    escaped.replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&apos;'),
    JSON.stringify(text).slice(1, -1),
    encodeURIComponent(text),
    Buffer.from(text).toString('hex'),
    Buffer.from(text).toString('base64').replace(/=+$/, ''),
  ];
}

/** What of the planted is in a text. */
function foundIn(text: string): string[] {
  return Object.entries(PLANTED)
    .filter(([, texts]) => texts.some((planted) => formsOf(planted).some((form) => text.includes(form))))
    .map(([what]) => what);
}

/** Everything that came out, by where. */
const out = new Map<string, string>();
const heard = (where: string, text: string): void => {
  out.set(where, (out.get(where) ?? '') + text);
};

/** Quotes the whole request back, in each of the ways that an answer is kept. */
const quoting: Reply = (request, response) => {
  const head = JSON.stringify(request.headers);
  const all = `${head} ${request.body.toString('utf8')}`;
  const { authorization = '' } = request.headers;
  const headers = {
    'x-seen': encodeURI(authorization),
    'www-authenticate': `Basic realm="${authorization}"`,
  };
  const xml = { ...headers, 'content-type': 'text/xml; charset=utf-8' };
  if (request.attempt === 1) response.writeHead(500, xml).end(writeFault(all));
  else if (request.attempt === 2) response.writeHead(200, xml).end(writeRefusal(all));
  else response.writeHead(401, { ...headers, 'content-type': 'text/html' }).end(`<pre>${all}</pre>`);
};

let database: TestDatabase;
let receiver: TestReceiver;
let service: Running;
let env: Environment;
let url: string;

beforeAll(async () => {
  database = await createDatabase();
  receiver = await startTestReceiver(quoting);
  const { queue, url: queueUrl, endpoint } = await createQueue();
  queue.close();
  env = {
    DATABASE_URL: database.url,
    SECRETS_KEY: SECRETS_KEY.toString('base64'),
    SECRETS_KEY_PREVIOUS: SECRETS_KEY_PREVIOUS.toString('base64'),
    SQS_QUEUE_URL: queueUrl,
    SQS_ENDPOINT: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: AWS_SECRET,
    ADMIN_KEY,
    SIGNING_CERTIFICATE: OWN.certificate,
    SIGNING_KEY: OWN.key,
    ALLOW_PRIVATE_ENDPOINTS: 'true',
    RETRY_DELAYS: '20ms,20ms',
    LOG_LEVEL: 'trace',
    PORT: '0',
  };
  service = new Running(['serve'], env);
  service.child.stderr?.on('data', (chunk: Buffer) => heard('the log', chunk.toString()));
  ({ url } = parse(Type.Object({ url: Type.String() }), await service.line('"event":"listening"')));
  const made = await fetch(`${url}/v1/keys`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'inventada', role: 'operator' }),
  });
  MADE_KEY.push(parse(Type.Object({ key: Type.String() }), await made.text()).key);
});

afterAll(async () => {
  await service.end('SIGKILL');
  await receiver.close();
  await database.drop();
});

async function call(method: string, path: string, body?: string, key = ADMIN_KEY) {
  const response = await fetch(url + path, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  const headers = JSON.stringify([...response.headers]);
  heard(`the API: ${method} ${path}`, `${headers}\n${text}`);
  return { status: response.status, text };
}

async function command(...args: string[]): Promise<number | null> {
  const { code, stdout, stderr } = await run([...args, '--url', url], { ADMIN_KEY });
  heard(`the terminal: ${args.join(' ')}`, `${stdout}\n${stderr}`);
  return code;
}

const pathOf = (department: string): string => `/v1/entities/${ENTITY.organisation}/${department}`;

const usernameToken = (digest: boolean) => ({
  type: 'username-token',
  username: 'usuari',
  password: POLICY_PASSWORD,
  digest,
});

/** Each way to have a secret, by department. */
const ENDPOINTS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  1: {
    authentication: { type: 'basic', username: 'usuari', password: PASSWORD },
    policy: usernameToken(false),
  },
  2: {
    authentication: { type: 'bearer', token: TOKEN },
    policy: { type: 'signature', certificate: SIGNING.certificate, privateKey: SIGNING.key },
    tls: { ca: null, clientCertificate: CLIENT.certificate, clientKey: CLIENT.key },
  },
  3: { policy: usernameToken(true), envelope: { soapVersion: '1.2' } },
  4: { policy: { type: 'signature' } },
};

const departments = Object.keys(ENDPOINTS);

describe('no secret comes out', () => {
  it('where it went in, and was sent, and was quoted back', async () => {
    for (const [department, endpoint] of Object.entries(ENDPOINTS)) {
      const body = configuration(null, { endpoint: { url: receiver.url, timeoutMs: 5_000, ...endpoint } });
      expect((await call('PUT', pathOf(department), JSON.stringify(body))).status).toBe(201);
    }
    for (const department of departments) {
      const entity = { organisation: ENTITY.organisation, department };
      const body = JSON.stringify(change({ notification: fresh(), entity }));
      expect((await call('POST', '/v1/state-changes', body)).status).toBe(202);
    }
    await until(async () => {
      const { text } = await call('GET', '/v1/deliveries?status=exhausted');
      return itemsOf(members(JSON.parse(text)).items).length === departments.length ? true : null;
    });
    // The secrets were there to be quoted: what was sent has them, or what stands for them.
    const sent = receiver.requests.map(
      ({ headers, body }) => `${JSON.stringify(headers)} ${body.toString()}`,
    );
    expect(new Set(sent.flatMap(foundIn))).toEqual(
      new Set(['the password of HTTP', 'the password of the policy', 'the token']),
    );
  });

  it('in answers of the API', async () => {
    for (const path of [
      ...departments.map(pathOf),
      '/v1/entities',
      '/v1/deliveries',
      '/v1/communications',
      '/v1/certificates?expiringWithinDays=9999',
      '/v1/audit',
      '/v1/keys',
      '/metrics',
      '/health/ready',
      '/openapi.json',
      '/soap/reports/4.0?wsdl',
    ]) {
      expect((await call('GET', path)).status).toBe(200);
    }
    expect((await call('GET', '/v1/deliveries', undefined, MADE_KEY[0])).status).toBe(200);
    const { items } = members(JSON.parse((await call('GET', '/v1/communications?limit=200')).text));
    expect(itemsOf(items)).toHaveLength(departments.length * 3);
    for (const { id, delivery, notification } of itemsOf(items)) {
      await call('GET', `/v1/communications/${String(id)}`);
      await call('GET', `/v1/deliveries/${String(delivery)}`);
      await call('GET', `/v1/notifications/${String(notification)}/preview`);
    }
    for (const department of departments) await call('POST', `${pathOf(department)}/test`);
  });

  it('in its errors', async () => {
    const whole = configuration(null, { endpoint: { url: receiver.url, ...ENDPOINTS[1] } });
    const text = JSON.stringify(whole);
    for (const [body, status] of [
      [text.slice(0, -3), 400],
      [`${text}${text}`, 400],
      [JSON.stringify({ ...whole, [PASSWORD]: TOKEN }), 400],
      [JSON.stringify({ ...whole, organisationName: { [TOKEN]: PASSWORD } }), 400],
      [text.replace('"basic"', `"${TOKEN}"`), 400],
      [JSON.stringify({ ...whole, endpoint: { url: `https://usuari:${TOKEN}@backoffice.example/` } }), 400],
      [JSON.stringify({ ...whole, endpoint: { tls: { clientKey: CLIENT.key.replace('M', '*') } } }), 400],
      [
        JSON.stringify({
          ...whole,
          endpoint: {
            policy: { type: 'signature', certificate: SIGNING.certificate, privateKey: CLIENT.key },
          },
        }),
        400,
      ],
      [
        JSON.stringify({
          ...whole,
          endpoint: { policy: { type: 'signature', certificate: CLIENT.key, privateKey: SIGNING.key } },
        }),
        400,
      ],
    ] as const) {
      expect((await call('PUT', pathOf('5'), body)).status).toBe(status);
    }
    expect((await call('GET', '/v1/entities', undefined, WRONG_KEY)).status).toBe(401);
    expect((await call('GET', '/v1/entities', undefined, TOKEN)).status).toBe(401);
    await call('POST', '/v1/state-changes', text);
  });

  it('on the terminal', async () => {
    const { organisation } = ENTITY;
    for (const args of [
      ['entities', 'list'],
      ['entities', 'list', '--json'],
      ...departments.map((department) => ['entities', 'get', organisation, department, '--json']),
      ['entities', 'get', organisation, '1'],
      ['entities', 'get', organisation, '2'],
      ['entities', 'test', organisation, '1'],
      ['deliveries', 'list'],
      ['keys', 'list'],
    ]) {
      expect([0, 1]).toContain(await command(...args));
    }
    const settings: readonly (readonly [string, Environment])[] = [
      [
        'keys rotate-secrets',
        { ...env, SECRETS_KEY: SECRETS_KEY_PREVIOUS.toString('base64'), SECRETS_KEY_PREVIOUS: '' },
      ],
      ['keys rotate-secrets', env],
      ['serve', { ...env, SECRETS_KEY: `${SECRETS_KEY.toString('base64')}x` }],
      ['serve', { ...env, SECRETS_KEY: SECRETS_KEY_PREVIOUS.toString('base64') }],
      ['serve', { ...env, SECRETS_KEY_PREVIOUS: SECRETS_KEY.toString('hex') }],
      ['serve', { ...env, DATABASE_URL: `postgres://usuari:${TOKEN}@127.0.0.1:9/none` }],
      ['serve', { ...env, DATABASE_URL: `mysql://usuari:${TOKEN}@127.0.0.1:9/none` }],
      ['serve', { ...env, OUTBOUND_PROXY: `ftp://usuari:${TOKEN}@proxy.example` }],
      ['serve', { ...env, SIGNING_KEY: OWN.key.replace('M', '*') }],
      ['serve', { ...env, SIGNING_CERTIFICATE: CLIENT.certificate }],
    ];
    for (const [at, [args, environment]] of settings.entries()) {
      const { code, stdout, stderr } = await run(args.split(' '), environment);
      heard(`the terminal: ${args}, settings ${at}`, `${stdout}\n${stderr}`);
      expect([at, code]).toEqual([at, args.startsWith('keys') && environment === env ? 0 : 1]);
    }
  });

  it('in the tables, where they are sealed or hashed', async () => {
    const tables = await database.db.query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'nt30'`,
    );
    for (const { name } of tables) {
      const rows = await database.db.query(`select to_jsonb(x) as row from nt30.${name} x`);
      heard(`the table ${name}`, JSON.stringify(rows));
    }
    expect(out.get('the table aoc_nt_cossos_comunicacio')).toContain('***');
    expect(out.get('the table aoc_nt_punts_recepcio')).toContain('\\\\x02');
  });

  it('anywhere', async () => {
    await service.end('SIGTERM');
    heard('the log', service.lines.join('\n'));
    expect(out.get('the log')).toContain('"msg":"stopped"');
    expect(out.size).toBeGreaterThan(60);
    const leaks = [...out].flatMap(([where, text]) => foundIn(text).map((what) => `${what} in ${where}`));
    expect(leaks).toEqual([]);
  });
});
