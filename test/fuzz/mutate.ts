import type { ReadAnswer } from '../../src/delivery/post/verdict.ts';
import type { Random } from '../faults/parts/random.ts';
import { CODERS, CONTENT_TYPES, ENCODERS, FILLERS, PLACES, WORDS } from './words.ts';

/** The largest answer that is made, in bytes. */
const MAX_BYTES = 1_048_576;

type Mutation = (answer: ReadAnswer, random: Random, others: readonly Buffer[]) => ReadAnswer;

/** Changes an answer in one to three ways. */
export function mutate(answer: ReadAnswer, random: Random, others: readonly Buffer[]): ReadAnswer {
  let mutant = answer;
  for (let count = random.between(1, 3); count > 0; count -= 1) {
    mutant = random.pick(MUTATIONS)(mutant, random, others);
    if (mutant.body.length > MAX_BYTES) mutant = { ...mutant, body: mutant.body.subarray(0, MAX_BYTES) };
  }
  return mutant;
}

/** A mutation of the body alone. */
function ofBody(change: (body: Buffer, random: Random, others: readonly Buffer[]) => Buffer): Mutation {
  return (answer, random, others) => ({ ...answer, body: change(answer.body, random, others) });
}

const place = (body: Buffer, random: Random): number => random.between(0, body.length);

/** Where a tag begins or ends: what is put there may leave the document well-formed. */
function placeInMarkup(body: Buffer, random: Random): number {
  const from = place(body, random);
  const at = body.indexOf(random.chance(0.5) ? '<' : '>', from);
  if (at < 0) return from;
  return body[at] === 0x3e ? at + 1 : at;
}

function replaced(body: Buffer, from: number, to: number, by: Buffer | string): Buffer {
  return Buffer.concat([body.subarray(0, from), Buffer.from(by), body.subarray(to)]);
}

const flip = ofBody((body, random) => {
  const bytes = Buffer.from(body);
  for (let count = random.between(1, 8); count > 0 && bytes.length > 0; count -= 1) {
    const at = random.between(0, bytes.length - 1);
    bytes.writeUInt8(
      random.chance(0.5) ? random.between(0, 255) : bytes.readUInt8(at) ^ (1 << random.between(0, 7)),
      at,
    );
  }
  return bytes;
});

const cut = ofBody((body, random) => {
  const from = place(body, random);
  return replaced(body, from, random.chance(0.3) ? body.length : from + random.between(1, 40), '');
});

const insert = ofBody((body, random) => {
  const at = random.chance(0.7) ? placeInMarkup(body, random) : place(body, random);
  return replaced(body, at, at, random.pick(WORDS));
});

const exchange = ofBody((body, random) => {
  const text = body.toString('latin1');
  const present = WORDS.filter((word) => word.length > 3 && text.includes(word));
  if (present.length === 0) return body;
  return Buffer.from(text.replace(random.pick(present), random.pick(WORDS)), 'latin1');
});

const splice = ofBody((body, random, others) => {
  const other = random.pick(others);
  const from = placeInMarkup(other, random);
  const part = other.subarray(
    from,
    random.chance(0.5) ? from + random.between(1, 300) : placeInMarkup(other, random),
  );
  const at = placeInMarkup(body, random);
  return replaced(body, at, random.chance(0.5) ? at : placeInMarkup(body, random), part);
});

const repeat = ofBody((body, random) => {
  const from = placeInMarkup(body, random);
  const part = body.subarray(from, from + random.between(1, 200));
  const times = random.chance(0.1) ? Math.floor(MAX_BYTES / Math.max(1, part.length)) : random.between(2, 50);
  return replaced(body, from, from, Buffer.concat(Array.from({ length: times }, () => part)));
});

const nest = ofBody((body, random) => {
  const depth = random.between(1, random.chance(0.1) ? 5_000 : 60);
  const from = placeInMarkup(body, random);
  const to = Math.max(from, placeInMarkup(body, random));
  const inner = body.subarray(from, to).toString('latin1');
  return replaced(
    body,
    from,
    to,
    Buffer.from(`${'<a>'.repeat(depth)}${inner}${'</a>'.repeat(depth)}`, 'latin1'),
  );
});

const fill = ofBody((body, random) => {
  const [before, after] = random.pick(PLACES);
  const filler = random.pick(FILLERS);
  const room = random.pick([1_000, 10_000, 100_000, 130_000, 250_000, MAX_BYTES]);
  const at = placeInMarkup(body, random);
  const times = Math.max(1, Math.floor((room - body.length) / filler.length));
  return replaced(body, at, at, `${before}${filler.repeat(times)}${after}`);
});

const reencode: Mutation = (answer, random) => ({
  ...answer,
  body: random.pick(ENCODERS)(answer.body.toString('utf8')),
  contentType: random.chance(0.5) ? answer.contentType : random.pick(CONTENT_TYPES),
});

const recode: Mutation = (answer, random) => {
  const [name, code] = random.pick(CODERS);
  const codings = [...(answer.contentEncoding === null ? [] : [answer.contentEncoding]), name];
  return { ...answer, body: code(answer.body), contentEncoding: codings.join(', ') };
};

const relabel: Mutation = (answer, random) => ({
  ...answer,
  status: random.chance(0.3) ? random.pick([200, 202, 204, 400, 500]) : answer.status,
  contentType: random.chance(0.5) ? random.pick(CONTENT_TYPES) : answer.contentType,
  contentEncoding: random.chance(0.2)
    ? random.pick([null, 'gzip', 'deflate', 'utf-8', 'br'])
    : answer.contentEncoding,
});

const pack: Mutation = (answer, random) => ({
  ...answer,
  body: Buffer.concat([
    Buffer.from(random.chance(0.5) ? '--b\r\n\r\n' : '--b\r\nContent-Type: text/xml\r\n\r\n'),
    answer.body,
    Buffer.from(random.chance(0.9) ? '\r\n--b--' : '\r\n--b\r\n\r\n<a/>\r\n--b--'),
  ]),
  contentType: 'multipart/related; boundary=b',
});

/** How often each comes: large changes hide what the reader would make of the rest. */
const WEIGHTS: readonly (readonly [Mutation, number])[] = [
  [insert, 8],
  [exchange, 6],
  [splice, 4],
  [flip, 2],
  [cut, 2],
  [reencode, 2],
  [recode, 1],
  [relabel, 1],
  [repeat, 1],
  [nest, 1],
  [fill, 1],
  [pack, 1],
];
const MUTATIONS = WEIGHTS.flatMap(([mutation, weight]) => Array.from({ length: weight }, () => mutation));
