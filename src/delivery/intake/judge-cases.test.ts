import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { change, ENTITY_KEY, KNOWN_ENTITY, live, START_MS } from '../../../test/support/judged.ts';
import { ORIGINS } from '../../domain/notification.ts';
import { STATES, type State } from '../../domain/state.ts';
import { judge, type KnownEntity } from './judge.ts';

describe('the daily report', () => {
  const setting = fc.record({ online: fc.boolean(), daily: fc.boolean(), sendCancelled: fc.boolean() });

  it('tells every state of what was made by integration, where the entity has it, online callbacks or not', () => {
    fc.assert(
      fc.property(
        setting,
        fc.constantFrom(...STATES),
        fc.constantFrom(...ORIGINS),
        (settings, state, origin) => {
          const made = change('NOTIFICACIO', { state, minute: 0 });
          const judgement = judge(
            { ...made, notification: { ...made.notification, origin } },
            {
              known: null,
              entity: { ...KNOWN_ENTITY, ...settings },
              now: START_MS,
              arrival: 1,
              newId: () => 'd',
            },
          );
          const isSwitchedOff = state === 'ANUL·LADA' && !settings.sendCancelled;
          expect(judgement).toMatchObject({
            daily: settings.daily && origin === 'INTEGRACIO' && !isSwitchedOff,
          });
        },
      ),
    );
  });

  it('tells nothing of an entity that is not configured', () => {
    const made = change('NOTIFICACIO', { state: 'DIPOSITADA', minute: 0 });
    const context = { known: null, entity: null, now: START_MS, arrival: 1, newId: () => 'd' };
    expect(judge(made, context)).toMatchObject({ daily: false });
  });
});

describe('a change of which nobody is called back', () => {
  const judged = (state: State, origin: (typeof ORIGINS)[number], entity: KnownEntity | null) => {
    const made = change('NOTIFICACIO', { state, minute: 0 });
    return judge(
      { ...made, notification: { ...made.notification, origin } },
      { known: null, entity, now: START_MS, arrival: 1, newId: () => 'd' },
    );
  };

  it.each([
    ['state-without-callback', 'REGISTRADA', 'INTEGRACIO', KNOWN_ENTITY],
    ['not-by-integration', 'DIPOSITADA', 'EACAT', KNOWN_ENTITY],
    ['entity-unknown', 'DIPOSITADA', 'INTEGRACIO', null],
    ['callbacks-off', 'DIPOSITADA', 'INTEGRACIO', { ...KNOWN_ENTITY, online: false }],
    ['state-switched-off', 'ANUL·LADA', 'INTEGRACIO', { ...KNOWN_ENTITY, sendCancelled: false }],
  ] as const)('is taken, and says why: %s', (reason, state, origin, entity) => {
    expect(judged(state, origin, entity)).toMatchObject({
      reason,
      due: null,
      notification: { life: [{ state }], line: [] },
    });
  });

  it('is no other than those', () => {
    expect(judged('DIPOSITADA', 'INTEGRACIO', { ...KNOWN_ENTITY, sendCancelled: false })).toMatchObject({
      reason: null,
      due: { late: false },
    });
  });
});

describe('a new delivery', () => {
  const missing = (...names: string[]): KnownEntity => ({
    ...KNOWN_ENTITY,
    destination: (backOffice) => ({ ...KNOWN_ENTITY.destination(backOffice), missing: names }),
  });
  const deposit = change('NOTIFICACIO', { state: 'DIPOSITADA', minute: 0 });
  const context = { known: null, now: START_MS, arrival: 1, newId: () => 'd' };

  it('waits for its configuration where that lacks anything', () => {
    expect(judge(deposit, { ...context, entity: missing('url') })).toMatchObject({
      notification: { line: [{ blockedBy: 'configuration-incomplete' }] },
    });
    expect(judge(deposit, { ...context, entity: missing() })).toMatchObject({
      notification: { line: [{ blockedBy: null }] },
    });
  });

  it('goes to the back office that an earlier change named', () => {
    const asked: (string | null)[] = [];
    const entity: KnownEntity = {
      ...KNOWN_ENTITY,
      destination: (backOffice) => {
        asked.push(backOffice);
        return KNOWN_ENTITY.destination(backOffice);
      },
    };
    const registered = change('NOTIFICACIO', { state: 'REGISTRADA', minute: 0 });
    const { known } = live([
      { ...registered, notification: { ...registered.notification, backOffice: 'GESTEXP' } },
    ]);
    const judgement = judge(deposit, { ...context, known, entity });
    expect(judgement).toMatchObject({
      due: { report: { issuer: { backOffice: 'GESTEXP' } } },
      notification: { backOffice: 'GESTEXP' },
    });
    expect(asked).toEqual(['GESTEXP']);
  });
});

describe('a refusal', () => {
  it('names the neighbours that do not fit, and says where no state would', () => {
    const cancelled = live([change('NOTIFICACIO', { state: 'ANUL·LADA', minute: 1 })]).known;
    const context = { known: cancelled, entity: KNOWN_ENTITY, now: START_MS, arrival: 2, newId: () => 'd' };
    const after = judge(change('NOTIFICACIO', { state: 'DIPOSITADA', minute: 2 }), context);
    expect(after).toMatchObject({
      refusal: {
        detail: 'No path of the life cycle leads to DIPOSITADA after ANUL·LADA; no state would fit here.',
      },
    });
  });
});

describe('what is fixed', () => {
  it.each([
    ['kind', { kind: 'COMUNICACIO' as const }],
    ['origin', { origin: 'EACAT' as const }],
    ['entity.organisation', { entity: { ...ENTITY_KEY, organisation: '9900000002' } }],
    ['entity.department', { entity: { ...ENTITY_KEY, department: '2' } }],
    ['backOffice', { backOffice: 'ALTRE' }],
  ])('refuses another %s, before it looks at the life cycle', (field, difference) => {
    const first = change('NOTIFICACIO', { state: 'ANUL·LADA', minute: 0 });
    const { known } = live([{ ...first, notification: { ...first.notification, backOffice: 'GESTEXP' } }]);
    const other = { ...first, notification: { ...first.notification, ...difference } };
    const judgement = judge(other, {
      known,
      entity: KNOWN_ENTITY,
      now: START_MS,
      arrival: 2,
      newId: () => 'd',
    });
    expect(judgement).toMatchObject({
      refusal: { code: 'notification-conflict', field: `notification.${field}` },
    });
  });

  it('is known to be 1,000 changes at the most', () => {
    const ping = Array.from({ length: 1_001 }, (_, place) => {
      const made = change('NOTIFICACIO', { state: place % 2 === 0 ? 'PENDENT' : 'ERROR', minute: 0 });
      return { ...made, occurredAtMs: made.occurredAtMs + place };
    });
    expect(live(ping).refused).toEqual([1_000]);
  });
});
