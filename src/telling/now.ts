import type { Language } from '../domain/language.ts';
import { listedMembers } from './members.ts';
import { ofName } from './names.ts';
import { atInstant, counted, lasting, quotedText } from './grammar.ts';
import { failurePhrase, sideOf, type Failure, type Side } from './failures.ts';

/** How things stand at a glance. */
export const LEVELS = ['ok', 'warning', 'trouble'] as const;
export type Level = (typeof LEVELS)[number];

/** What an endpoint's deliveries wait for, as far as a sentence needs it. Instants are milliseconds since the epoch. */
export interface ToldStanding {
  readonly cause: 'suspended' | 'failing' | 'probed' | 'incomplete' | 'paused';
  readonly organisationName: string;
  readonly since: number | null;
  readonly failures: number;
  readonly last: Failure | null;
  readonly missing: readonly string[];
  readonly pausedSince: number | null;
  readonly pauseReason: string | null;
  readonly waiting: number;
}

/** What the whole stands at. */
export interface ToldNow {
  readonly level: Level;
  readonly waiting: number;
  /** Whether more wait than were counted. */
  readonly isMore: boolean;
  readonly troubled: number;
  /** For how long the delivery that is due longest has been due, in milliseconds; 0 where none is. */
  readonly overdueMs: number;
  readonly exhaustedLastHour: number;
  readonly isQueueThere: boolean;
}

/** Overdue deliveries are told of from here on, in milliseconds: shorter, they are on their way. */
export const OVERDUE_TOLD_MS = 60_000;

/** How everything stands, in one sentence or two. */
export function tellNow(now: ToldNow, language: Language): string {
  const { waiting, isMore, troubled, overdueMs, exhaustedLastHour, isQueueThere } = now;
  const words = NOW[language];
  const number = counted(waiting, 'delivery', language);
  const many = isMore ? words.moreThan(number) : number;
  if (!isQueueThere) return words.noQueue(many);
  const parts: string[] = [];
  if (troubled > 0)
    parts.push(words.troubled(troubled, counted(troubled, 'endpoint', language), many, waiting));
  if (overdueMs >= OVERDUE_TOLD_MS) parts.push(words.overdue(lasting(overdueMs, language)));
  if (exhaustedLastHour > 0) {
    parts.push(words.exhausted(exhaustedLastHour, counted(exhaustedLastHour, 'delivery', language)));
  }
  if (parts.length > 0) return parts.join(' ');
  return waiting === 0 ? words.allOut : words.underWay(waiting, many);
}

interface NowWords {
  readonly allOut: string;
  readonly underWay: (count: number, deliveries: string) => string;
  readonly moreThan: (deliveries: string) => string;
  readonly noQueue: (deliveries: string) => string;
  readonly troubled: (count: number, endpoints: string, deliveries: string, waiting: number) => string;
  readonly overdue: (duration: string) => string;
  readonly exhausted: (count: number, deliveries: string) => string;
}

const NOW: Readonly<Record<Language, NowWords>> = {
  ca: {
    allOut: 'Tot surt: no hi ha res que esperi.',
    underWay: (count, deliveries) => `Tot surt: ${deliveries} ${count === 1 ? 'és' : 'són'} de camí.`,
    moreThan: (deliveries) => `més de ${deliveries}`,
    noQueue: (deliveries) => `La cua no respon: no surt res fins que torni. Hi ha ${deliveries} que esperen.`,
    troubled: (count, endpoints, deliveries, waiting) =>
      `No tot surt: ${endpoints} ${count === 1 ? 'té' : 'tenen'} problemes.${waiting === 0 ? '' : ` En total ${waiting === 1 ? 'espera' : 'esperen'} ${deliveries}.`}`,
    overdue: (duration) => `L’enviament més endarrerit fa ${duration} que hauria d’haver sortit.`,
    exhausted: (count, deliveries) =>
      `En l’última hora ${deliveries} ${count === 1 ? 'ha' : 'han'} gastat tots els intents.`,
  },
  es: {
    allOut: 'Todo sale: no hay nada que espere.',
    underWay: (count, deliveries) => `Todo sale: ${deliveries} ${count === 1 ? 'está' : 'están'} en camino.`,
    moreThan: (deliveries) => `más de ${deliveries}`,
    noQueue: (deliveries) =>
      `La cola no responde: no sale nada hasta que vuelva. Hay ${deliveries} que esperan.`,
    troubled: (count, endpoints, deliveries, waiting) =>
      `No todo sale: ${endpoints} ${count === 1 ? 'tiene' : 'tienen'} problemas.${waiting === 0 ? '' : ` En total ${waiting === 1 ? 'espera' : 'esperan'} ${deliveries}.`}`,
    overdue: (duration) => `El envío más retrasado hace ${duration} que debería haber salido.`,
    exhausted: (count, deliveries) =>
      `En la última hora ${deliveries} ${count === 1 ? 'ha' : 'han'} gastado todos los intentos.`,
  },
  en: {
    allOut: 'Everything goes out: nothing waits.',
    underWay: (count, deliveries) =>
      `Everything goes out: ${deliveries} ${count === 1 ? 'is' : 'are'} under way.`,
    moreThan: (deliveries) => `more than ${deliveries}`,
    noQueue: (deliveries) =>
      `The queue does not answer: nothing goes out until it is back. Waiting: ${deliveries}.`,
    troubled: (count, endpoints, deliveries, waiting) =>
      `Not everything goes out: ${endpoints} ${count === 1 ? 'is' : 'are'} in trouble.${waiting === 0 ? '' : ` Waiting in all: ${deliveries}.`}`,
    overdue: (duration) => `The delivery that is most overdue should have gone out ${duration} ago.`,
    exhausted: (count, deliveries) =>
      `In the last hour ${deliveries} ${count === 1 ? 'has' : 'have'} spent all attempts.`,
  },
};

/** What is wrong with an endpoint and whose side it is, in plain words. */
export function tellStanding(standing: ToldStanding, language: Language): string {
  const words = STANDING[language];
  const { cause, last, since, failures, missing, pausedSince, pauseReason } = standing;
  const owner = ofName(standing.organisationName, language);
  const when = since === null ? null : atInstant(since, language);
  const did = last === null ? null : failurePhrase(last, language);
  const side = last === null ? '' : ` ${words.side[sideOf(last)]}`;
  switch (cause) {
    case 'suspended':
      return words.suspended(owner, when) + side;
    case 'failing':
      return words.failing(owner, did, failures, counted(failures, 'attempt', language), when) + side;
    case 'probed':
      return words.probed(owner, when);
    case 'incomplete':
      return words.incomplete(owner, listedMembers(missing, language), missing.length);
    case 'paused': {
      const at = pausedSince === null ? when : atInstant(pausedSince, language);
      return words.paused(owner, at, pauseReason === null ? null : quotedText(pauseReason));
    }
  }
}

interface StandingWords {
  readonly suspended: (owner: string, since: string | null) => string;
  readonly failing: (
    owner: string,
    did: string | null,
    failures: number,
    attempts: string,
    since: string | null,
  ) => string;
  readonly probed: (owner: string, since: string | null) => string;
  readonly incomplete: (owner: string, missing: string, count: number) => string;
  readonly paused: (owner: string, since: string | null, reason: string | null) => string;
  readonly side: Readonly<Record<Side, string>>;
}

const after = (text: string | null, before: string): string => (text === null ? '' : `${before}${text}`);

const STANDING: Readonly<Record<Language, StandingWords>> = {
  ca: {
    suspended: (owner, since) =>
      `El servei web ${owner} només fallava i aquest servei hi va deixar d’enviar${after(since, ': els errors van començar ')}. No es perd res.`,
    failing: (owner, did, failures, attempts, since) =>
      `El servei web ${owner} falla${after(since, ' des ').replace(
        ' des el ',
        ' des del ',
      )}: ${attempts} sense confirmar${did === null ? '' : failures === 1 ? `; ${did}` : `; l’última vegada ${did}`}.`,
    probed: (owner, since) =>
      `El servidor on hi ha el servei web ${owner} no va bé${after(since, ' des ').replace(' des el ', ' des del ')}: només s’hi prova un enviament de tant en tant.`,
    incomplete: (owner, missing, count) =>
      `A la configuració ${owner} li ${count === 1 ? 'falta' : 'falten'} ${missing}: els seus enviaments esperen que es completi.`,
    paused: (owner, since, reason) =>
      `Un operador va aturar els enviaments ${owner}${after(since, ' ')}${after(reason, '. El motiu: ')}${reason?.endsWith('.') === true ? '' : '.'}`,
    side: {
      integrator: 'És cosa de l’integrador.',
      configuration: 'És cosa de la configuració, o del que l’integrador hi espera.',
      service: 'És cosa d’aquest servei.',
    },
  },
  es: {
    suspended: (owner, since) =>
      `El servicio web ${owner} solo fallaba y este servicio dejó de enviarle${after(since, ': los errores empezaron ')}. No se pierde nada.`,
    failing: (owner, did, failures, attempts, since) =>
      `El servicio web ${owner} falla${after(since, ' desde ')}: ${attempts} sin confirmar${did === null ? '' : failures === 1 ? `; ${did}` : `; la última vez ${did}`}.`,
    probed: (owner, since) =>
      `El servidor donde está el servicio web ${owner} no va bien${after(since, ' desde ')}: solo se le prueba un envío de vez en cuando.`,
    incomplete: (owner, missing, count) =>
      `A la configuración ${owner} le ${count === 1 ? 'falta' : 'faltan'} ${missing}: sus envíos esperan a que se complete.`,
    paused: (owner, since, reason) =>
      `Un operador detuvo los envíos ${owner}${after(since, ' ')}${after(reason, '. El motivo: ')}${reason?.endsWith('.') === true ? '' : '.'}`,
    side: {
      integrator: 'Es cosa del integrador.',
      configuration: 'Es cosa de la configuración, o de lo que el integrador espera de ella.',
      service: 'Es cosa de este servicio.',
    },
  },
  en: {
    suspended: (owner, since) =>
      `The web service ${owner} did nothing but fail, and this service stopped sending there${after(since, ': the failures began ')}. Nothing is lost.`,
    failing: (owner, did, failures, attempts, since) =>
      `The web service ${owner} has been failing${after(since, ' since ').replace(' since on ', ' since ')}: ${attempts} without an acknowledgement${did === null ? '' : failures === 1 ? `; it ${did}` : `; the last time it ${did}`}.`,
    probed: (owner, since) =>
      `The server of the web service ${owner} has been in trouble${after(since, ' since ').replace(' since on ', ' since ')}: one delivery is tried there from time to time.`,
    incomplete: (owner, missing) =>
      `The configuration ${owner} lacks ${missing}: its deliveries wait until it is complete.`,
    paused: (owner, since, reason) =>
      `An operator paused the deliveries ${owner}${after(since, ' ')}${after(reason, '. The reason: ')}${reason?.endsWith('.') === true ? '' : '.'}`,
    side: {
      integrator: 'It is the integrator’s to mend.',
      configuration: 'It is for the configuration to mend, or for what the integrator expects of it.',
      service: 'It is this service’s own to mend.',
    },
  },
};
