import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claim, enqueue, isFinished } from '../../domain/delivery.ts';
import { ORIGINS, type InheritedFacts, type StateChange } from '../../domain/notification.ts';
import { CALLBACK_STATES, canFollow, kindHasState, KINDS, STATES, type State } from '../../domain/state.ts';
import { judge, type DueCallback, type KnownEntity, type KnownNotification } from './judge.ts';

const START_MS = Date.parse('2026-11-02T09:00:00Z');
const ENTITY_KEY = { organisation: '9900000001', department: '1' };
const NO_FACTS: InheritedFacts = {
  issuerReference: null,
  channel: null,
  expirationDays: null,
  registry: null,
};

const ENTITY: KnownEntity = {
  organisationName: 'Ajuntament Inventat',
  departmentName: 'Secretaria',
  online: true,
  daily: false,
  sendCancelled: true,
  destination: () => ({ endpointId: '1', originId: '1', originProbed: false, missing: [], heldBy: null }),
};

const facts: fc.Arbitrary<InheritedFacts> = fc.record({
  issuerReference: fc.option(fc.constantFrom('A-1', 'A-2', 'A-3'), { nil: null }),
  channel: fc.option(fc.constantFrom('DIGITAL' as const, 'PAPER' as const), { nil: null }),
  expirationDays: fc.option(fc.integer({ min: 1, max: 3 }), { nil: null }),
  registry: fc.option(fc.constant({ number: 'S-1', registeredAt: null }), { nil: null }),
});

/** Changes of one notification in the order of their arrival; some of them occurred at one instant. */
const history: fc.Arbitrary<StateChange[]> = fc.constantFrom(...KINDS).chain((kind) =>
  fc.array(
    fc
      .record({
        state: fc.constantFrom(...STATES.filter((state) => kindHasState(kind, state))),
        minute: fc.integer({ min: 0, max: 9 }),
        facts,
        signed: fc.boolean(),
      })
      .map((made) => change(kind, made)),
    { minLength: 1, maxLength: 12 },
  ),
);

function change(
  kind: (typeof KINDS)[number],
  made: { state: State; minute: number; facts?: InheritedFacts; signed?: boolean },
): StateChange {
  const occurredAtMs = START_MS + made.minute * 60_000;
  return {
    id: 'c',
    occurredAt: new Date(occurredAtMs).toISOString(),
    occurredAtMs,
    state: made.state,
    notification: {
      id: '900000000001',
      kind,
      origin: 'INTEGRACIO',
      entity: ENTITY_KEY,
      backOffice: null,
      reference: 'EXP-1',
      ...NO_FACTS,
      ...made.facts,
    },
    signer: made.signed
      ? { type: 'paper', officerNif: '00000000T', practisedAt: '2026-11-02T10:00:00Z', reference: 'R-1' }
      : null,
    channelChange: null,
  };
}

interface Accepted {
  readonly change: StateChange;
  readonly due: DueCallback | null;
}

/** Judges changes one after the other; `send` says after which of them the first delivery is being sent. */
function live(
  changes: readonly StateChange[],
  send: (place: number) => boolean = () => false,
): { known: KnownNotification | null; accepted: Accepted[]; refused: number[] } {
  let known: KnownNotification | null = null;
  const accepted: Accepted[] = [];
  const refused: number[] = [];
  changes.forEach((each, place) => {
    const judgement = judge(each, {
      known,
      entity: ENTITY,
      now: START_MS,
      arrival: place,
      newId: () => String(place),
    });
    if ('refusal' in judgement) {
      refused.push(place);
      return;
    }
    known = judgement.notification;
    accepted.push({ change: each, due: judgement.due });
    if (send(place)) known = sending(known);
  });
  return { known, accepted, refused };
}

/** The notification once an attempt of its first delivery has begun. */
function sending(known: KnownNotification): KnownNotification {
  const first = known.line.find((d) => d.first && d.status === 'waiting');
  const held = first === undefined ? null : claim(enqueue(first));
  if (held === null) return known;
  return {
    ...known,
    line: known.line.map((d) => (d.id === held.id ? held : d)),
    latestAttempted: Math.max(known.latestAttempted ?? held.position, held.position),
  };
}

/** The changes by instant, then arrival. */
function inOrder(accepted: readonly Accepted[]): Accepted[] {
  return [...accepted].sort((a, b) => a.change.occurredAtMs - b.change.occurredAtMs);
}

describe('whatever the order of arrival', () => {
  it('the changes that were taken form a path of the life cycle', () => {
    fc.assert(
      fc.property(history, (changes) => {
        const { known, accepted } = live(changes);
        const path = inOrder(accepted).map(({ change: { state } }) => state);
        expect(known?.life.map(({ state }) => state) ?? []).toEqual(path);
        const { kind } = changes[0]?.notification ?? { kind: 'NOTIFICACIO' as const };
        path.slice(1).forEach((state, place) => {
          const before = path[place];
          expect(before !== undefined && canFollow(kind, before, state)).toBe(true);
        });
      }),
      { numRuns: 1_000 },
    );
  });

  it('a refusal leaves everything as it was, and its sentence names exactly the states that fit', () => {
    fc.assert(
      fc.property(history, (changes) => {
        let known: KnownNotification | null = null;
        for (const each of changes) {
          const context = { entity: ENTITY, now: START_MS, arrival: 1, newId: () => 'd' };
          const judgement = judge(each, { ...context, known });
          if (!('refusal' in judgement)) {
            known = judgement.notification;
            continue;
          }
          expect(judgement.refusal).toMatchObject({ code: 'transition-not-allowed', field: 'state' });
          const { detail } = judgement.refusal;
          const fitting = /here would fit: (?<states>.*)\.$/.exec(detail)?.groups?.states?.split(', ') ?? [];
          for (const state of STATES.filter((one) => kindHasState(each.notification.kind, one))) {
            const other = judge({ ...each, state }, { ...context, known });
            expect('refusal' in other).toBe(!fitting.includes(state));
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('a true history is taken whole, and ends the same', () => {
    const path = fc.constantFrom<State[]>(
      ['PENDENT', 'REGISTRADA', 'DIPOSITADA', 'ACCEPTADA', 'ANUL·LADA'],
      ['PENDENT', 'ERROR', 'REGISTRADA', 'DIPOSITADA', 'REBUTJADA'],
      ['REGISTRADA', 'DIPOSITADA', 'EXPIRADA'],
      ['DIPOSITADA', 'ERROR', 'DIPOSITADA', 'ACCEPTADA'],
    );
    const shuffled = path.chain((states) => {
      const changes = states.map((state, minute) =>
        change('NOTIFICACIO', { state, minute, facts: { ...NO_FACTS, issuerReference: `A-${minute}` } }),
      );
      return fc.shuffledSubarray(changes, { minLength: changes.length });
    });
    fc.assert(
      fc.property(shuffled, (changes) => {
        const { known, refused, accepted } = live(changes);
        expect(refused).toEqual([]);
        expect(known?.life.map(({ occurredAtMs }) => occurredAtMs)).toEqual(
          changes.map(({ occurredAtMs }) => occurredAtMs).sort((a, b) => a - b),
        );
        expect(known?.line.map(({ position }) => position)).toEqual(
          accepted
            .filter(({ change: { state } }) => CALLBACK_STATES.has(state))
            .map(({ change: { occurredAtMs } }) => occurredAtMs)
            .sort((a, b) => a - b),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('a callback is due for the deposit and the final states, and for no other', () => {
    fc.assert(
      fc.property(history, (changes) => {
        for (const { change: each, due } of live(changes).accepted) {
          expect(due !== null).toBe(CALLBACK_STATES.has(each.state));
        }
      }),
    );
  });

  it('a report says what its change said, and for the rest what the changes before it said last', () => {
    fc.assert(
      fc.property(history, (changes) => {
        const { accepted } = live(changes);
        accepted.forEach(({ change: each, due }, place) => {
          if (due === null) return;
          const before = inOrder(accepted.slice(0, place)).filter(
            (other) => other.change.occurredAtMs <= each.occurredAtMs,
          );
          const told = [...before.map((other) => other.change), each].map(({ notification }) => notification);
          const [item] = due.report.items;
          expect(item?.notification).toMatchObject({
            issuerReference: told.findLast((said) => said.issuerReference !== null)?.issuerReference ?? null,
            channel: told.findLast((said) => said.channel !== null)?.channel ?? null,
            expirationDays: told.findLast((said) => said.expirationDays !== null)?.expirationDays ?? null,
            registry: told.findLast((said) => said.registry !== null)?.registry ?? null,
          });
          expect(item?.signer).toBe(each.signer);
          expect(item?.occurredAt).toBe(each.occurredAt);
        });
      }),
      { numRuns: 500 },
    );
  });
});

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
            { known: null, entity: { ...ENTITY, ...settings }, now: START_MS, arrival: 1, newId: () => 'd' },
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

describe('while deliveries are being sent', () => {
  const sent = fc.tuple(history, fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }));

  it('exactly one of the line is first; what was attempted stays before the rest, which stand by instant', () => {
    fc.assert(
      fc.property(sent, ([changes, sends]) => {
        const { known } = live(changes, (place) => sends[place] === true);
        const line = known?.line ?? [];
        expect(line.filter((d) => d.first)).toHaveLength(line.length > 0 ? 1 : 0);
        expect(line[0]?.first ?? true).toBe(true);
        expect(line.slice(1).every((d) => d.attempts === 0 && d.status === 'waiting')).toBe(true);
        const places = line.slice(1).map(({ position, arrival }) => [position, arrival]);
        expect(places).toEqual([...places].sort(([a = 0, b = 0], [c = 0, d = 0]) => a - c || b - d));
        expect(line.every((d) => !isFinished(d.status))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('a change is late exactly when a state that occurred after it was sent already', () => {
    fc.assert(
      fc.property(sent, ([changes, sends]) => {
        let attempted: number | null = null;
        let known: KnownNotification | null = null;
        changes.forEach((each, place) => {
          const judgement = judge(each, {
            known,
            entity: ENTITY,
            now: START_MS,
            arrival: place,
            newId: () => String(place),
          });
          if ('refusal' in judgement) return;
          if (judgement.due !== null) {
            expect(judgement.due.late).toBe(attempted !== null && attempted > each.occurredAtMs);
          }
          known = sends[place] === true ? sending(judgement.notification) : judgement.notification;
          attempted = known.latestAttempted;
        });
      }),
      { numRuns: 500 },
    );
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
    ['state-without-callback', 'REGISTRADA', 'INTEGRACIO', ENTITY],
    ['not-by-integration', 'DIPOSITADA', 'EACAT', ENTITY],
    ['entity-unknown', 'DIPOSITADA', 'INTEGRACIO', null],
    ['callbacks-off', 'DIPOSITADA', 'INTEGRACIO', { ...ENTITY, online: false }],
    ['state-switched-off', 'ANUL·LADA', 'INTEGRACIO', { ...ENTITY, sendCancelled: false }],
  ] as const)('is taken, and says why: %s', (reason, state, origin, entity) => {
    expect(judged(state, origin, entity)).toMatchObject({
      reason,
      due: null,
      notification: { life: [{ state }], line: [] },
    });
  });

  it('is no other than those', () => {
    expect(judged('DIPOSITADA', 'INTEGRACIO', { ...ENTITY, sendCancelled: false })).toMatchObject({
      reason: null,
      due: { late: false },
    });
  });
});

describe('a new delivery', () => {
  const missing = (...names: string[]): KnownEntity => ({
    ...ENTITY,
    destination: (backOffice) => ({ ...ENTITY.destination(backOffice), missing: names }),
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
      ...ENTITY,
      destination: (backOffice) => {
        asked.push(backOffice);
        return ENTITY.destination(backOffice);
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
    const context = { known: cancelled, entity: ENTITY, now: START_MS, arrival: 2, newId: () => 'd' };
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
    const judgement = judge(other, { known, entity: ENTITY, now: START_MS, arrival: 2, newId: () => 'd' });
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
