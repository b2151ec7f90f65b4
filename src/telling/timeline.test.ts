import { describe, expect, it } from 'vitest';
import { tellStory } from './story.ts';
import {
  AT,
  MINUTE,
  attempt,
  acknowledged,
  delivery,
  open,
  change,
  facts,
} from '../../test/support/story-facts.ts';

describe('the timeline', () => {
  it('has changes, deliveries, waits, attempts and the end in the order of time', () => {
    const lived = delivery({ attempts: [attempt(1), acknowledged(2)] });
    const { items } = tellStory(facts([lived], { changes: [change({ receivedAt: AT + 5 * MINUTE })] }), 'ca');
    expect(items.map(({ kind, sentence, waitedFor }) => [kind, waitedFor, sentence])).toEqual([
      [
        'change',
        null,
        'La notificació va passar a DIPOSITADA; aquest servei ho va saber 5 minuts i 1 segon després.',
      ],
      ['delivery', null, 'Es va preparar l’avís del dipòsit.'],
      ['wait', 'unknown', 'Va esperar 1 minut.'],
      [
        'attempt',
        null,
        'Primer intent: el servei web de l’Ajuntament Inventat va respondre 503 (120\u00A0ms).',
      ],
      ['wait', 'retry', 'Va esperar 1 minut fins a l’intent següent.'],
      [
        'attempt',
        null,
        'Segon intent: el servei web de l’Ajuntament Inventat va confirmar la recepció (120\u00A0ms).',
      ],
      ['end', null, 'El dipòsit queda comunicat: l’integrador ho ha confirmat.'],
    ]);
    const [, , , first] = items;
    expect(first).toMatchObject({ attempt: 1, outcome: 'http-error', code: 'http-503', delivery: 'd1' });
    expect(first?.advice).toContain('mireu-ne el registre');
  });

  it('ends with what comes next, and when', () => {
    const waiting = open({
      status: 'retrying',
      waitingFor: 'retry',
      nextAttemptAt: AT + 60 * MINUTE,
      attempts: [attempt(1)],
    });
    expect(tellStory(facts([waiting]), 'es').items.at(-1)).toMatchObject({
      kind: 'next',
      at: AT + 60 * MINUTE,
      attempt: 2,
      waitedFor: 'retry',
      sentence: 'Después viene el segundo intento, el 24/11/2026 a las 11:15.',
    });
  });

  it('says what was waited for: a configuration, an earlier delivery', () => {
    const blocked = attempt(null, {
      outcome: 'blocked',
      code: 'configuration-incomplete',
      startedAt: AT,
      durationMs: 0,
    });
    const first = delivery({ attempts: [blocked, acknowledged(1)], finishedAt: AT + 2 * MINUTE });
    const second = delivery({
      id: 'd2',
      told: { kind: 'OnLine', state: 'ACCEPTADA' },
      attempts: [acknowledged(3)],
      finishedAt: AT + 3 * MINUTE,
    });
    const { items } = tellStory(facts([first, second]), 'en');
    expect(
      items.filter(({ kind }) => kind === 'wait').map(({ delivery: of, waitedFor }) => [of, waitedFor]),
    ).toEqual([
      ['d1', 'configuration'],
      ['d2', 'earlier'],
    ]);
  });

  it('says how to make good what is exhausted', () => {
    const end = tellStory(facts([delivery({ status: 'exhausted' })]), 'en').items.at(-1);
    expect(end).toMatchObject({ kind: 'end', advice: expect.stringContaining('RecuperarReport') });
  });
});
