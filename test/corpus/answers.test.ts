import { describe, expect, it } from 'vitest';
import { sayCredential } from '../../src/delivery/post/refused-credential.ts';
import { judge } from '../../src/delivery/post/verdict.ts';
import type { AttemptResult } from '../../src/domain/attempt.ts';
import { sendingTest } from '../support/sending.ts';
import type { CorpusAnswer } from './answers/answer.ts';
import { CORPUS } from './answers/index.ts';
import { answersDocument } from './document.ts';
import { seenBody, wireBytes } from './wire.ts';

const test = sendingTest();

describe.each(CORPUS)('$title', ({ answers }) => {
  it.each(answers)('is read as it should be: $what', (answer) => {
    const { failure } = judge({
      status: answer.status,
      contentType: answer.headers['Content-Type'] ?? null,
      contentEncoding: answer.headers['Content-Encoding'] ?? null,
      body: seenBody(answer),
    });
    expect(failure ?? 'acknowledged').toEqual(answer.expected);
  });

  it('is read so over a real connection, the first time and the next', async () => {
    const answersInTurn = answers.flatMap((answer) => [answer, answer]);
    let turn = 0;
    const server = await test.server((socket) => {
      const answer = answersInTurn[turn];
      turn += 1;
      if (answer?.framing === 'close') socket.end(wireBytes(answer));
      else if (answer !== undefined) socket.write(wireBytes(answer));
    });
    const sender = test.sender();
    for (const answer of answersInTurn) {
      const result = await test.send(server.url, {}, sender);
      expect(summary(result), answer.what).toEqual(summaryOf(answer));
    }
  });
});

function summary({ outcome, httpStatus, errorCode, errorText }: AttemptResult): unknown {
  return { outcome, httpStatus, errorCode, errorText };
}

/** What an attempt without credentials makes of the answer. */
function summaryOf({ status, expected }: CorpusAnswer): unknown {
  const failure = expected === 'acknowledged' ? null : sayCredential(expected, 'none');
  return {
    outcome: failure?.outcome ?? 'acknowledged',
    httpStatus: status,
    errorCode: failure?.code ?? null,
    errorText: failure?.text ?? null,
  };
}

describe('the corpus', () => {
  it('names each answer of a group once', () => {
    for (const { title, answers } of CORPUS) {
      const names = answers.map(({ what }) => what);
      expect(new Set(names).size, title).toBe(names.length);
    }
  });

  it('is what docs/answers.md says', async () => {
    await expect(answersDocument(CORPUS)).toMatchFileSnapshot('../../docs/answers.md');
  });
});
