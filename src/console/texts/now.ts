import type { paths } from '../api/schema.ts';
import type { Text, Texts } from '../i18n/texts.ts';

/** How everything stands. */
export const nowTexts = {
  title: { ca: 'Ara', es: 'Ahora', en: 'Now' },
  wasSo: { ca: 'A les {time}:', es: 'A las {time}:', en: 'At {time}:' },
  waiting: { ca: 'Esperen', es: 'Esperan', en: 'Waiting' },
  inFlight: { ca: 'De camí', es: 'En camino', en: 'Under way' },
  oldest: { ca: 'El que espera més', es: 'El que más espera', en: 'Waits longest' },
  nothing: { ca: 'cap', es: 'ninguno', en: 'none' },
  lastHour: { ca: 'Última hora', es: 'Última hora', en: 'Last hour' },
  hourFailed: {
    ca: '{count, plural, =0 {cap intent fallit} one {# intent fallit} other {# intents fallits}}',
    es: '{count, plural, =0 {ningún intento fallido} one {# intento fallido} other {# intentos fallidos}}',
    en: '{count, plural, =0 {no failed attempt} one {# failed attempt} other {# failed attempts}}',
  },
  hourExhausted: {
    ca: '{count, plural, one {# esgotat} other {# esgotats}}',
    es: '{count, plural, one {# agotado} other {# agotados}}',
    en: '{count, plural, one {# exhausted} other {# exhausted}}',
  },
  hourAcknowledged: {
    ca: '{count, plural, one {# confirmat} other {# confirmats}}',
    es: '{count, plural, one {# confirmado} other {# confirmados}}',
    en: '{count, plural, one {# acknowledged} other {# acknowledged}}',
  },
  atLeast: { ca: 'més de {count}', es: 'más de {count}', en: 'more than {count}' },
  queue: { ca: 'Cua', es: 'Cola', en: 'Queue' },
  database: { ca: 'Base de dades', es: 'Base de datos', en: 'Database' },
  answers: { ca: 'Respon', es: 'Responde', en: 'Answers' },
  answersNot: { ca: 'No respon', es: 'No responde', en: 'Does not answer' },
  inMs: { ca: 'en {ms} ms', es: 'en {ms} ms', en: 'in {ms} ms' },
  trouble: { ca: 'Amb problemes', es: 'Con problemas', en: 'In trouble' },
  noTrouble: {
    ca: 'Cap entitat no té problemes.',
    es: 'Ninguna entidad tiene problemas.',
    en: 'No entity is in trouble.',
  },
  more: {
    ca: '{count, plural, one {I # més, que no es mostra.} other {I # més, que no es mostren.}}',
    es: '{count, plural, one {Y # más, que no se muestra.} other {Y # más, que no se muestran.}}',
    en: '{count, plural, one {And # more, which is not shown.} other {And # more, which are not shown.}}',
  },
  since: { ca: 'Des de', es: 'Desde', en: 'Since' },
  waitingLink: {
    ca: '{count, plural, one {# enviament} other {# enviaments}}',
    es: '{count, plural, one {# envío} other {# envíos}}',
    en: '{count, plural, one {# delivery} other {# deliveries}}',
  },
  next: { ca: 'Pròxim intent', es: 'Próximo intento', en: 'Next attempt' },
  nextProbe: { ca: 'Pròxima prova', es: 'Próxima prueba', en: 'Next probe' },
  http: { ca: 'Última resposta', es: 'Última respuesta', en: 'Last answer' },
  address: { ca: 'Servidor', es: 'Servidor', en: 'Server' },
  backOffice: { ca: 'backoffice {name}', es: 'back office {name}', en: 'back office {name}' },
  test: { ca: 'Prova', es: 'Probar', en: 'Test' },
  pause: { ca: 'Posa en pausa', es: 'Pausar', en: 'Pause' },
  resume: { ca: 'Reprèn', es: 'Reanudar', en: 'Resume' },
  spent: { ca: 'Els esgotats', es: 'Los agotados', en: 'The exhausted ones' },
  open: { ca: 'Obre', es: 'Abrir', en: 'Open' },
  actionOf: { ca: '{action}: {entity}', es: '{action}: {entity}', en: '{action}: {entity}' },
} as const satisfies Texts;

type Now = paths['/v1/now']['get']['responses'][200]['content']['application/json'];

/** How bad it is, for who does not see the colour. */
export const levelTexts: Readonly<Record<Now['level'], Text>> = {
  ok: { ca: 'Tot bé', es: 'Todo bien', en: 'All well' },
  warning: { ca: 'Atenció', es: 'Atención', en: 'Attention' },
  trouble: { ca: 'Problemes', es: 'Problemas', en: 'Trouble' },
};

/** What an endpoint’s deliveries wait for, in a word; the sentence of the API says it whole. */
export const causeTexts: Readonly<Record<Now['trouble'][number]['cause'], Text>> = {
  suspended: { ca: 'Suspesa', es: 'Suspendida', en: 'Suspended' },
  failing: { ca: 'Falla', es: 'Falla', en: 'Failing' },
  probed: { ca: 'A prova', es: 'A prueba', en: 'Probed' },
  incomplete: { ca: 'Incompleta', es: 'Incompleta', en: 'Incomplete' },
  paused: { ca: 'En pausa', es: 'En pausa', en: 'Paused' },
};

/** The deeds of an endpoint in trouble. */
export const deedTexts = {
  pauseTitle: { ca: 'Posa en pausa els enviaments', es: 'Pausar los envíos', en: 'Pause the deliveries' },
  pauseWhat: {
    ca: 'No sortirà res cap a {entity} fins que algú ho reprengui. El que ja s’està enviant acaba; no es perd res, i el que arribi esperarà en ordre.',
    es: 'No saldrá nada hacia {entity} hasta que alguien lo reanude. Lo que ya se está enviando termina; no se pierde nada, y lo que llegue esperará en orden.',
    en: 'Nothing goes out to {entity} until somebody resumes it. What is being sent ends; nothing is lost, and what comes waits in order.',
  },
  reason: { ca: 'Motiu (opcional)', es: 'Motivo (opcional)', en: 'Reason (optional)' },
  reasonHelp: {
    ca: 'El llegirà qui ho vegi en pausa.',
    es: 'Lo leerá quien lo vea en pausa.',
    en: 'Whoever sees it paused reads it.',
  },
  paused: { ca: 'En pausa: {entity}', es: 'En pausa: {entity}', en: 'Paused: {entity}' },
  resumeTitle: { ca: 'Reprèn els enviaments', es: 'Reanudar los envíos', en: 'Resume the deliveries' },
  resumeWhat: {
    ca: '{count, plural, =0 {Ara no n’espera cap: el que arribi per a {entity} sortirà.} one {Sortirà # enviament cap a {entity}.} other {Sortiran # enviaments cap a {entity}, en ordre i al ritme que el servidor admeti.}}',
    es: '{count, plural, =0 {Ahora no espera ninguno: lo que llegue para {entity} saldrá.} one {Saldrá # envío hacia {entity}.} other {Saldrán # envíos hacia {entity}, en orden y al ritmo que el servidor admita.}}',
    en: '{count, plural, =0 {None waits now: what comes for {entity} goes out.} one {# delivery goes out to {entity}.} other {# deliveries go out to {entity}, in order and as fast as its server takes them.}}',
  },
  resumed: { ca: 'Represa: {entity}', es: 'Reanudada: {entity}', en: 'Resumed: {entity}' },
  testTitle: { ca: 'Prova de connexió', es: 'Prueba de conexión', en: 'Connection test' },
  testWhat: {
    ca: 'S’envia a {entity} un informe inventat. No es crea cap enviament ni es gasta cap intent.',
    es: 'Se envía a {entity} un informe inventado. No se crea ningún envío ni se gasta ningún intento.',
    en: 'An invented report is sent to {entity}. No delivery is made and no attempt spent.',
  },
  testing: { ca: 'S’està provant…', es: 'Probando…', en: 'Testing…' },
  testGood: {
    ca: 'Confirmat: la connexió funciona.',
    es: 'Confirmado: la conexión funciona.',
    en: 'Acknowledged: the connection works.',
  },
  testBad: { ca: 'No s’ha confirmat.', es: 'No se ha confirmado.', en: 'Not acknowledged.' },
  again: { ca: 'Torna a provar', es: 'Probar otra vez', en: 'Test again' },
  close: { ca: 'Tanca', es: 'Cerrar', en: 'Close' },
  ms: { ca: '{ms} ms', es: '{ms} ms', en: '{ms} ms' },
} as const satisfies Texts;
