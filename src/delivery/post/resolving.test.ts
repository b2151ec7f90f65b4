import { once } from 'node:events';
import net, { type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { httpAnswer } from '../../../test/support/hostile-server.ts';
import { sendingTest } from '../../../test/support/sending.ts';
import { writeAcknowledgement } from '../../soap/write-answer.ts';
import type { Resolve } from './resolver.ts';

const test = sendingTest();
const ACKNOWLEDGED = httpAnswer(200, writeAcknowledgement());
const acknowledge = (socket: Socket): void => {
  socket.write(ACKNOWLEDGED);
};
const hang = (): void => undefined;

describe('names and addresses', () => {
  const resolveTo =
    (...addresses: string[]): Resolve =>
    (_, resolved) => {
      process.nextTick(
        resolved,
        null,
        addresses.map((address) => ({ address, family: net.isIP(address) })),
      );
    };

  it.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://0x7f000001/',
    'http://2130706433/',
    'http://[::1]/',
    'http://[::ffff:10.0.0.1]/',
    'http://169.254.169.254/latest/meta-data',
    'https://10.0.0.1/',
  ])('refuses %s before it sends anything', async (url) => {
    const result = await test.send(url, {}, test.sender({ allowPrivateEndpoints: false }));
    expect(result).toMatchObject({
      outcome: 'blocked',
      errorCode: 'address-not-allowed',
      httpStatus: null,
      response: null,
    });
  });

  it('refuses a name that stands for private addresses alone', async () => {
    const server = await test.server(acknowledge);
    const sender = test.sender({ allowPrivateEndpoints: false, resolve: resolveTo('127.0.0.1', '::1') });
    const result = await test.send(`http://backoffice.example:${server.port}/`, {}, sender);
    expect(result).toMatchObject({ outcome: 'blocked', errorCode: 'address-not-allowed' });
    expect(server.connections()).toBe(0);
  });

  it('never goes to the private one of several addresses', async () => {
    const server = await test.server(acknowledge);
    // The other address is for documentation in real life, and is refused too.
    const sender = test.sender({
      allowPrivateEndpoints: false,
      resolve: resolveTo('127.0.0.1', '192.0.2.1'),
    });
    expect(await test.send(`http://backoffice.example:${server.port}/`, {}, sender)).toMatchObject({
      outcome: 'blocked',
    });
    expect(server.connections()).toBe(0);
  });

  it('goes to the next address where one refuses', async () => {
    const server = await test.server(acknowledge);
    const sender = test.sender({ resolve: resolveTo('::1', '127.0.0.1') });
    const result = await test.send(`http://backoffice.example:${server.port}/`, {}, sender);
    expect(result).toMatchObject({ outcome: 'acknowledged' });
    expect(result.requestHeaders['Host']).toBe(`backoffice.example:${server.port}`);
  });

  it('asks once for a burst of connections to one name', async () => {
    const server = await test.server(acknowledge);
    let asked = 0;
    const sender = test.sender({
      resolve: (hostname, resolved) => {
        asked += 1;
        resolveTo('127.0.0.1')(hostname, resolved);
      },
    });
    const url = `http://backoffice.example:${server.port}/`;
    await Promise.all(Array.from({ length: 5 }, async () => test.send(url, {}, sender)));
    expect(asked).toBe(1);
  });

  it.each([
    ['ENOTFOUND', 'getaddrinfo ENOTFOUND'],
    ['EAI_AGAIN', 'getaddrinfo EAI_AGAIN'],
  ])('tells that a name cannot be resolved: %s', async (code, message) => {
    const resolve: Resolve = (_, resolved) => resolved(Object.assign(new Error(message), { code }), []);
    const result = await test.send('http://nowhere.example/', {}, test.sender({ resolve }));
    expect(result).toMatchObject({ outcome: 'unreachable', errorCode: 'dns', httpStatus: null });
    expect(result.errorText).toBe(`The host name could not be resolved (${code}).`);
  });

  it('tells a name that is not resolved in time', async () => {
    const result = await test.send(
      'http://nowhere.example/',
      { timeoutMs: 100 },
      test.sender({ resolve: hang }),
    );
    expect(result).toMatchObject({ outcome: 'unreachable', errorCode: 'dns' });
  });

  it('resolves by the system where nothing else is given', async () => {
    const result = await test.send('http://nowhere.invalid/');
    expect(result).toMatchObject({ outcome: 'unreachable', errorCode: 'dns' });
  });

  it('tells that nothing listens', async () => {
    const server = net.createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    server.close();
    await once(server, 'close');
    expect(await test.send(`http://127.0.0.1:${port}/`)).toMatchObject({
      outcome: 'unreachable',
      errorCode: 'connect-refused',
      httpStatus: null,
      response: null,
    });
  });
});
