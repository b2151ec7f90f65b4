import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { KEY_ROLES } from '../../../src/domain/key.ts';
import { createRandom } from '../../faults/parts/random.ts';
import { watchChanges } from './changes.ts';
import { judge, parse } from './judge.ts';
import { Known } from './known.ts';
import { readOperations } from './operations.ts';
import { MANNERS, requestOf, type FuzzRequest } from './requests.ts';
import { send, type FuzzAnswer } from './send.ts';

/** A service of the role `api` alone: what the engine does by itself would count as changes. */
export interface FuzzTarget {
  readonly url: string;
  readonly adminKey: string;
  readonly databaseUrl: string;
}

/** A request that was answered as it should not be. */
export interface FuzzFault {
  readonly number: number;
  readonly role: string;
  readonly request: FuzzRequest;
  readonly answer: FuzzAnswer | null;
  readonly fault: string;
}

/** What a run has seen. */
export interface FuzzRun {
  readonly requests: number;
  /** How often each status came. */
  readonly statuses: ReadonlyMap<number, number>;
  /** Operations that were answered with success at least once, and all. */
  readonly succeeded: number;
  readonly operations: number;
  readonly faults: readonly FuzzFault[];
}

/** Enough to see what is wrong. */
const MOST_FAULTS = 10;
/** As many as a key can have: the run is not about limits. */
const REQUESTS_PER_MINUTE = 1_000_000;
/** Who has no key that works. */
const NOBODY = 'nobody';
const ENTITIES = [
  { organisation: '9900000001', department: '1' },
  { organisation: '9900000002', department: '2' },
];

const Made = Type.Object({ id: Type.String(), key: Type.String() });

/**
 * Sends requests to every operation that the service describes, as every role, and judges each answer.
 *
 * @param goesOn asked before each request, with its number
 */
export async function fuzzApi(
  target: FuzzTarget,
  seed: string,
  goesOn: (number: number) => boolean,
): Promise<FuzzRun> {
  const { keys, kept } = await makeKeys(target);
  const operations = await readOperations(target.url);
  const known = new Known(kept);
  const random = createRandom(seed);
  const watch = await watchChanges(target.databaseUrl);
  const statuses = new Map<number, number>();
  const succeeded = new Set<string>();
  const faults: FuzzFault[] = [];
  let number = 0;
  for (; goesOn(number) && faults.length < MOST_FAULTS; number += 1) {
    const operation = random.pick(operations);
    // Most of an operation is seen by who may call it.
    const role = random.chance(0.6)
      ? random.pick(operation.roles ?? [NOBODY])
      : random.pick([...KEY_ROLES, NOBODY]);
    const request = requestOf(random, known, operation, random.pick(MANNERS));
    const key = keys.get(role);
    const authorised = key === undefined ? {} : { authorization: `Bearer ${key}` };
    const sent = { ...request, headers: { ...request.headers, ...authorised } };
    const note = (answer: FuzzAnswer | null, fault: string): void => {
      faults.push({ number, role, request, answer, fault });
    };
    try {
      const answer = await send(target.url, sent);
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      if (answer.status < 300) {
        succeeded.add(`${operation.method} ${operation.path}`);
        known.learn(parse(answer.text));
      }
      const fault = judge(operation, role, request, answer);
      const hasChanged = await watch.hasChanged();
      if (fault !== null) note(answer, fault);
      else if (hasChanged && answer.status >= 400) note(answer, `${answer.status}, but something changed`);
    } catch (error) {
      note(null, String(error));
    }
  }
  await watch.close();
  return { requests: number, statuses, succeeded: succeeded.size, operations: operations.length, faults };
}

/** Makes a key of each role. */
async function makeKeys({ url, adminKey }: FuzzTarget) {
  const keys = new Map<string, string>();
  const kept = new Set<string>();
  for (const role of KEY_ROLES) {
    const answer = await fetch(`${url}/v1/keys`, {
      method: 'POST',
      headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        name: `fuzz ${role}`,
        role,
        requestsPerMinute: REQUESTS_PER_MINUTE,
        ...(role === 'integrator' ? { entities: ENTITIES } : {}),
      }),
    });
    const { id, key } = Value.Parse(Made, await answer.json());
    keys.set(role, key);
    kept.add(id).add(key);
  }
  return { keys, kept };
}

/** A fault for people, with how to see it again. */
export function describeFault({ number, role, request, answer, fault }: FuzzFault, seed: string): string {
  const { method, path, headers, body } = request;
  const shown = Buffer.isBuffer(body) ? body.toString('base64') : body;
  return [
    `WRONG: ${fault}`,
    `  npm run fuzz:api -- --seed ${seed} --requests ${number + 1}`,
    `  as ${role}: ${method} ${path.slice(0, 500)} ${JSON.stringify(headers).slice(0, 300)}`,
    `  ${JSON.stringify(shown)?.slice(0, 1_500)}`,
    `  answered: ${answer === null ? 'nothing' : `${answer.status} ${answer.text.slice(0, 500)}`}`,
  ].join('\n');
}
