import { describe, expect, it } from 'vitest';
import { EVENT_TYPES, NO_FACTS, type EventType, type OperationalEvent } from '../../domain/event.ts';
import { noticeDelay } from './dispatch.ts';
import { writeMail } from './mail.ts';
import { LANGUAGES } from '../../domain/language.ts';
import { tellEvent } from './texts.ts';
import { writeWebhookBody } from './webhook.ts';

const event = (type: EventType, more: Partial<OperationalEvent> = {}): OperationalEvent => ({
  ...NO_FACTS,
  id: '01931d5e-7000-7000-8000-000000000001',
  at: '2026-11-24T09:15:30.123Z',
  type,
  organisation: '9900000001',
  department: '1',
  backOffice: 'GESTEXP',
  entityName: 'Ajuntament Inventat, Secretaria',
  origin: 'https://backoffice.example',
  stage: '15m',
  since: '2026-11-24T09:00:00.000Z',
  lastFailureAt: '2026-11-24T09:14:00.000Z',
  failures: 4,
  outcome: 'http-error',
  code: 'http-503',
  httpStatus: 503,
  waiting: 7,
  exhausted: 2,
  ...more,
});

const certificate = {
  kind: 'server',
  fingerprint: 'ab',
  expiresAt: '2026-12-01T00:00:00.000Z',
  endpoints: 3,
} as const;

describe('what an event says', () => {
  it.each(EVENT_TYPES)('is said in three languages that differ: %s', (type) => {
    const told = tellEvent(event(type, type === 'certificate.expiring' ? { certificate, stage: '7d' } : {}));
    for (const part of ['title', 'what', 'advice'] as const) {
      const sentences = LANGUAGES.map((language) => told[language][part]);
      expect(new Set(sentences).size).toBe(LANGUAGES.length);
      expect(sentences.join()).not.toMatch(/undefined|null|NaN|\n/);
    }
    for (const language of LANGUAGES) expect(told[language].title).toContain('backoffice GESTEXP');
  });

  it('has the times of Madrid, and what to mend by the code', () => {
    const { ca } = tellEvent(event('endpoint.failing'));
    expect(ca.title).toBe(
      'Fa 15 min que falla: Ajuntament Inventat, Secretaria (9900000001/1), backoffice GESTEXP',
    );
    expect(ca.what).toBe(
      'Des del 2026-11-24 10:00:00 no s’ha confirmat cap enviament: 4 intents fallits seguits, el darrer el 2026-11-24 10:14:00 (http-503). Enviaments que esperen: 7.',
    );
    expect(ca.advice).toMatch(/^El servei web, o un/);
  });

  it('names a server’s certificate by its server, and says whether it has ended', () => {
    const none = { organisation: null, department: null, backOffice: null, entityName: null };
    const told = (stage: string) =>
      tellEvent(event('certificate.expiring', { ...none, code: null, certificate, stage })).ca;
    expect(told('7d').title).toBe('Caduca aviat el certificat del servidor: https://backoffice.example');
    expect(told('ended').title).toContain('Ha caducat');
  });

  it('gives a command line that does nothing but what it says, whatever the codes are', () => {
    const { en } = tellEvent(
      event('endpoint.suspended', {
        organisation: "a'; rm -rf /; '",
        department: '$(id)',
        backOffice: 'x\ny',
      }),
    );
    expect(en.advice).toContain(`entities test 'a'\\''; rm -rf /; '\\''' '$(id)' --back-office 'x y'.`);
  });
});

describe('a mail', () => {
  it('has no line that a name begins', () => {
    const { subject, text } = writeMail([
      event('endpoint.failing', { entityName: 'Ajuntament\r\nBcc: algu@exemple.invalid' }),
    ]);
    expect(`${subject}\n${text}`).not.toMatch(/^Bcc/m);
    expect(subject).not.toMatch(/[\r\n]/);
  });
});

describe('a webhook’s body', () => {
  it('has type, timestamp and data, as Standard Webhooks recommends', () => {
    const body: unknown = JSON.parse(writeWebhookBody(event('endpoint.recovered')));
    expect(body).toMatchObject({
      type: 'endpoint.recovered',
      timestamp: '2026-11-24T09:15:30.123Z',
      data: {
        id: '01931d5e-7000-7000-8000-000000000001',
        failures: 4,
        text: { en: { title: expect.any(String) } },
      },
    });
  });
});

describe('a notice that is not taken', () => {
  it('is tried twelve times in about a day, then given up', () => {
    const delays: number[] = [];
    for (let delay = noticeDelay(1); delay !== null; delay = noticeDelay(delays.length + 1))
      delays.push(delay);
    expect(delays).toHaveLength(11);
    expect(delays.slice(0, 3)).toEqual([1_000, 4_000, 16_000]);
    const hours = delays.reduce((sum, delay) => sum + delay, 0) / 3_600_000;
    expect(hours).toBeGreaterThan(12);
    expect(hours).toBeLessThan(30);
  });
});
