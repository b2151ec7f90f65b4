import { describe, expect, it } from 'vitest';
import { createAuthority } from '../../../test/support/certificates.ts';
import { httpAnswer } from '../../../test/support/hostile-server.ts';
import { sendingTest } from '../../../test/support/sending.ts';
import { writeAcknowledgement } from '../../soap/write-answer.ts';
import type { AttemptStep } from '../ports.ts';

const test = sendingTest();
const authority = createAuthority();
const server = authority.issue(['127.0.0.1', 'backoffice.example']);
const tls = { ca: authority.certificate, clientCertificate: null, clientKey: null };
const toHere = test.sender.bind(null, {
  resolve: (_, resolved) => resolved(null, [{ address: '127.0.0.1', family: 4 }]),
});

describe('whoever watches an attempt', () => {
  it('is told each step once, in order, with a name and TLS', async () => {
    const steps: AttemptStep[] = [];
    const { port } = await test.server(
      (socket) => {
        // An interim answer is not the answer, and a head may come byte by byte.
        socket.write('HTTP/1.1 100 Continue\r\n\r\n');
        const answer = httpAnswer(200, writeAcknowledgement());
        socket.write(answer.subarray(0, 5));
        setImmediate(() => socket.write(answer.subarray(5)));
      },
      { key: server.key, cert: server.certificate },
    );
    const url = `https://backoffice.example:${port}/`;
    const result = await test.send(url, { endpoint: { tls }, onStep: (step) => steps.push(step) }, toHere());
    expect(result.outcome).toBe('acknowledged');
    expect(steps).toEqual(['resolved', 'connected', 'secured', 'written', 'answering']);
  });

  it('is not told of what there was not: a name, TLS, a new connection, an answer', async () => {
    let answers = true;
    const { url } = await test.server((socket) => {
      if (answers) socket.write(httpAnswer(200, writeAcknowledgement()));
      else socket.destroy();
    });
    const sender = test.sender();
    const stepsOf = async (): Promise<AttemptStep[]> => {
      const steps: AttemptStep[] = [];
      await test.send(url, { onStep: (step) => steps.push(step) }, sender);
      return steps;
    };
    expect(await stepsOf()).toEqual(['connected', 'written', 'answering']);
    // The connection rests for a turn of the event loop before it is used again.
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    expect(await stepsOf()).toEqual(['written', 'answering']);
    answers = false;
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    expect(await stepsOf()).toEqual(['written']);
  });

  it('is told how far an attempt came that failed', async () => {
    const steps: AttemptStep[] = [];
    const { port } = await test.server(() => undefined);
    const url = `https://backoffice.example:${port}/`;
    const sending = { timeoutMs: 300, onStep: (step: AttemptStep) => steps.push(step) };
    expect(await test.send(url, sending, toHere())).toMatchObject({ errorCode: 'connect-timeout' });
    expect(steps).toEqual(['resolved', 'connected']);
  });
});
