import { describe, expect, it } from 'vitest';
import { DEFAULT_ALERTS } from './alert-settings.ts';
import { readSettings } from './config.ts';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const MAIL = { ALERT_MAIL_FROM: 'avisos@exemple.invalid', ALERT_MAIL_TO: 'guardia@exemple.invalid' };
const read = (env: Record<string, string>) => readSettings(env).alerts;

describe('the settings of alerts', () => {
  it('are the defaults where nothing is set, or set to nothing', () => {
    expect(read({})).toEqual(DEFAULT_ALERTS);
    expect(read({ ALERT_AFTER: ' ', ALERT_WEBHOOK_URL: '', SMTP_URL: '' })).toEqual(DEFAULT_ALERTS);
  });

  it('have stages and a time of suspension, either of which may be off', () => {
    expect(read({ ALERT_AFTER: '1m, 2h', SUSPEND_AFTER: '7d' }).policy).toEqual({
      stagesMs: [60_000, 7_200_000],
      suspendAfterMs: 604_800_000,
    });
    expect(read({ ALERT_AFTER: 'off', SUSPEND_AFTER: 'off' }).policy).toEqual({
      stagesMs: [],
      suspendAfterMs: null,
    });
  });

  it('read a webhook and a mail server, percent-encoded logins too', () => {
    const { webhook, mail } = read({
      ALERT_WEBHOOK_URL: 'https://alertes.exemple.invalid/enotum',
      ALERT_WEBHOOK_SECRET: SECRET,
      SMTP_URL: 'smtp://usuari%40exemple:contrasenya%2F1@correu.exemple.invalid',
      ...MAIL,
      ALERT_MAIL_TO: 'a@exemple.invalid, b@exemple.invalid',
    });
    expect(webhook).toEqual({
      url: 'https://alertes.exemple.invalid/enotum',
      secret: Buffer.alloc(32, 7),
      networks: [],
    });
    expect(mail).toEqual({
      host: 'correu.exemple.invalid',
      port: 587,
      secure: false,
      login: { user: 'usuari@exemple', password: 'contrasenya/1' },
      from: 'avisos@exemple.invalid',
      to: ['a@exemple.invalid', 'b@exemple.invalid'],
    });
    expect(read({ SMTP_URL: 'smtps://[::1]', ...MAIL }).mail).toMatchObject({
      host: '::1',
      port: 465,
      secure: true,
      login: null,
    });
  });

  it.each<[string, Record<string, string>]>([
    ['ALERT_AFTER', { ALERT_AFTER: '15' }],
    ['ALERT_AFTER', { ALERT_AFTER: '4h,15m' }],
    ['ALERT_AFTER', { ALERT_AFTER: '0s' }],
    ['ALERT_AFTER', { ALERT_AFTER: '1m,2m,3m,4m,5m,6m,7m,8m,9m' }],
    ['SUSPEND_AFTER', { SUSPEND_AFTER: 'never' }],
    ['SUSPEND_AFTER', { SUSPEND_AFTER: '0d' }],
    ['ALERT_WEBHOOK_SECRET', { ALERT_WEBHOOK_URL: 'https://a.invalid' }],
    ['ALERT_WEBHOOK_NETWORKS', { ALERT_WEBHOOK_NETWORKS: '10.0.0.0/99' }],
    ['ALERT_WEBHOOK_URL', { ALERT_WEBHOOK_SECRET: SECRET }],
    ['ALERT_WEBHOOK_URL', { ALERT_WEBHOOK_URL: 'ftp://a.invalid', ALERT_WEBHOOK_SECRET: SECRET }],
    ['ALERT_WEBHOOK_SECRET', { ALERT_WEBHOOK_URL: 'https://a.invalid', ALERT_WEBHOOK_SECRET: 'whsec_aaaa' }],
    ['SMTP_URL', MAIL],
    ['SMTP_URL', { SMTP_URL: 'http://a.invalid', ...MAIL }],
    ['SMTP_URL', { SMTP_URL: 'smtp://%zz@a.invalid', ...MAIL }],
    ['ALERT_MAIL_FROM', { SMTP_URL: 'smtp://a.invalid', ...MAIL, ALERT_MAIL_FROM: 'a@b\r\nBcc: c@d' }],
    ['ALERT_MAIL_TO', { SMTP_URL: 'smtp://a.invalid', ...MAIL, ALERT_MAIL_TO: 'nobody' }],
  ])('names %s where it is wrong: %o', (name, env) => {
    expect(() => read(env)).toThrow(name);
  });

  it('never repeats a secret', () => {
    const secret = 'whsec_nothing-that-is-base64!';
    expect(() => read({ ALERT_WEBHOOK_URL: 'https://a.invalid', ALERT_WEBHOOK_SECRET: secret })).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining(secret) }),
    );
  });
});
