import type { NoCallbackReason } from '../delivery/ports.ts';
import type { Outcome } from '../domain/attempt.ts';
import type { Behaviour } from '../receiver/receiver.ts';
import { LANGUAGES, type Language } from '../domain/language.ts';

/** The lives that the demo shows, in their order. */
export type Chapter =
  | 'accepted'
  | 'rejected'
  | 'expired'
  | 'communication'
  | 'paper'
  | 'cancelled'
  | 'late'
  | 'byHand';

/** All that is said in one language: a text that lacks does not compile. */
export interface Texts {
  readonly demo: string;
  /** What a callback is, in one line. */
  readonly intro: string;
  readonly starting: string;
  readonly ready: (seconds: string) => string;
  readonly entity: string;
  readonly backOffice: string;
  readonly service: string;
  readonly receiver: string;
  readonly console: string;
  /** Of the address that signs in to the console. */
  readonly signsInOnce: string;
  readonly stateChange: string;
  readonly chapters: Readonly<Record<Chapter, string>>;
  /** Labels of the lines as things happen, each at most ten characters. */
  readonly change: string;
  readonly sending: string;
  readonly answer: string;
  readonly scheduled: string;
  readonly noCallback: string;
  readonly reasons: Readonly<Record<NoCallbackReason, string>>;
  readonly attempt: (number: number) => string;
  readonly behaviours: Readonly<Record<Behaviour, string>>;
  readonly outcomes: Readonly<Record<Outcome, string>>;
  readonly nextAttempt: (delay: string) => string;
  readonly exhausted: string;
  readonly log: string;
  /** Titles of the log's columns. */
  readonly columns: Readonly<
    Record<'time' | 'notification' | 'state' | 'attempt' | 'outcome' | 'error' | 'endpoint', string>
  >;
  readonly summary: (counts: { acknowledged: number; deliveries: number; attempts: number }) => string;
  readonly key: string;
  readonly tryIt: string;
  readonly alive: string;
  readonly stop: string;
  readonly listening: (url: string) => string;
  readonly repeated: string;
  readonly answers: string;
}

const CATALAN: Texts = {
  demo: 'demostració',
  intro:
    'Quan una notificació es diposita o arriba a un estat final, l’integrador en rep un avís SOAP. Tot és inventat.',
  starting: 'S’engeguen PostgreSQL, la cua SQS, el servei i un receptor…',
  ready: (seconds) => `A punt en ${seconds} s`,
  entity: 'entitat',
  backOffice: 'backoffice',
  service: 'servei',
  receiver: 'receptor',
  console: 'consola',
  signsInOnce: 'obriu-la al navegador: l’adreça hi entra un sol cop, durant 10 minuts',
  stateChange: 'canvi d’estat',
  chapters: {
    accepted: 'Notificació acceptada per la persona interessada; el primer intent és rebutjat',
    rejected: 'Notificació rebutjada per un representant',
    expired: 'Notificació que expira, d’un backoffice amb adreça pròpia',
    communication: 'Comunicació: s’accepta quan es consulta, sense signatura',
    paper: 'Notificació practicada en paper',
    cancelled: 'Notificació anul·lada',
    late: 'Canvis que arriben desordenats: l’anterior també s’envia, com a tardà',
    byHand: 'Notificació feta a mà a l’EACAT: no causa cap avís',
  },
  change: 'canvi',
  sending: 'enviament',
  answer: 'resposta',
  scheduled: 'desat i programat: FASE_REPORT_ONLINE → SQS',
  noCallback: 'desat, sense avís',
  reasons: {
    'state-without-callback': 'aquest estat no en té',
    'not-by-integration': 'no és feta per integració',
    'entity-unknown': 'entitat sense configurar',
    'callbacks-off': 'avisos desactivats',
    'state-switched-off': 'estat desactivat',
  },
  attempt: (number) => `intent ${number}`,
  behaviours: {
    acknowledge: 'confirma',
    refuse: 'rebutja amb un Error',
    fault: 'falla amb un Fault',
    'http-500': 'falla amb un HTTP 500',
    hang: 'no respon',
    garbage: 'respon una pàgina web',
  },
  outcomes: {
    acknowledged: 'confirmat',
    refused: 'rebutjat',
    faulted: 'SOAP Fault',
    unreadable: 'resposta il·legible',
    'http-error': 'error HTTP',
    unreachable: 'inabastable',
    blocked: 'blocat',
    interrupted: 'interromput',
  },
  nextAttempt: (delay) => `nou intent d’aquí a ${delay}`,
  exhausted: 'esgotat',
  log: 'Log de comunicacions',
  columns: {
    time: 'HORA',
    notification: 'NOTIFICACIÓ',
    state: 'ESTAT',
    attempt: 'INTENT',
    outcome: 'RESULTAT',
    error: 'ERROR',
    endpoint: 'ADREÇA',
  },
  summary: ({ acknowledged, deliveries, attempts }) =>
    `${acknowledged} de ${deliveries} avisos confirmats en ${attempts} intents`,
  key: 'clau d’administració',
  tryIt: 'Proveu-ho: el que feu es veurà aquí',
  alive: 'A la consola continua: un integrador falla, un altre va lent i un altre està en pausa',
  stop: 'Ctrl-C ho atura i esborra tot',
  listening: (url) => `El receptor escolta a ${url}`,
  repeated: 'ja confirmat abans',
  answers: 'respon',
};

const SPANISH: Texts = {
  demo: 'demostración',
  intro:
    'Cuando una notificación se deposita o llega a un estado final, el integrador recibe un aviso SOAP. Todo es inventado.',
  starting: 'Arrancan PostgreSQL, la cola SQS, el servicio y un receptor…',
  ready: (seconds) => `A punto en ${seconds} s`,
  entity: 'entidad',
  backOffice: 'backoffice',
  service: 'servicio',
  receiver: 'receptor',
  console: 'consola',
  signsInOnce: 'ábrala en el navegador: la dirección entra una sola vez, durante 10 minutos',
  stateChange: 'cambio de estado',
  chapters: {
    accepted: 'Notificación aceptada por la persona interesada; el primer intento es rechazado',
    rejected: 'Notificación rechazada por un representante',
    expired: 'Notificación que expira, de un backoffice con dirección propia',
    communication: 'Comunicación: se acepta al consultarla, sin firma',
    paper: 'Notificación practicada en papel',
    cancelled: 'Notificación anulada',
    late: 'Cambios que llegan desordenados: el anterior también se envía, como tardío',
    byHand: 'Notificación hecha a mano en EACAT: no causa ningún aviso',
  },
  change: 'cambio',
  sending: 'envío',
  answer: 'respuesta',
  scheduled: 'guardado y programado: FASE_REPORT_ONLINE → SQS',
  noCallback: 'guardado, sin aviso',
  reasons: {
    'state-without-callback': 'este estado no lo tiene',
    'not-by-integration': 'no está hecha por integración',
    'entity-unknown': 'entidad sin configurar',
    'callbacks-off': 'avisos desactivados',
    'state-switched-off': 'estado desactivado',
  },
  attempt: (number) => `intento ${number}`,
  behaviours: {
    acknowledge: 'confirma',
    refuse: 'rechaza con un Error',
    fault: 'falla con un Fault',
    'http-500': 'falla con un HTTP 500',
    hang: 'no responde',
    garbage: 'responde una página web',
  },
  outcomes: {
    acknowledged: 'confirmado',
    refused: 'rechazado',
    faulted: 'SOAP Fault',
    unreadable: 'respuesta ilegible',
    'http-error': 'error HTTP',
    unreachable: 'inalcanzable',
    blocked: 'bloqueado',
    interrupted: 'interrumpido',
  },
  nextAttempt: (delay) => `nuevo intento dentro de ${delay}`,
  exhausted: 'agotado',
  log: 'Log de comunicaciones',
  columns: {
    time: 'HORA',
    notification: 'NOTIFICACIÓN',
    state: 'ESTADO',
    attempt: 'INTENTO',
    outcome: 'RESULTADO',
    error: 'ERROR',
    endpoint: 'DIRECCIÓN',
  },
  summary: ({ acknowledged, deliveries, attempts }) =>
    `${acknowledged} de ${deliveries} avisos confirmados en ${attempts} intentos`,
  key: 'clave de administración',
  tryIt: 'Pruébelo: lo que haga se verá aquí',
  alive: 'En la consola continúa: un integrador falla, otro va lento y otro está en pausa',
  stop: 'Ctrl-C lo para y lo borra todo',
  listening: (url) => `El receptor escucha en ${url}`,
  repeated: 'ya confirmado antes',
  answers: 'responde',
};

const ENGLISH: Texts = {
  demo: 'demo',
  intro:
    'When a notification is deposited or reaches a final state, its integrator is told by SOAP. All here is invented.',
  starting: 'PostgreSQL, the SQS queue, the service and a receiver are starting…',
  ready: (seconds) => `Ready in ${seconds} s`,
  entity: 'entity',
  backOffice: 'back office',
  service: 'service',
  receiver: 'receiver',
  console: 'console',
  signsInOnce: 'open it in a browser: the address signs in once, within 10 minutes',
  stateChange: 'state change',
  chapters: {
    accepted: 'A notification accepted by the person it is for; the first attempt is refused',
    rejected: 'A notification rejected by a representative',
    expired: 'A notification that expires, of a back office with an address of its own',
    communication: 'A comunicació: accepted when it is read, without a signature',
    paper: 'A notification practised on paper',
    cancelled: 'A cancelled notification',
    late: 'Changes that arrive out of order: the earlier one is sent too, as late',
    byHand: 'A notification made by hand in EACAT: it causes no callback',
  },
  change: 'change',
  sending: 'sending',
  answer: 'answer',
  scheduled: 'stored and scheduled: FASE_REPORT_ONLINE → SQS',
  noCallback: 'stored, no callback',
  reasons: {
    'state-without-callback': 'this state has none',
    'not-by-integration': 'not made by integration',
    'entity-unknown': 'the entity is not configured',
    'callbacks-off': 'callbacks are off',
    'state-switched-off': 'the state is switched off',
  },
  attempt: (number) => `attempt ${number}`,
  behaviours: {
    acknowledge: 'acknowledges',
    refuse: 'refuses with an Error',
    fault: 'fails with a Fault',
    'http-500': 'fails with HTTP 500',
    hang: 'does not answer',
    garbage: 'answers a web page',
  },
  outcomes: {
    acknowledged: 'acknowledged',
    refused: 'refused',
    faulted: 'SOAP Fault',
    unreadable: 'unreadable answer',
    'http-error': 'HTTP error',
    unreachable: 'unreachable',
    blocked: 'blocked',
    interrupted: 'interrupted',
  },
  nextAttempt: (delay) => `next attempt in ${delay}`,
  exhausted: 'exhausted',
  log: 'Communications log',
  columns: {
    time: 'TIME',
    notification: 'NOTIFICATION',
    state: 'STATE',
    attempt: 'ATTEMPT',
    outcome: 'OUTCOME',
    error: 'ERROR',
    endpoint: 'ADDRESS',
  },
  summary: ({ acknowledged, deliveries, attempts }) =>
    `${acknowledged} of ${deliveries} callbacks acknowledged in ${attempts} attempts`,
  key: 'administrator’s key',
  tryIt: 'Try it: what you do shows here',
  alive: 'It goes on in the console: one integrator fails, one is slow, one is paused',
  stop: 'Ctrl-C stops it and removes everything',
  listening: (url) => `The receiver listens at ${url}`,
  repeated: 'acknowledged before',
  answers: 'answers',
};

/** The texts of each language, Catalan first. */
export const TEXTS: Readonly<Record<Language, Texts>> = { ca: CATALAN, es: SPANISH, en: ENGLISH };

/** The language that the environment asks for (LC_ALL, LC_MESSAGES, LANG), where it is one of ours. */
export function languageOf(env: Readonly<Record<string, string | undefined>>): Language {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return LANGUAGES.find((language) => new RegExp(`^${language}(?:[_.@-]|$)`, 'i').test(locale)) ?? 'ca';
}
