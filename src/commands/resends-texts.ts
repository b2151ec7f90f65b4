import type { ResendResult, ResendStatus, SkipReason } from '../domain/resend-job.ts';
import type { Language } from '../domain/language.ts';

/** All that the commands that send again in bulk say in one language: a text that lacks does not compile. */
export interface ResendTexts {
  /** How many will be sent again, at which pace, and how long that takes. */
  readonly plan: (count: string, pace: string, minutes: string) => string;
  readonly nothing: string;
  /** How many will not, before the lines that say why. */
  readonly passedOver: (count: string) => string;
  readonly reasons: Readonly<Record<SkipReason, string>>;
  readonly ask: string;
  /** The first letter of a yes. */
  readonly yes: string;
  readonly declined: string;
  readonly begun: (id: string) => string;
  /** What a bar says. */
  readonly progress: (resent: string, skipped: string, total: string) => string;
  readonly ended: (status: string, resent: string, skipped: string) => string;
  /** Before the commands by which a job that goes on is followed. */
  readonly goesOn: string;
  readonly follow: string;
  readonly pause: string;
  readonly cancel: string;
  /** The status of a running job that waits for what it has made. */
  readonly waiting: string;
  readonly statuses: Readonly<Record<ResendStatus, string>>;
  readonly results: Readonly<Record<ResendResult, string>>;
  /** Names of a job's facts. */
  readonly facts: Readonly<
    Record<
      | 'job'
      | 'status'
      | 'entity'
      | 'kind'
      | 'state'
      | 'ended'
      | 'from'
      | 'to'
      | 'pace'
      | 'total'
      | 'resent'
      | 'skipped'
      | 'reason'
      | 'by'
      | 'created'
      | 'started'
      | 'finished',
      string
    >
  >;
  readonly perMinute: (count: string) => string;
  /** Titles of the lists' columns. */
  readonly columns: Readonly<
    Record<
      | 'created'
      | 'id'
      | 'status'
      | 'total'
      | 'resent'
      | 'skipped'
      | 'by'
      | 'delivery'
      | 'result'
      | 'resentAs'
      | 'entity'
      | 'notification'
      | 'state'
      | 'why',
      string
    >
  >;
  readonly noJobs: string;
  readonly noItems: string;
}

const CATALAN: ResendTexts = {
  plan: (count, pace, minutes) =>
    `Enviaments per tornar a enviar: ${count}, a ${pace} per minut com a màxim (≈ ${minutes}).`,
  nothing: 'No hi ha res per tornar a enviar.',
  passedOver: (count) => `Que no es tornaran a enviar: ${count}`,
  reasons: {
    unfinished: 'encara no ha acabat',
    'resend-unfinished': 'ja es torna a enviar',
    'acknowledged-since': 'confirmat després, en tornar-lo a enviar',
    repeated: 'el mateix informe ja hi és',
    'entity-unknown': 'l’entitat no està configurada',
    'delivery-gone': 'l’enviament ja no existeix',
  },
  ask: 'Voleu continuar? [s/N] ',
  yes: 's',
  declined: 'No s’ha fet res.',
  begun: (id) => `Reenviament ${id}`,
  progress: (resent, skipped, total) => `${resent} de ${total} tornats a enviar  ${skipped} omesos`,
  ended: (status, resent, skipped) => `Reenviament ${status}: ${resent} tornats a enviar, ${skipped} omesos.`,
  goesOn: 'El reenviament continua al servei. Per seguir-lo, aturar-lo o cancel·lar-lo:',
  follow: 'seguir',
  pause: 'aturar',
  cancel: 'cancel·lar',
  waiting: 'espera que acabin els enviats',
  statuses: { running: 'en curs', paused: 'aturat', cancelled: 'cancel·lat', done: 'acabat' },
  results: { pending: 'pendent', resent: 'tornat a enviar', skipped: 'omès' },
  facts: {
    job: 'reenviament',
    status: 'situació',
    entity: 'entitat',
    kind: 'tipus',
    state: 'estat',
    ended: 'acabats com a',
    from: 'des de',
    to: 'fins a',
    pace: 'ritme',
    total: 'enviaments',
    resent: 'tornats a enviar',
    skipped: 'omesos',
    reason: 'motiu',
    by: 'autoria',
    created: 'creat',
    started: 'començat',
    finished: 'acabat',
  },
  perMinute: (count) => `${count} per minut com a màxim`,
  columns: {
    created: 'CREAT',
    id: 'ID',
    status: 'SITUACIÓ',
    total: 'TOTAL',
    resent: 'ENVIATS',
    skipped: 'OMESOS',
    by: 'AUTORIA',
    delivery: 'ENVIAMENT',
    result: 'RESULTAT',
    resentAs: 'NOU ENVIAMENT',
    entity: 'ENTITAT',
    notification: 'NOTIFICACIÓ',
    state: 'ESTAT',
    why: 'PER QUÈ',
  },
  noJobs: 'No hi ha cap reenviament.',
  noItems: 'No hi ha cap enviament així.',
};

const SPANISH: ResendTexts = {
  plan: (count, pace, minutes) =>
    `Envíos que volver a enviar: ${count}, a ${pace} por minuto como máximo (≈ ${minutes}).`,
  nothing: 'No hay nada que volver a enviar.',
  passedOver: (count) => `Que no se volverán a enviar: ${count}`,
  reasons: {
    unfinished: 'aún no ha terminado',
    'resend-unfinished': 'ya se está volviendo a enviar',
    'acknowledged-since': 'confirmado después, al volver a enviarlo',
    repeated: 'el mismo informe ya está incluido',
    'entity-unknown': 'la entidad no está configurada',
    'delivery-gone': 'el envío ya no existe',
  },
  ask: '¿Quiere continuar? [s/N] ',
  yes: 's',
  declined: 'No se ha hecho nada.',
  begun: (id) => `Reenvío ${id}`,
  progress: (resent, skipped, total) => `${resent} de ${total} vueltos a enviar  ${skipped} omitidos`,
  ended: (status, resent, skipped) => `Reenvío ${status}: ${resent} vueltos a enviar, ${skipped} omitidos.`,
  goesOn: 'El reenvío continúa en el servicio. Para seguirlo, detenerlo o cancelarlo:',
  follow: 'seguir',
  pause: 'detener',
  cancel: 'cancelar',
  waiting: 'espera a que terminen los enviados',
  statuses: { running: 'en curso', paused: 'detenido', cancelled: 'cancelado', done: 'terminado' },
  results: { pending: 'pendiente', resent: 'vuelto a enviar', skipped: 'omitido' },
  facts: {
    job: 'reenvío',
    status: 'situación',
    entity: 'entidad',
    kind: 'tipo',
    state: 'estado',
    ended: 'terminados como',
    from: 'desde',
    to: 'hasta',
    pace: 'ritmo',
    total: 'envíos',
    resent: 'vueltos a enviar',
    skipped: 'omitidos',
    reason: 'motivo',
    by: 'autoría',
    created: 'creado',
    started: 'empezado',
    finished: 'terminado',
  },
  perMinute: (count) => `${count} por minuto como máximo`,
  columns: {
    created: 'CREADO',
    id: 'ID',
    status: 'SITUACIÓN',
    total: 'TOTAL',
    resent: 'ENVIADOS',
    skipped: 'OMITIDOS',
    by: 'AUTORÍA',
    delivery: 'ENVÍO',
    result: 'RESULTADO',
    resentAs: 'NUEVO ENVÍO',
    entity: 'ENTIDAD',
    notification: 'NOTIFICACIÓN',
    state: 'ESTADO',
    why: 'POR QUÉ',
  },
  noJobs: 'No hay ningún reenvío.',
  noItems: 'No hay ningún envío así.',
};

const ENGLISH: ResendTexts = {
  plan: (count, pace, minutes) =>
    `Deliveries to send again: ${count}, ${pace} a minute at most (≈ ${minutes}).`,
  nothing: 'There is nothing to send again.',
  passedOver: (count) => `That will not be sent again: ${count}`,
  reasons: {
    unfinished: 'not finished yet',
    'resend-unfinished': 'being sent again already',
    'acknowledged-since': 'acknowledged since, when it was sent again',
    repeated: 'the same report is in it already',
    'entity-unknown': 'the entity is not configured',
    'delivery-gone': 'the delivery is no longer there',
  },
  ask: 'Go on? [y/N] ',
  yes: 'y',
  declined: 'Nothing was done.',
  begun: (id) => `Job ${id}`,
  progress: (resent, skipped, total) => `${resent} of ${total} sent again  ${skipped} passed over`,
  ended: (status, resent, skipped) => `Job ${status}: ${resent} sent again, ${skipped} passed over.`,
  goesOn: 'The job goes on in the service. To follow, pause or cancel it:',
  follow: 'follow',
  pause: 'pause',
  cancel: 'cancel',
  waiting: 'waiting for those sent to finish',
  statuses: { running: 'running', paused: 'paused', cancelled: 'cancelled', done: 'done' },
  results: { pending: 'pending', resent: 'sent again', skipped: 'passed over' },
  facts: {
    job: 'job',
    status: 'status',
    entity: 'entity',
    kind: 'kind',
    state: 'state',
    ended: 'ended as',
    from: 'from',
    to: 'to',
    pace: 'pace',
    total: 'deliveries',
    resent: 'sent again',
    skipped: 'passed over',
    reason: 'reason',
    by: 'made by',
    created: 'created',
    started: 'started',
    finished: 'finished',
  },
  perMinute: (count) => `${count} a minute at most`,
  columns: {
    created: 'CREATED',
    id: 'ID',
    status: 'STATUS',
    total: 'TOTAL',
    resent: 'SENT AGAIN',
    skipped: 'PASSED OVER',
    by: 'MADE BY',
    delivery: 'DELIVERY',
    result: 'RESULT',
    resentAs: 'NEW DELIVERY',
    entity: 'ENTITY',
    notification: 'NOTIFICATION',
    state: 'STATE',
    why: 'WHY',
  },
  noJobs: 'There is no job.',
  noItems: 'No delivery is like this.',
};

/** The texts of each language, Catalan first. */
export const RESEND_TEXTS: Readonly<Record<Language, ResendTexts>> = {
  ca: CATALAN,
  es: SPANISH,
  en: ENGLISH,
};
