import { readFile } from 'node:fs/promises';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { KEY_ROLES, type KeyRole } from '../../src/domain/key.ts';
import { ENTITY } from '../support/changes.ts';
import { listen } from '../support/events.ts';
import { makeKey } from '../support/keys.ts';
import { roleJourney } from '../support/roles.ts';

const { journey, call } = roleJourney();

const NOWHERE = '00000000-0000-7000-8000-000000000000';

interface Described {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  /** Null where no key is needed. */
  readonly roles: readonly string[] | null;
}

const OpenApi = Type.Object({
  paths: Type.Record(
    Type.String(),
    Type.Record(Type.String(), Type.Object({ 'x-roles': Type.Optional(Type.Array(Type.String())) })),
  ),
});

async function describedCalls(): Promise<Described[]> {
  const { paths } = Value.Parse(OpenApi, await (await fetch(`${journey.t.url}/openapi.json`)).json());
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([name, operation]) => {
      const method = (['GET', 'POST', 'PUT', 'DELETE'] as const).find((m) => m === name.toUpperCase());
      if (method === undefined) throw new Error(`an operation ${name}`);
      return { method, path, roles: operation['x-roles'] ?? null };
    }),
  );
}

/** The table of docs/security.md: who may make each call. */
async function documentedCalls(): Promise<Described[]> {
  const document = await readFile(new URL('../../docs/security.md', import.meta.url), 'utf8');
  return document
    .split('\n')
    .filter((line) => /^\| `(GET|POST|PUT|DELETE) /.test(line))
    .map((line) => {
      const [request = '', ...cells] = line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim());
      const [, method, path = ''] = /^`(GET|POST|PUT|DELETE) (\S+)`$/.exec(request) ?? [];
      return {
        method: Value.Parse(Type.Enum(['GET', 'POST', 'PUT', 'DELETE']), method),
        path,
        roles: KEY_ROLES.filter((_, column) => cells[column] !== '–'),
      };
    });
}

/** What a role's request with a wrong body is answered; SOAP tells of a role in its own way. */
async function statusOf(role: KeyRole, method: Described['method'], path: string): Promise<number> {
  if (path === '/v1/live') return statusOfStream(role, path);
  const { status, text } = await call(role, method, path, method === 'GET' ? undefined : { wrong: true });
  return text.includes('<CodiError>502</CodiError>') ? 403 : status;
}

/** The status of a call whose answer has no end. */
async function statusOfStream(role: KeyRole, path: string): Promise<number> {
  const { text } = await makeKey(journey.t.database.db, role, {
    entities: role === 'integrator' ? [ENTITY] : [],
  });
  const stream = await listen(journey.t.url + path, text);
  stream.close();
  await stream.ended;
  return stream.status;
}

describe('each call', () => {
  it('is open to the roles that it says, and closed to the others', async () => {
    for (const { method, path, roles } of await describedCalls()) {
      const target = path
        .replace('{organisation}', 'none')
        .replace('{department}', 'none')
        .replace('{id}', NOWHERE);
      if (roles === null) continue;
      for (const role of KEY_ROLES) {
        const status = await statusOf(role, method, target);
        const isOpen = roles.includes(role);
        expect([401, 403].includes(status), `${role}: ${method} ${path} answers ${status}`).toBe(!isOpen);
        expect(status, `${role}: ${method} ${path}`).toBeLessThan(500);
      }
    }
  });

  it('needs a key, but for those of monitoring and of signing in', async () => {
    const open = (await describedCalls()).filter(({ roles }) => roles === null);
    const session = ['/v1/session', '/v1/session', '/v1/session'];
    const paths = open.map(({ path }) => path).sort();
    expect(paths).toEqual(['/health/live', '/health/ready', '/metrics', ...session]);
  });

  it.each(['OnLine', 'Diari'])(
    'that lists %s deliveries has none of others’ for an integrator',
    async (kind) => {
      const path = `/v1/deliveries?organisation=another&department=1&kind=${kind}`;
      expect(await call('integrator', 'GET', path)).toMatchObject({ status: 200, body: { items: [] } });
    },
  );

  it('stands in docs/security.md with its roles', async () => {
    const text = ({ method, path, roles }: Described): string =>
      `${method} ${path}: ${KEY_ROLES.filter((role) => roles?.includes(role)).join(', ')}`;
    const described = (await describedCalls()).filter(({ roles }) => roles !== null);
    expect((await documentedCalls()).map(text).sort()).toEqual(described.map(text).sort());
  });
});
