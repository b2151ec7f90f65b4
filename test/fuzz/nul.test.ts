import { expect, it } from 'vitest';
import { createRandom } from '../faults/parts/random.ts';
import { startTestService, TEST_KEY } from '../support/service.ts';
import { Known } from './api/known.ts';
import { readOperations, type ApiOperation } from './api/operations.ts';
import type { FuzzRequest } from './api/requests.ts';
import { send } from './api/send.ts';
import { valueOf } from './api/values.ts';

/** What PostgreSQL has in no text, and JSON and addresses have. */
const NUL = '\u0000';
/** Bodies of each operation: members that are not required come in some of them. */
const BODIES = 4;
/** A Fault is a 500 by SOAP 1.1, 6.2. */
const SOAP = '/soap/';

const random = createRandom('nul');
const known = new Known(new Set());

/** The value in all forms in which one of its texts is the other. */
function withOneText(value: unknown, text: string): unknown[] {
  if (typeof value === 'string') return [text];
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, place) =>
      withOneText(item, text).map((changed) => value.with(place, changed)),
    );
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    withOneText(member, text).map((changed) => ({ ...value, [name]: changed })),
  );
}

function* requestsOf({ method, path, parameters, body, roles }: ApiOperation): Generator<FuzzRequest> {
  const headers = { authorization: roles === null ? '' : `Bearer ${TEST_KEY}` };
  const at = (broken: string | null): string =>
    path.replace(/\{([^}]+)\}/g, (_, name: string) => {
      const schema = parameters.find((each) => each.name === name)?.schema ?? {};
      return encodeURIComponent(name === broken ? NUL : String(valueOf(random, known, schema, name)));
    });
  for (const { in: place, name } of parameters) {
    const broken = place === 'query' ? `${at(null)}?${name}=%00` : at(name);
    yield { method, path: broken, headers, body: null };
  }
  const json = { ...headers, 'content-type': 'application/json' };
  for (let left = body === null ? 0 : BODIES; left > 0; left -= 1) {
    for (const broken of withOneText(valueOf(random, known, body ?? {}, ''), NUL)) {
      yield { method, path: at(null), headers: json, body: JSON.stringify(broken) };
    }
  }
}

it('a NUL in any text of a request is no error of the service', async () => {
  const t = await startTestService({ roles: ['api'] });
  try {
    const operations = (await readOperations(t.url)).filter(({ path }) => !path.startsWith(SOAP));
    const requests = operations.flatMap((operation) => [...requestsOf(operation)]);
    const wrong: unknown[] = [];
    let bodies = 0;
    for (const request of requests) {
      const { status, text } = await send(t.url, request);
      if (status >= 500) wrong.push({ ...request, headers: null, text });
      if (request.body !== null) bodies += 1;
    }
    expect(wrong).toEqual([]);
    expect(bodies).toBeGreaterThan(100);
  } finally {
    await t.close();
  }
});
