import { describe, expect, it } from 'vitest';
import { httpAnswer, type Answerer } from '../../../test/support/hostile-server.ts';
import { sendingTest } from '../../../test/support/sending.ts';
import { writeAcknowledgement } from '../../soap/write-answer.ts';

const test = sendingTest();

/** What the server takes for each of its steps, in milliseconds: far more than reading them takes. */
const STEP_MS = 60;
/** What rounding, and timers that fire a little early, may take from a step. */
const ROUNDING_MS = 2;

/** Thinks before its answer's head, and again before its body. */
const slowly: Answerer = (socket) => {
  const whole = httpAnswer(200, writeAcknowledgement()).toString();
  const head = whole.slice(0, whole.indexOf('\r\n\r\n') + 4);
  setTimeout(() => {
    socket.write(head);
    setTimeout(() => socket.write(whole.slice(head.length)), STEP_MS);
  }, STEP_MS);
};

describe('where an attempt’s time went', () => {
  it('is told of an answer: to it, and of it, which is all of the time', async () => {
    const { outcome, durationMs, phases } = await test.answeredBy(slowly);
    expect(outcome).toBe('acknowledged');
    const { connectingMs = -1, waitingMs, readingMs } = phases ?? {};
    expect(connectingMs).toBeGreaterThanOrEqual(0);
    expect(waitingMs).toBeGreaterThanOrEqual(STEP_MS - ROUNDING_MS);
    expect(readingMs).toBeGreaterThanOrEqual(STEP_MS - ROUNDING_MS);
    const total = connectingMs + (waitingMs ?? 0) + (readingMs ?? 0);
    expect(Math.abs(total - durationMs)).toBeLessThanOrEqual(ROUNDING_MS);
  });

  it('ends with the wait where no answer comes', async () => {
    const { errorCode, phases } = await test.answeredBy(() => undefined, STEP_MS);
    expect(errorCode).toBe('answer-timeout');
    expect(phases).toEqual({
      connectingMs: expect.any(Number),
      waitingMs: expect.any(Number),
      readingMs: null,
    });
  });

  it('is all of the connection where none is made', async () => {
    const server = await test.server(() => undefined);
    await server.close();
    const { errorCode, durationMs, phases } = await test.send(server.url);
    expect(errorCode).toBe('connect-refused');
    expect(phases).toEqual({ connectingMs: durationMs, waitingMs: null, readingMs: null });
  });

  it('is not told where nothing was tried', async () => {
    const result = await test.send('http://127.0.0.1/', {}, test.sender({ allowPrivateEndpoints: false }));
    expect(result).toMatchObject({ errorCode: 'address-not-allowed', phases: null });
  });
});
