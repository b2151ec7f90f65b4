import { adviceFor } from '../domain/advice.ts';
import { isFinished } from '../domain/delivery.ts';
import type { Language } from '../domain/language.ts';
import { failurePhrase, failurePhrases } from './failures.ts';
import { atInstant, capital, counted, lasting, nthAttempt, quotedText, shownDay } from './grammar.ts';
import { ofName } from './names.ts';
import type {
  Awaited,
  Story,
  StoryAttempt,
  StoryChange,
  StoryDelivery,
  StoryFacts,
  StoryItem,
  Told,
} from './story-facts.ts';
import { CATALAN } from './story-words-ca.ts';
import { ENGLISH } from './story-words-en.ts';
import { SPANISH } from './story-words-es.ts';
import type { Noun, StoryWords } from './story-words.ts';

const WORDS: Readonly<Record<Language, StoryWords>> = { ca: CATALAN, es: SPANISH, en: ENGLISH };

/** A wait that is shorter is not told, in milliseconds. */
const TOLD_WAIT_MS = 1_000;
/** The same before a first attempt: a claim takes a moment. */
const TOLD_FIRST_WAIT_MS = 5_000;
/** A change that is known so much later than it happened came late, in milliseconds. */
const TOLD_LATENESS_MS = 60_000;

/** Tells the life of a notification. */
export function tellStory(facts: StoryFacts, language: Language): Story {
  const { changes, deliveries } = facts;
  const teller = createTeller(facts, language);
  const told = deliveries.flatMap((delivery) => teller.deliveryItems(delivery));
  const items = [...changes.flatMap((change) => teller.changeItems(change)), ...told];
  // What comes next has no place in time before what has been.
  const past = items.filter(({ kind }) => kind !== 'next').sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
  return { sentence: teller.whole(), items: [...past, ...items.filter(({ kind }) => kind === 'next')] };
}

/** Tells of one delivery alone; of a daily report too. */
export function tellDelivery(facts: Omit<StoryFacts, 'changes'>, id: string, language: Language): Story {
  const teller = createTeller({ ...facts, changes: [] }, language);
  const delivery = facts.deliveries.find((each) => each.id === id);
  if (delivery === undefined) throw new Error('the delivery is none of the story');
  return { sentence: teller.sentence(delivery), items: teller.deliveryItems(delivery) };
}

const BARE: Omit<StoryItem, 'kind' | 'at' | 'sentence'> = {
  until: null,
  change: null,
  delivery: null,
  communication: null,
  attempt: null,
  outcome: null,
  code: null,
  waitedFor: null,
  advice: null,
};

function createTeller({ entityName, changes, deliveries, now }: StoryFacts, language: Language) {
  const words = WORDS[language];
  const service = words.webService(entityName === null ? null : ofName(entityName, language));
  const when = (ms: number): string => atInstant(ms, language);
  const nounOf = (told: Told): Noun =>
    told.kind === 'OnLine' ? words.states[told.state] : words.daily(shownDay(told.date, language));

  /** How a delivery stands, in a sentence or more. */
  function sentence(delivery: StoryDelivery): string {
    const interruptions = delivery.attempts.filter(({ outcome }) => outcome === 'interrupted').length;
    return [
      capital(standing(delivery)),
      interruptions > 0 ? words.interrupted(interruptions) : '',
      delivery.late ? words.late : '',
      delivery.resentFrom === null ? '' : words.resent,
    ]
      .filter((part) => part !== '')
      .join(' ');
  }

  function standing(delivery: StoryDelivery): string {
    const { status, attempts, finishedAt, spent, allowed, cancelReason } = delivery;
    const what = nounOf(delivery.told);
    const failures = attempts.filter(isFailure);
    const did = failures.length === 0 ? null : failurePhrases(failures, language);
    const ended = when(finishedAt ?? now);
    switch (status) {
      case 'acknowledged': {
        const number = attempts.findLast(({ outcome }) => outcome === 'acknowledged')?.number ?? spent + 1;
        return number === 1
          ? words.acknowledgedAtOnce(what, ended)
          : words.acknowledgedAfter(what, nthAttempt(number, language), service, did, ended);
      }
      case 'exhausted':
        return words.exhausted(what, counted(spent, 'attempt', language), service, did);
      case 'cancelled':
        return words.cancelled(what, cancelReason === null ? null : reasonText(cancelReason), ended);
      case 'sending':
        return words.sending(what, nthAttempt(lastNumber(attempts) + 1, language));
      case 'queued':
        return words.queued(what);
      case 'waiting':
      case 'retrying':
        return waitingSentence(
          delivery,
          what,
          did,
          counted(Math.max(0, allowed - spent), 'attempt', language),
        );
    }
  }

  function waitingSentence(delivery: StoryDelivery, what: Noun, did: string | null, left: string): string {
    const { waitsFor } = words;
    const { waitingFor, blockedBy, nextProbeAt, nextAttemptAt, holdReason } = delivery;
    const since = delivery.heldSince === null ? null : when(delivery.heldSince);
    switch (waitingFor) {
      case 'configuration':
        if (blockedBy === 'address-not-allowed') return waitsFor.notAllowed(what);
        return blockedBy === 'version-cannot-express'
          ? waitsFor.inexpressible(what)
          : waitsFor.incomplete(what);
      case 'earlier':
        return waitsFor.earlier(what);
      case 'paused':
        return waitsFor.paused(what, since, holdReason === null ? null : reasonText(holdReason));
      case 'suspended':
        return waitsFor.suspended(what, since);
      case 'retry':
        return words.retrying(what, service, did, nextAttemptAt === null ? null : when(nextAttemptAt), left);
      case 'window':
      case null:
        return nextProbeAt === null ? waitsFor.window(what) : waitsFor.probed(what, when(nextProbeAt));
    }
  }

  function changeItems(change: StoryChange): StoryItem[] {
    const { id, state, occurredAt, receivedAt, reason, daily } = change;
    const lateness = receivedAt - occurredAt;
    const said = [
      lateness >= TOLD_LATENESS_MS
        ? words.cameLate(state, lasting(lateness, language))
        : words.changed(state),
      reason === null ? '' : words.noCallback(words.states[state], reason),
    ];
    const items: StoryItem[] = [
      {
        ...BARE,
        kind: 'change',
        at: occurredAt,
        change: id,
        sentence: said.filter((part) => part !== '').join(' '),
      },
    ];
    if (daily !== null) {
      items.push({
        ...BARE,
        kind: 'delivery',
        at: daily.at,
        change: id,
        delivery: daily.delivery,
        sentence: words.joinedDaily(shownDay(daily.date, language)),
      });
    }
    return items;
  }

  function deliveryItems(delivery: StoryDelivery): StoryItem[] {
    const { id, told, status, createdAt, finishedAt, resentFrom, attempts } = delivery;
    const what = nounOf(told);
    const bare = { ...BARE, delivery: id };
    const items: StoryItem[] = [
      {
        ...bare,
        kind: 'delivery',
        at: createdAt,
        sentence: resentFrom === null ? words.made(what) : words.madeAgain(what),
      },
    ];
    let since = createdAt;
    let before: StoryAttempt | null = null;
    for (const attempt of attempts) {
      items.push(...waitItem(delivery, before, since, attempt.startedAt));
      items.push({ ...attemptItem(attempt, what), delivery: id });
      since = attempt.startedAt + attempt.durationMs;
      before = attempt;
    }
    if (finishedAt !== null && isFinished(status))
      items.push({ ...endItem(status, what, finishedAt), delivery: id });
    else items.push({ ...nextItem(delivery, lastNumber(attempts)), delivery: id });
    return items;
  }

  function waitItem(
    delivery: StoryDelivery,
    before: StoryAttempt | null,
    from: number,
    to: number,
  ): StoryItem[] {
    const isFirst = before === null;
    if (to - from < (isFirst ? TOLD_FIRST_WAIT_MS : TOLD_WAIT_MS)) return [];
    const waitedFor = isFirst ? firstAwaited(delivery, from, to) : awaitedAfter(before);
    return [
      {
        ...BARE,
        kind: 'wait',
        at: from,
        until: to,
        delivery: delivery.id,
        waitedFor,
        sentence: words.waited[waitedFor](lasting(to - from, language)),
      },
    ];
  }

  /** Of a first attempt that did not come at once, only one reason is kept: another of the line that ended meanwhile. */
  function firstAwaited({ id }: StoryDelivery, from: number, to: number): Awaited {
    const stoodBefore = deliveries.some(
      (other) =>
        other.id !== id &&
        other.createdAt <= from &&
        other.finishedAt !== null &&
        other.finishedAt > from &&
        other.finishedAt <= to,
    );
    return stoodBefore ? 'earlier' : 'unknown';
  }

  function attemptItem(attempt: StoryAttempt, what: Noun): StoryItem {
    const { id, number, startedAt, durationMs, outcome, code } = attempt;
    const nth = capital(nthAttempt(number ?? 0, language));
    const took = lasting(durationMs, language);
    const advice = outcome === 'acknowledged' ? null : (adviceFor(code)?.[language] ?? null);
    const sentenceOf = (): string => {
      if (outcome === 'blocked' || number === null) return capital(words.blocked(what));
      if (outcome === 'acknowledged') return words.confirmed(nth, service, took);
      if (outcome === 'interrupted') return words.brokenOff(nth);
      return words.attempted(nth, service, failurePhrase(attempt, language), took);
    };
    return {
      ...BARE,
      kind: 'attempt',
      at: startedAt,
      until: startedAt + durationMs,
      communication: id,
      attempt: number,
      outcome,
      code,
      sentence: sentenceOf(),
      advice,
    };
  }

  function endItem(status: StoryDelivery['status'], what: Noun, at: number): StoryItem {
    const ended = status === 'acknowledged' || status === 'exhausted' ? status : 'cancelled';
    const advice = ended === 'exhausted' ? words.recover : null;
    return { ...BARE, kind: 'end', at, sentence: capital(words.ended[ended](what)), advice };
  }

  function nextItem(delivery: StoryDelivery, last: number): StoryItem {
    const { waitingFor, nextAttemptAt, nextProbeAt, status, blockedBy } = delivery;
    const nth = nthAttempt(last + 1, language);
    const isRetry = waitingFor === 'retry' && nextAttemptAt !== null;
    const said = isRetry ? words.next.retry(nth, when(nextAttemptAt)) : capital(standing(delivery));
    return {
      ...BARE,
      kind: 'next',
      at: nextProbeAt ?? nextAttemptAt,
      attempt: last + 1,
      waitedFor: status === 'queued' ? 'queue' : waitingFor,
      code: blockedBy,
      sentence: said,
      advice: adviceFor(blockedBy)?.[language] ?? null,
    };
  }

  /** The sentence of the whole: of the delivery that people ask for, and how many others there are. */
  function whole(): string {
    const open = deliveries.filter(({ status }) => !isFinished(status));
    const lead = open.find(({ waitingFor }) => waitingFor !== 'earlier') ?? open[0] ?? deliveries.at(-1);
    if (lead === undefined) return withoutDelivery();
    const others = deliveries.filter(({ id }) => id !== lead.id);
    const count = (of: (delivery: StoryDelivery) => boolean): number => others.filter(of).length;
    const rest = words.others(
      count(({ status }) => status === 'acknowledged'),
      count(({ status }) => status === 'exhausted'),
      count(({ status }) => status === 'cancelled'),
      count(({ status }) => !isFinished(status)),
    );
    return rest === '' ? sentence(lead) : `${sentence(lead)} ${rest}`;
  }

  function withoutDelivery(): string {
    const last = changes.at(-1);
    if (last === undefined) return words.nothingYet;
    if (last.daily !== null) {
      return words.dailyOnly(shownDay(last.daily.date, language), last.daily.status === 'acknowledged');
    }
    return last.reason === null ? words.nothingYet : words.noCallback(words.states[last.state], last.reason);
  }

  return { sentence, deliveryItems, changeItems, whole };
}

function isFailure({ outcome, number }: StoryAttempt): boolean {
  return number !== null && !['acknowledged', 'interrupted', 'blocked', 'answered'].includes(outcome);
}

/** What was waited for after an attempt. */
function awaitedAfter({ outcome }: StoryAttempt): Awaited {
  if (outcome === 'blocked') return 'configuration';
  return outcome === 'interrupted' ? 'unknown' : 'retry';
}

function lastNumber(attempts: readonly StoryAttempt[]): number {
  return attempts.reduce((most, { number }) => Math.max(most, number ?? 0), 0);
}

/** A reason that somebody gave, before a full stop. */
function reasonText(reason: string): string {
  return quotedText(reason).replace(/\.$/, '');
}
