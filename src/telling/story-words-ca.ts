import type { StoryWords } from './story-words.ts';

const WITHOUT = {
  'state-without-callback': 'aquest estat no en té',
  'not-by-integration': 'la notificació no és feta per integració',
  'entity-unknown': 'l’entitat no està configurada',
  'callbacks-off': 'l’entitat té els avisos desactivats',
  'state-switched-off': 'l’entitat té els avisos d’aquest estat desactivats',
} as const;

/** What elides shows no gender: these nouns are feminine. */
function isFeminine(of: string): boolean {
  return /^de l’(alta|acceptació|expiració|anul·lació)$/.test(of);
}

/** Stories in Catalan. */
export const CATALAN: StoryWords = {
  states: {
    PENDENT: { subject: 'l’alta', of: 'de l’alta' },
    REGISTRADA: { subject: 'el registre', of: 'del registre' },
    DIPOSITADA: { subject: 'el dipòsit', of: 'del dipòsit' },
    ACCEPTADA: { subject: 'l’acceptació', of: 'de l’acceptació' },
    REBUTJADA: { subject: 'el rebuig', of: 'del rebuig' },
    EXPIRADA: { subject: 'l’expiració', of: 'de l’expiració' },
    ERROR: { subject: 'l’error', of: 'de l’error' },
    ANUL·LADA: { subject: 'l’anul·lació', of: 'de l’anul·lació' },
  },
  daily: (day) => ({ subject: `l’informe diari del ${day}`, of: `de l’informe diari del ${day}` }),
  webService: (owner) => (owner === null ? 'el servei web de l’integrador' : `el servei web ${owner}`),

  acknowledgedAtOnce: ({ subject }, when) => `${subject} es va comunicar al primer intent, ${when}.`,
  acknowledgedAfter: ({ subject }, nth, service, did, when) =>
    `${subject} es va comunicar al ${nth}, ${when}.${did === null ? '' : ` Abans, ${service} ${did}.`}`,
  exhausted: ({ subject }, attempts, service, did) =>
    `${subject} no es va poder comunicar i s’han gastat ${attempts}${did === null ? '' : `: ${service} ${did}`}.`,
  cancelled: ({ of }, reason, when) =>
    `Un operador va cancel·lar l’enviament ${of} ${when}${reason === null ? '' : `. El motiu: ${reason}`}.`,
  retrying: ({ subject }, service, did, when, left) =>
    `${subject} encara no s’ha pogut comunicar${did === null ? '' : `: ${service} ${did}`}. ${when === null ? 'Es tornarà a provar de seguida' : `Es tornarà a provar ${when}`}; en queden ${left}.`,
  sending: ({ subject }, nth) => `${subject} s’està enviant ara mateix, al ${nth}.`,
  queued: ({ subject }) => `${subject} és a la cua i sortirà de seguida.`,
  waitsFor: {
    earlier: ({ subject }) =>
      `${subject} espera que acabi l’enviament d’un estat anterior de la mateixa notificació.`,
    window: ({ subject }) => `${subject} espera torn per sortir cap al servidor de l’integrador.`,
    probed: ({ subject }, when) =>
      `${subject} espera: el servidor de l’integrador no va bé i només s’hi prova un enviament de tant en tant; la prova següent, ${when}.`,
    paused: ({ subject }, since, reason) =>
      `${subject} espera: un operador va aturar els enviaments de l’entitat${since === null ? '' : ` ${since}`}${reason === null ? '' : `. El motiu: ${reason}`}.`,
    suspended: ({ subject }, since) =>
      `${subject} espera: el servei web només fallava i aquest servei hi va deixar d’enviar${since === null ? '' : ` ${since}`}.`,
    incomplete: ({ subject }) => `${subject} espera que es completi la configuració de l’entitat.`,
    notAllowed: ({ subject }) => `${subject} espera: no és permès d’enviar a l’adreça configurada.`,
    inexpressible: ({ subject }) =>
      `${subject} espera: la versió 3.2 del missatge no ho pot dir, i cal passar el punt de recepció a la 4.0.`,
  },
  interrupted: (attempts) =>
    attempts === 1
      ? 'Un dels intents es va interrompre en aquest servei.'
      : `${attempts} dels intents es van interrompre en aquest servei.`,
  late: 'Va arribar tard: un estat posterior ja s’havia enviat.',
  resent: 'És un reenviament.',
  others: (acknowledged, exhausted, cancelled, open) =>
    [
      acknowledged === 0
        ? ''
        : acknowledged === 1
          ? 'Un altre avís es va confirmar.'
          : `Es van confirmar ${acknowledged} avisos més.`,
      exhausted === 0
        ? ''
        : exhausted === 1
          ? 'Un altre avís va gastar tots els intents.'
          : `${exhausted} avisos més van gastar tots els intents.`,
      cancelled === 0
        ? ''
        : cancelled === 1
          ? 'Un altre avís es va cancel·lar.'
          : `Es van cancel·lar ${cancelled} avisos més.`,
      open === 0
        ? ''
        : open === 1
          ? 'Un altre avís encara ha de sortir.'
          : `${open} avisos més encara han de sortir.`,
    ]
      .filter((sentence) => sentence !== '')
      .join(' '),

  noCallback: ({ of }, reason) => `No hi ha avís ${of}: ${WITHOUT[reason]}.`,
  nothingYet: 'No hi ha res per explicar.',
  dailyOnly: (day, isAcknowledged) =>
    isAcknowledged
      ? `Es va dir a l’informe diari del ${day}, que es va confirmar.`
      : `Va a l’informe diari del ${day}, que encara no s’ha confirmat.`,

  changed: (state) => `La notificació va passar a ${state}.`,
  cameLate: (state, after) =>
    `La notificació va passar a ${state}; aquest servei ho va saber ${after} després.`,
  joinedDaily: (day) => `El canvi va entrar a l’informe diari del ${day}.`,
  made: ({ of }) => `Es va preparar l’avís ${of}.`,
  madeAgain: ({ of }) => `Es va tornar a preparar l’avís ${of}, per reenviar-lo.`,
  attempted: (nth, service, did, lasting) => `${nth}: ${service} ${did} (${lasting}).`,
  confirmed: (nth, service, lasting) => `${nth}: ${service} va confirmar la recepció (${lasting}).`,
  brokenOff: (nth) =>
    `${nth}: es va interrompre en aquest servei abans de saber la resposta; potser l’integrador té l’informe.`,
  blocked: ({ subject }) => `${subject} no es va poder enviar amb la configuració que hi havia.`,
  waited: {
    retry: (lasting) => `Va esperar ${lasting} fins a l’intent següent.`,
    earlier: (lasting) => `Va esperar ${lasting} que acabés l’enviament anterior.`,
    configuration: (lasting) => `Va esperar ${lasting} que es corregís la configuració.`,
    paused: (lasting) => `Va esperar ${lasting}, amb els enviaments de l’entitat aturats.`,
    suspended: (lasting) => `Va esperar ${lasting}, amb el punt de recepció suspès.`,
    window: (lasting) => `Va esperar torn ${lasting}.`,
    queue: (lasting) => `Va ser ${lasting} a la cua.`,
    unknown: (lasting) => `Va esperar ${lasting}.`,
  },
  ended: {
    acknowledged: ({ subject, of }) =>
      `${subject} queda ${isFeminine(of) ? 'comunicada' : 'comunicat'}: l’integrador ho ha confirmat.`,
    exhausted: ({ of }) => `No hi haurà més intents de l’avís ${of}.`,
    cancelled: ({ of }) => `L’avís ${of} es va cancel·lar.`,
  },
  recover: 'Es pot tornar a enviar, o l’integrador ho pot recuperar amb RecuperarReport.',
  next: {
    retry: (nth, when) => `Després ve el ${nth}, ${when}.`,
    soon: (nth) => `Després ve el ${nth}, així que es pugui.`,
  },
};
