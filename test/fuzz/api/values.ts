import { sample, string, stringMatching } from 'fast-check';
import type { Random } from '../../faults/parts/random.ts';
import type { Known } from './known.ts';
import type { Schema } from './operations.ts';

/** Texts that parsers, databases and file systems have tripped over. */
export const NASTY = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\ufffe',
  '\u202e',
  '%00',
  '%',
  '..',
  '../../etc/passwd',
  "'; drop table nt30.aoc_nt_claus; --",
  '${7*7}',
  '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
  '__proto__',
  'constructor',
  'null',
  'NaN',
  '-1',
  '9223372036854775808',
  '99999999999999999999999999999999999999',
  '1e400',
  '0x10',
  '2026-02-30T25:61:61+99:99',
  '+275760-09-13T00:00:00Z',
  '0000-01-01T00:00:00Z',
  'infinity',
  '00000000-0000-0000-0000-000000000000',
  'urn:uuid:00000000-0000-0000-0000-000000000000',
  'à'.repeat(300),
  '🏛'.repeat(5_000),
] as const;

/** Values that no member takes, or that one takes by mistake. */
const ODD: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  0.5,
  1e21,
  Number.MAX_SAFE_INTEGER + 1,
  [],
  {},
  [[]],
  { __proto__x: 1 },
  ...NASTY,
];

/** What fits members whose rules are no schema's; hosts are invented ones, which lead nowhere. */
const SAMPLES: Readonly<Record<string, readonly string[]>> = {
  url: ['http://receptor.invalid/reports', 'https://receptor.invalid:8443/a?b=c', 'ftp://receptor.invalid/'],
  occurredAt: ['2026-11-02T10:00:00.000+01:00', '2026-11-02T11:00:00Z', '1999-12-31T23:59:59.999-12:00'],
  registeredAt: ['2026-11-02T10:00:00.000+01:00'],
  practisedAt: ['2026-11-02T10:00:00.000+01:00'],
  expiresAt: ['2099-01-01T00:00:00Z', '2001-01-01T00:00:00Z'],
  from: ['2026-11-02T10:00:00Z', '2026-11-02'],
  to: ['2026-12-02T10:00:00Z'],
  retryDelays: ['1s', '10m', '7d'],
  overlap: ['0s', '1h'],
  state: ['DIPOSITADA', 'ACCEPTADA', 'REBUTJADA', 'EXPIRADA', 'PENDENT', 'REGISTRADA'],
  organisation: ['9900000001', '9900000002', 'a b/ç?'],
  department: ['1', '2'],
};

/** Never deeper than this: schemas here do not refer to themselves, but nobody says that they never will. */
const MAX_DEPTH = 12;
/** Lists are short, so that a run tries many requests rather than large ones. */
const MAX_ITEMS = 3;

/** Makes a value that a schema takes, as far as the schema says. */
export function valueOf(random: Random, known: Known, schema: Schema, name: string, depth = 0): unknown {
  const { anyOf } = schema;
  if (anyOf !== undefined && anyOf.length > 0)
    return valueOf(random, known, random.pick(anyOf), name, depth + 1);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined && schema.enum.length > 0) return random.pick(schema.enum);
  const type = typeof schema.type === 'string' ? schema.type : random.pick(schema.type ?? ['string']);
  if (depth > MAX_DEPTH) return null;
  switch (type) {
    case 'object':
      return objectOf(random, known, schema, depth);
    case 'array': {
      const most = Math.min(schema.maxItems ?? MAX_ITEMS, MAX_ITEMS);
      const length = random.between(Math.min(schema.minItems ?? 0, most), most);
      return Array.from({ length }, () => valueOf(random, known, schema.items ?? {}, name, depth + 1));
    }
    case 'integer':
    case 'number':
      return random.between(schema.minimum ?? 0, Math.min(schema.maximum ?? 1_000, 100_000));
    case 'boolean':
      return random.chance(0.5);
    case 'null':
      return null;
    default:
      return textOf(random, known, schema, name);
  }
}

function objectOf(random: Random, known: Known, schema: Schema, depth: number): Record<string, unknown> {
  const required = new Set(schema.required);
  const members = Object.entries(schema.properties ?? {}).filter(
    ([name]) => required.has(name) || random.chance(0.5),
  );
  return Object.fromEntries(
    members.map(([name, member]) => [name, valueOf(random, known, member, name, depth + 1)]),
  );
}

function textOf(random: Random, known: Known, schema: Schema, name: string): string {
  const before = known.of(name);
  if (before.length > 0 && random.chance(0.6)) return random.pick(before);
  const samples = SAMPLES[name];
  if (samples !== undefined && random.chance(0.9)) return random.pick(samples);
  const seed = random.between(0, 0x7fffffff);
  if (schema.pattern !== undefined) {
    return sample(stringMatching(new RegExp(schema.pattern)), { seed, numRuns: 1 })[0] ?? '';
  }
  const minLength = schema.minLength ?? 0;
  const maxLength = Math.max(minLength, Math.min(schema.maxLength ?? 20, 20));
  const unit = random.chance(0.7) ? 'grapheme-ascii' : 'grapheme';
  return sample(string({ minLength, maxLength, unit }), { seed, numRuns: 1 })[0] ?? '';
}

/** Breaks one place of a value: takes it away, doubles it, or puts something else there. */
export function broken(random: Random, value: unknown): unknown {
  if (Array.isArray(value) && value.length > 0 && random.chance(0.7)) {
    const place = random.between(0, value.length - 1);
    return value.map((item: unknown, index) => (index === place ? broken(random, item) : item));
  }
  if (isRecord(value) && Object.keys(value).length > 0 && random.chance(0.85)) {
    const name = random.pick(Object.keys(value));
    const { [name]: member, ...others } = value;
    if (random.chance(0.15)) return others;
    if (random.chance(0.1)) return { ...value, [random.pick([...NASTY])]: member };
    return { ...value, [name]: broken(random, member) };
  }
  if (typeof value === 'string' && value !== '' && random.chance(0.5)) return brokenText(random, value);
  if (typeof value === 'number' && random.chance(0.5)) return random.pick([value + 1, -value, value + 0.5]);
  return random.pick(ODD);
}

function brokenText(random: Random, text: string): string {
  const place = random.between(0, text.length);
  const end = random.between(place, text.length);
  return (
    text.slice(0, place) + random.pick(['', 'x', ' ', '\n', '0', '-', random.pick(NASTY)]) + text.slice(end)
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
