import { afterEach, describe, expect, it } from 'vitest';
import { createAuthority } from '../../../test/support/certificates.ts';
import {
  startMailServer,
  type MailServer,
  type MailServerOptions,
} from '../../../test/support/mail-server.ts';
import { NO_FACTS, type OperationalEvent } from '../../domain/event.ts';
import { createMail, type MailSettings } from './mail.ts';

const LOGIN = { user: 'avisos', password: 'contrasenya-inventada' };
const EVENT: OperationalEvent = {
  ...NO_FACTS,
  id: '00000000-0000-7000-8000-000000000001',
  type: 'delivery.exhausted',
  at: '2026-11-02T10:00:00.000Z',
  organisation: '9900000001',
  department: '1',
  backOffice: null,
};

const authority = createAuthority();
const open: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function serving(options: MailServerOptions | null): Promise<MailServer> {
  const server = await startMailServer(options);
  open.push(async () => server.close());
  return server;
}

async function mail(server: MailServer, settings: Partial<MailSettings>) {
  const channel = createMail(
    {
      host: '127.0.0.1',
      port: server.port,
      secure: false,
      login: LOGIN,
      from: 'avisos@exemple.invalid',
      to: ['guardia@exemple.invalid'],
      ...settings,
    },
    [authority.certificate],
  );
  open.push(async () => channel.close());
  return channel.send([EVENT], new AbortController().signal);
}

const certified = (names = ['127.0.0.1'], issuer = authority) => {
  const { key, certificate } = issuer.issue(names);
  return { key, certificate };
};

describe('a mail with a login', () => {
  it.each([
    ['by STARTTLS', false],
    ['over a connection that begins with TLS', true],
  ])('goes out %s', async (_how, secure) => {
    const server = await serving({ tls: certified(), login: LOGIN, secure });
    expect(await mail(server, { secure })).toBeNull();
    expect(await server.times(1)).toMatchObject([{ user: LOGIN.user, secure: true }]);
  });

  it('is refused with the server’s reply where the password is wrong', async () => {
    const server = await serving({ tls: certified(), login: LOGIN });
    const failure = await mail(server, { login: { ...LOGIN, password: 'another' } });
    expect(failure).toEqual({ code: 'smtp-refused', status: 535 });
    expect(server.mails).toEqual([]);
  });

  it.each([
    ['whose certificate is another’s', { tls: certified(['mail.invalid']), login: LOGIN }],
    [
      'whose issuer nobody trusts',
      { tls: certified(['127.0.0.1'], createAuthority('Una Altra')), login: LOGIN },
    ],
    ['that offers no TLS', null],
  ])('tells no password to a server %s', async (_which, options) => {
    const server = await serving(options);
    expect(await mail(server, {})).not.toBeNull();
    expect(server.passwords).toEqual([]);
    expect(server.mails).toEqual([]);
  });
});

describe('a mail without a login', () => {
  it('is not sent either where STARTTLS shows a wrong certificate', async () => {
    const server = await serving({ tls: certified(['mail.invalid']) });
    expect(await mail(server, { login: null })).toMatchObject({ code: 'unreachable' });
    expect(server.mails).toEqual([]);
  });

  it('goes under TLS where the server offers it', async () => {
    const server = await serving({ tls: certified() });
    expect(await mail(server, { login: null })).toBeNull();
    expect(await server.times(1)).toMatchObject([{ user: null, secure: true }]);
  });
});
