import { loggedBody } from '../../src/delivery/post/logged.ts';
import { judge, type ReadAnswer } from '../../src/delivery/post/verdict.ts';
import { createRandom } from '../faults/parts/random.ts';
import { CORPUS } from '../corpus/answers/index.ts';
import { seenBody } from '../corpus/wire.ts';
import { measure, tooDear, type Cost } from './cost.ts';
import { mutate } from './mutate.ts';
import { examine, mustBeAcknowledged } from './oracle.ts';

/** One answer that was read, and what is wrong with the reading; null where nothing is. */
export interface Trial {
  readonly answer: ReadAnswer;
  readonly outcome: string;
  readonly cost: Cost;
  readonly fault: string | null;
}

/** What the log masks, in any form in which an answer repeats it. */
const SECRETS = ['secret & <inventat>', 'Ym9iOmludmVudGFkYQ=='];

const ANSWERS: readonly ReadAnswer[] = CORPUS.flatMap(({ answers }) =>
  answers.map((answer) => ({
    status: answer.status,
    contentType: answer.headers['Content-Type'] ?? null,
    contentEncoding: answer.headers['Content-Encoding'] ?? null,
    body: seenBody(answer),
  })),
);
/** Those that say something: most mutants of the others say nothing either. */
const SPEAKING = ANSWERS.filter((answer) => judge(answer).failure?.outcome !== 'unreadable');
const BODIES = ANSWERS.map(({ body }) => body).filter((body) => body.length > 0 && body.length < 10_000);

/** The answer of that seed and number, the same each time. */
export function answerOf(seed: string, number: number): ReadAnswer {
  const random = createRandom(`${seed}/${number}`);
  const answer = random.pick(random.chance(0.7) ? SPEAKING : ANSWERS);
  return mutate(answer, random, BODIES);
}

/** Makes the answer of that seed and number, reads it as an attempt does, and judges the reading. */
export function tryCase(seed: string, number: number): Trial {
  return tryAnswer(answerOf(seed, number));
}

function tryAnswer(answer: ReadAnswer): Trial {
  let outcome = 'exception';
  const read = (): void => {
    const { failure, body } = judge(answer);
    outcome = failure?.outcome ?? 'acknowledged';
    loggedBody(body, answer.contentType, SECRETS);
  };
  let cost: Cost = { cpuMs: 0, memoryBytes: 0 };
  try {
    cost = measure(read);
  } catch (error) {
    return { answer, outcome, cost, fault: `the reader threw: ${String(error)}` };
  }
  return { answer, outcome, cost, fault: faultOf(answer, outcome) ?? dearness(tooDear(cost, read)) };
}

function faultOf(answer: ReadAnswer, outcome: string): string | null {
  if (outcome !== 'acknowledged') {
    return mustBeAcknowledged(answer)
      ? `${outcome}, and by libxml2 and our schema it is an acknowledgement`
      : null;
  }
  const { refuses, mayAcknowledge } = examine(answer);
  if (refuses) return 'acknowledged, and libxml2 finds a Fault or an Error';
  if (!mayAcknowledge) return 'acknowledged, and libxml2 finds no acknowledgement';
  return answer.status < 200 || answer.status > 299 ? 'acknowledged with an HTTP status of failure' : null;
}

function dearness(cost: Cost | null): string | null {
  if (cost === null) return null;
  return `it cost ${cost.cpuMs.toFixed(1)} ms of CPU and ${(cost.memoryBytes / 1_048_576).toFixed(1)} MiB`;
}
