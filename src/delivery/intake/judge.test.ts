import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  change,
  KNOWN_ENTITY,
  live,
  NO_FACTS,
  sending,
  START_MS,
  type Accepted,
} from '../../../test/support/judged.ts';
import { isFinished } from '../../domain/delivery.ts';
import type { InheritedFacts, StateChange } from '../../domain/notification.ts';
import { CALLBACK_STATES, canFollow, kindHasState, KINDS, STATES, type State } from '../../domain/state.ts';
import { judge, type KnownNotification } from './judge.ts';

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
          const context = { entity: KNOWN_ENTITY, now: START_MS, arrival: 1, newId: () => 'd' };
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
            entity: KNOWN_ENTITY,
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
