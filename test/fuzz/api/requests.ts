import type { Random } from '../../faults/parts/random.ts';
import type { Known } from './known.ts';
import type { ApiOperation } from './operations.ts';
import { broken, NASTY, valueOf } from './values.ts';

/** A request as it goes out. */
export interface FuzzRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | null;
}

/** How far a request is from what the service describes. */
export const MANNERS = ['valid', 'near', 'rubbish'] as const;
export type Manner = (typeof MANNERS)[number];

const JSON_TYPE = 'application/json';
const RUBBISH_TYPES = [
  JSON_TYPE,
  'application/x-ndjson',
  'text/xml',
  'text/plain',
  'multipart/form-data; boundary=x',
  'application/json; charset=utf-16',
  'nonsense',
];
/** Bodies that no call takes. */
const RUBBISH_BODIES = [
  '',
  '{',
  '[]',
  'null',
  '"text"',
  '{"a":1,"a":2}',
  '[1,',
  '\ufeff{}',
  '<a/>',
  '\n\n',
  '{}\n{}',
];
const MAX_HEAD_LENGTH = 8_000;
const DEEP = '['.repeat(20_000) + ']'.repeat(20_000);

/** Makes a request of an operation. */
export function requestOf(
  random: Random,
  known: Known,
  operation: ApiOperation,
  manner: Manner,
): FuzzRequest {
  const at = (place: string) =>
    operation.parameters
      .filter((parameter) => parameter.in === place)
      .filter(({ required }) => required === true || random.chance(0.4))
      .map(({ name, schema }): [string, string] => [name, String(valueOf(random, known, schema, name))]);
  const parameters = new Map(at('path'));
  const query = at('query');
  const breaks = manner === 'near' ? random.pick(['path', 'query', 'body', 'body', 'body']) : null;
  if (breaks === 'path' && parameters.size > 0) {
    const name = random.pick([...parameters.keys()]);
    parameters.set(name, String(broken(random, parameters.get(name))));
  }
  if (breaks === 'query' || manner === 'rubbish') {
    const names = operation.parameters.map(({ name }) => name);
    query.push([random.pick([...names, 'unknown', '__proto__']), random.pick(NASTY)]);
  }
  const path = operation.path.replace(/\{([^}]+)\}/g, (_, name: string) =>
    encode(parameters.get(name) ?? '', manner === 'rubbish' && random.chance(0.3)),
  );
  const search = query.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
  const { headers, body } = bodyOf(random, known, operation, manner, breaks === 'body');
  const whole = search === '' ? path : `${path}?${search}`;
  // To a HEAD that is too long for its method to be known, HTTP has no answer without a body.
  const others = whole.length < MAX_HEAD_LENGTH ? ['PATCH', 'OPTIONS', 'TRACE', 'HEAD'] : ['PATCH', 'TRACE'];
  return {
    method: manner === 'rubbish' && random.chance(0.1) ? random.pick(others) : operation.method,
    path: whole,
    headers,
    body: operation.method === 'GET' ? null : body,
  };
}

/** Percent-encodes a text; lone surrogates, which have no UTF-8, as what stands for them. */
function encode(text: string, raw = false): string {
  return raw ? text.replace(/[^\x21-\x7e]|[?#]/g, '%') : encodeURIComponent(Buffer.from(text).toString());
}

function bodyOf(
  random: Random,
  known: Known,
  { mediaTypes, body: schema }: ApiOperation,
  manner: Manner,
  breaks: boolean,
): Pick<FuzzRequest, 'headers' | 'body'> {
  if (manner === 'rubbish') return rubbishBody(random);
  if (schema === null && mediaTypes.length === 0) return { headers: {}, body: null };
  if (schema === null) return { headers: { 'content-type': mediaTypes[0] ?? JSON_TYPE }, body: '<a/>' };
  const one = (): unknown => {
    const value = valueOf(random, known, schema, '');
    return breaks ? broken(random, value) : value;
  };
  if (mediaTypes.includes('application/x-ndjson') && random.chance(0.3)) {
    const lines = Array.from({ length: random.between(1, 5) }, () => JSON.stringify(one()));
    return { headers: { 'content-type': 'application/x-ndjson' }, body: lines.join('\n') };
  }
  return { headers: { 'content-type': JSON_TYPE }, body: JSON.stringify(one()) };
}

function rubbishBody(random: Random): Pick<FuzzRequest, 'headers' | 'body'> {
  const headers: Record<string, string> = { 'content-type': random.pick(RUBBISH_TYPES) };
  if (random.chance(0.15)) headers['content-encoding'] = random.pick(['gzip', 'br', 'nonsense']);
  if (random.chance(0.1)) headers['if-match'] = random.pick(['*', '"x"', 'W/"', ',']);
  if (random.chance(0.1)) headers['accept'] = random.pick(['*/*;q=2', 'text/xml', '', 'a'.repeat(2_000)]);
  if (random.chance(0.4)) {
    return {
      headers,
      body: Buffer.from(Array.from({ length: random.between(1, 200) }, () => random.between(0, 255))),
    };
  }
  return { headers, body: random.chance(0.05) ? DEEP : random.pick(RUBBISH_BODIES) };
}
