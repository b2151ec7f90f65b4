import { afterEach, describe, expect, it } from 'vitest';
import { createAuthority } from '../../../test/support/certificates.ts';
import { startConnectProxy, type ConnectProxy } from '../../../test/support/connect-proxy.ts';
import { httpAnswer, type Answerer } from '../../../test/support/hostile-server.ts';
import { sendingTest } from '../../../test/support/sending.ts';
import { writeAcknowledgement } from '../../soap/write-answer.ts';

const test = sendingTest();
const authority = createAuthority();
const issued = authority.issue(['backoffice.example']);
const TRUSTING = { ca: authority.certificate, clientCertificate: null, clientKey: null };
const acknowledge: Answerer = (socket) => void socket.write(httpAnswer(200, writeAcknowledgement()));

const proxies: ConnectProxy[] = [];
afterEach(async () => {
  await Promise.all(proxies.splice(0).map(async (proxy) => proxy.close()));
});

async function proxyTo(...to: Parameters<typeof startConnectProxy>): Promise<ConnectProxy> {
  const proxy = await startConnectProxy(...to);
  proxies.push(proxy);
  return proxy;
}

/** A sender as it is by default, behind a proxy; it may not resolve anything itself. */
const behind = (outboundProxy: string, more = {}) =>
  test.sender({
    allowPrivateEndpoints: false,
    outboundProxy,
    resolve: () => {
      throw new Error('a name was resolved');
    },
    ...more,
  });

describe('behind an outbound proxy', () => {
  it('names are given to the proxy, and connections are kept', async () => {
    const server = await test.server(acknowledge);
    const proxy = await proxyTo(() => server);
    const sender = behind(proxy.url);
    for (let count = 0; count < 3; count += 1) {
      const result = await test.send('http://backoffice.example/reports', {}, sender);
      expect(result).toMatchObject({ outcome: 'acknowledged' });
    }
    expect(proxy.asked.map(({ authority: to }) => to)).toEqual(['backoffice.example:80']);
    expect(server.requests).toHaveLength(3);
    expect(server.requests[0]?.head).toMatch(/^POST \/reports HTTP\/1\.1\r\nhost: backoffice\.example\r\n/i);
  });

  it('TLS is with the server itself, whose certificate is checked', async () => {
    const server = await test.server(acknowledge, { key: issued.key, cert: issued.certificate });
    const proxy = await proxyTo(() => server);
    const sender = behind(proxy.url);
    const endpoint = { tls: TRUSTING };
    expect(await test.send('https://backoffice.example/', { endpoint }, sender)).toMatchObject({
      outcome: 'acknowledged',
    });
    expect(await test.send('https://other.example:8443/', { endpoint }, sender)).toMatchObject({
      errorCode: 'tls-name-mismatch',
    });
    expect(await test.send('https://backoffice.example/', {}, sender)).toMatchObject({
      errorCode: 'tls-untrusted-issuer',
    });
    expect(server.requests).toHaveLength(1);
    expect(proxy.asked.map(({ authority: to }) => to)).toEqual([
      'backoffice.example:443',
      'other.example:8443',
      'backoffice.example:443',
    ]);
  });

  it('the proxy gets its user and password, the server does not', async () => {
    const server = await test.server(acknowledge);
    const proxy = await proxyTo(() => server);
    const url = proxy.url.replace('//', '//usuari:contra%20senya@');
    await test.send('http://backoffice.example/', {}, behind(url));
    const credentials = `Basic ${Buffer.from('usuari:contra senya').toString('base64')}`;
    expect(proxy.asked[0]?.headers['proxy-authorization']).toBe(credentials);
    expect(server.requests[0]?.head).not.toMatch(/proxy-/i);
  });

  it.each([
    'http://127.0.0.1/',
    'http://0x7f.1/',
    'https://10.0.0.1/',
    'http://[::1]/',
    'http://169.254.169.254/latest/',
    'http://localhost/',
    'https://localhost.:8443/',
    'http://intranet/',
    'http://printer.local/',
    'http://metadata.google.internal/',
    'http://nas.home.arpa/',
    'http://a.localhost/',
  ])('addresses and names of a local network are not even asked for: %s', async (url) => {
    const proxy = await proxyTo(() => ({ status: 500 }));
    expect(await test.send(url, {}, behind(proxy.url))).toMatchObject({
      outcome: 'blocked',
      errorCode: 'address-not-allowed',
    });
    expect(proxy.asked).toEqual([]);
  });

  it('the ports are the service’s, whatever the proxy allows', async () => {
    const proxy = await proxyTo(() => ({ status: 500 }));
    const sender = behind(proxy.url, { allowedPorts: [{ from: 443, to: 443 }] });
    expect(await test.send('http://backoffice.example/', {}, sender)).toMatchObject({ outcome: 'blocked' });
    expect(proxy.asked).toEqual([]);
  });

  it.each([
    [403, 'unreachable', 'connect-failed'],
    [502, 'unreachable', 'connect-failed'],
    [503, 'unreachable', 'connect-failed'],
    [504, 'unreachable', 'connect-failed'],
    [407, 'interrupted', 'proxy-failed'],
    [405, 'interrupted', 'proxy-failed'],
    [500, 'interrupted', 'proxy-failed'],
    [302, 'interrupted', 'proxy-failed'],
  ])('an answer of %i is %s', async (status, outcome, errorCode) => {
    const proxy = await proxyTo(() => ({ status }));
    const result = await test.send('http://backoffice.example/', {}, behind(proxy.url));
    expect(result).toMatchObject({ outcome, errorCode, httpStatus: null });
    expect(result.errorText).toContain(`HTTP ${status}`);
  });

  it('a proxy that is not there is our own trouble', async () => {
    const proxy = await startConnectProxy(() => ({ status: 500 }));
    await proxy.close();
    expect(await test.send('http://backoffice.example/', {}, behind(proxy.url))).toMatchObject({
      outcome: 'interrupted',
      errorCode: 'proxy-failed',
    });
  });

  it('a proxy that says nothing keeps an attempt no longer than its time', async () => {
    const silent = await test.server(() => undefined);
    const result = await test.send(
      'http://backoffice.example/',
      { timeoutMs: 500 },
      behind(new URL(silent.url).origin),
    );
    expect(result).toMatchObject({ outcome: 'unreachable', errorCode: 'connect-timeout' });
  });
});
