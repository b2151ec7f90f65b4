import type { StoryWords } from './story-words.ts';

const WITHOUT = {
  'state-without-callback': 'este estado no lo tiene',
  'not-by-integration': 'la notificación no está hecha por integración',
  'entity-unknown': 'la entidad no está configurada',
  'callbacks-off': 'la entidad tiene los avisos desactivados',
  'state-switched-off': 'la entidad tiene los avisos de este estado desactivados',
} as const;

/** Stories in Spanish. */
export const SPANISH: StoryWords = {
  states: {
    PENDENT: { subject: 'el alta', of: 'del alta' },
    REGISTRADA: { subject: 'el registro', of: 'del registro' },
    DIPOSITADA: { subject: 'el depósito', of: 'del depósito' },
    ACCEPTADA: { subject: 'la aceptación', of: 'de la aceptación' },
    REBUTJADA: { subject: 'el rechazo', of: 'del rechazo' },
    EXPIRADA: { subject: 'la expiración', of: 'de la expiración' },
    ERROR: { subject: 'el error', of: 'del error' },
    ANUL·LADA: { subject: 'la anulación', of: 'de la anulación' },
  },
  daily: (day) => ({ subject: `el informe diario del ${day}`, of: `del informe diario del ${day}` }),
  webService: (owner) => (owner === null ? 'el servicio web del integrador' : `el servicio web ${owner}`),

  acknowledgedAtOnce: ({ subject }, when) => `${subject} se comunicó al primer intento, ${when}.`,
  acknowledgedAfter: ({ subject }, nth, service, did, when) =>
    `${subject} se comunicó al ${nth}, ${when}.${did === null ? '' : ` Antes, ${service} ${did}.`}`,
  exhausted: ({ subject }, attempts, service, did) =>
    `${subject} no se pudo comunicar y se han gastado ${attempts}${did === null ? '' : `: ${service} ${did}`}.`,
  cancelled: ({ of }, reason, when) =>
    `Un operador canceló el envío ${of} ${when}${reason === null ? '' : `. El motivo: ${reason}`}.`,
  retrying: ({ subject }, service, did, when, left) =>
    `${subject} todavía no se ha podido comunicar${did === null ? '' : `: ${service} ${did}`}. ${when === null ? 'Se volverá a probar enseguida' : `Se volverá a probar ${when}`}; quedan ${left}.`,
  sending: ({ subject }, nth) => `${subject} se está enviando ahora mismo, al ${nth}.`,
  queued: ({ subject }) => `${subject} está en la cola y saldrá enseguida.`,
  waitsFor: {
    earlier: ({ subject }) =>
      `${subject} espera a que acabe el envío de un estado anterior de la misma notificación.`,
    window: ({ subject }) => `${subject} espera turno para salir hacia el servidor del integrador.`,
    probed: ({ subject }, when) =>
      `${subject} espera: el servidor del integrador no va bien y solo se le prueba un envío de vez en cuando; la prueba siguiente, ${when}.`,
    paused: ({ subject }, since, reason) =>
      `${subject} espera: un operador detuvo los envíos de la entidad${since === null ? '' : ` ${since}`}${reason === null ? '' : `. El motivo: ${reason}`}.`,
    suspended: ({ subject }, since) =>
      `${subject} espera: el servicio web solo fallaba y este servicio dejó de enviarle${since === null ? '' : ` ${since}`}.`,
    incomplete: ({ subject }) => `${subject} espera a que se complete la configuración de la entidad.`,
    notAllowed: ({ subject }) => `${subject} espera: no está permitido enviar a la dirección configurada.`,
    inexpressible: ({ subject }) =>
      `${subject} espera: la versión 3.2 del mensaje no lo puede decir, y hay que pasar el punto de recepción a la 4.0.`,
  },
  interrupted: (attempts) =>
    attempts === 1
      ? 'Uno de los intentos se interrumpió en este servicio.'
      : `${attempts} de los intentos se interrumpieron en este servicio.`,
  late: 'Llegó tarde: ya se había enviado un estado posterior.',
  resent: 'Es un reenvío.',
  others: (acknowledged, exhausted, cancelled, open) =>
    [
      acknowledged === 0
        ? ''
        : acknowledged === 1
          ? 'Otro aviso se confirmó.'
          : `Se confirmaron ${acknowledged} avisos más.`,
      exhausted === 0
        ? ''
        : exhausted === 1
          ? 'Otro aviso gastó todos los intentos.'
          : `${exhausted} avisos más gastaron todos los intentos.`,
      cancelled === 0
        ? ''
        : cancelled === 1
          ? 'Otro aviso se canceló.'
          : `Se cancelaron ${cancelled} avisos más.`,
      open === 0
        ? ''
        : open === 1
          ? 'Otro aviso todavía tiene que salir.'
          : `${open} avisos más todavía tienen que salir.`,
    ]
      .filter((sentence) => sentence !== '')
      .join(' '),

  noCallback: ({ of }, reason) => `No hay aviso ${of}: ${WITHOUT[reason]}.`,
  nothingYet: 'No hay nada que contar.',
  dailyOnly: (day, isAcknowledged) =>
    isAcknowledged
      ? `Se dijo en el informe diario del ${day}, que se confirmó.`
      : `Va en el informe diario del ${day}, que todavía no se ha confirmado.`,

  changed: (state) => `La notificación pasó a ${state}.`,
  cameLate: (state, after) => `La notificación pasó a ${state}; este servicio lo supo ${after} después.`,
  joinedDaily: (day) => `El cambio entró en el informe diario del ${day}.`,
  made: ({ of }) => `Se preparó el aviso ${of}.`,
  madeAgain: ({ of }) => `Se volvió a preparar el aviso ${of}, para reenviarlo.`,
  attempted: (nth, service, did, lasting) => `${nth}: ${service} ${did} (${lasting}).`,
  confirmed: (nth, service, lasting) => `${nth}: ${service} confirmó la recepción (${lasting}).`,
  brokenOff: (nth) =>
    `${nth}: se interrumpió en este servicio antes de saber la respuesta; quizá el integrador tiene el informe.`,
  blocked: ({ subject }) => `${subject} no se pudo enviar con la configuración que había.`,
  waited: {
    retry: (lasting) => `Esperó ${lasting} hasta el intento siguiente.`,
    earlier: (lasting) => `Esperó ${lasting} a que acabara el envío anterior.`,
    configuration: (lasting) => `Esperó ${lasting} a que se corrigiera la configuración.`,
    paused: (lasting) => `Esperó ${lasting}, con los envíos de la entidad detenidos.`,
    suspended: (lasting) => `Esperó ${lasting}, con el punto de recepción suspendido.`,
    window: (lasting) => `Esperó turno ${lasting}.`,
    queue: (lasting) => `Estuvo ${lasting} en la cola.`,
    unknown: (lasting) => `Esperó ${lasting}.`,
  },
  ended: {
    acknowledged: ({ subject }) =>
      `${subject} ${subject.startsWith('la ') ? 'queda comunicada' : 'queda comunicado'}: el integrador lo ha confirmado.`,
    exhausted: ({ of }) => `No habrá más intentos del aviso ${of}.`,
    cancelled: ({ of }) => `El aviso ${of} se canceló.`,
  },
  recover: 'Se puede volver a enviar, o el integrador lo puede recuperar con RecuperarReport.',
  next: {
    retry: (nth, when) => `Después viene el ${nth}, ${when}.`,
    soon: (nth) => `Después viene el ${nth}, en cuanto se pueda.`,
  },
};
