import { describe, expect, it } from 'vitest';
import type { ReadAnswer } from '../../src/delivery/post/verdict.ts';
import type { CorpusAnswer } from '../corpus/answers/answer.ts';
import { CORPUS } from '../corpus/answers/index.ts';
import { seenBody } from '../corpus/wire.ts';
import { examine, mustBeAcknowledged } from './oracle.ts';

const answers = CORPUS.flatMap((group) => group.answers.map((answer) => ({ group: group.title, answer })));

function asRead(answer: CorpusAnswer): ReadAnswer {
  return {
    status: answer.status,
    contentType: answer.headers['Content-Type'] ?? null,
    contentEncoding: answer.headers['Content-Encoding'] ?? null,
    body: seenBody(answer),
  };
}

describe('the oracle', () => {
  it.each(answers)('does not contradict the corpus: $group: $answer.what', ({ answer }) => {
    if (answer.expected === 'acknowledged') {
      expect(examine(asRead(answer))).toEqual({ refuses: false, mayAcknowledge: true });
    } else {
      expect(mustBeAcknowledged(asRead(answer))).toBe(false);
    }
  });

  it('finds what is refused, what may be acknowledged and what has to be', () => {
    const read = answers.map(({ answer }) => asRead(answer));
    const of = (outcome: string): ReadAnswer[] =>
      answers.flatMap(({ answer }) =>
        answer.expected !== 'acknowledged' && answer.expected.outcome === outcome ? [asRead(answer)] : [],
      );
    const refused = [...of('refused'), ...of('faulted')];
    expect(refused.filter((answer) => examine(answer).refuses).length).toBeGreaterThan(refused.length * 0.9);
    expect(of('unreadable').filter((answer) => examine(answer).mayAcknowledge).length).toBeLessThan(10);
    expect(read.filter(mustBeAcknowledged).length).toBeGreaterThan(20);
  });
});
