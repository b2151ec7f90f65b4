import type { Texts } from '../i18n/texts.ts';

/** One delivery. */
export const deliveryTexts = {
  title: { ca: 'Enviament', es: 'Envío', en: 'Delivery' },
  titleOf: { ca: 'Enviament: {what}', es: 'Envío: {what}', en: 'Delivery: {what}' },
  facts: { ca: 'Dades', es: 'Datos', en: 'Facts' },
  status: { ca: 'Situació', es: 'Situación', en: 'Status' },
  notification: { ca: 'Notificació', es: 'Notificación', en: 'Notification' },
  entity: { ca: 'Entitat', es: 'Entidad', en: 'Entity' },
  backOffice: { ca: 'Backoffice', es: 'Back office', en: 'Back office' },
  day: { ca: 'Informe diari del', es: 'Informe diario del', en: 'Daily report of' },
  dayWhat: {
    ca: '{date}, part {part}: {count, plural, one {# notificació} other {# notificacions}}',
    es: '{date}, parte {part}: {count, plural, one {# notificación} other {# notificaciones}}',
    en: '{date}, part {part}: {count, plural, one {# notification} other {# notifications}}',
  },
  created: { ca: 'Creat', es: 'Creado', en: 'Created' },
  finished: { ca: 'Acabat', es: 'Terminado', en: 'Finished' },
  next: { ca: 'Pròxim intent', es: 'Próximo intento', en: 'Next attempt' },
  id: { ca: 'Clau d’idempotència', es: 'Clave de idempotencia', en: 'Idempotency key' },
  resentFrom: { ca: 'Reenviament de', es: 'Reenvío de', en: 'Resend of' },
  theFirst: { ca: 'l’enviament d’abans', es: 'el envío de antes', en: 'the delivery before' },
  cancelReason: { ca: 'Motiu', es: 'Motivo', en: 'Reason' },
  attempts: { ca: 'Intents', es: 'Intentos', en: 'Attempts' },
  noAttempt: { ca: 'Encara no s’ha intentat', es: 'Todavía no se ha intentado', en: 'Not attempted yet' },
  attempt: { ca: 'Intent', es: 'Intento', en: 'Attempt' },
  attemptOf: { ca: 'Intent {number}', es: 'Intento {number}', en: 'Attempt {number}' },
  blocked: { ca: 'Blocatge', es: 'Bloqueo', en: 'Block' },
  outcome: { ca: 'Resultat', es: 'Resultado', en: 'Outcome' },
  answer: { ca: 'Resposta', es: 'Respuesta', en: 'Answer' },
  when: { ca: 'Quan', es: 'Cuándo', en: 'When' },
  duration: { ca: 'Durada', es: 'Duración', en: 'Duration' },
  address: { ca: 'Adreça', es: 'Dirección', en: 'Address' },
  code: { ca: 'Codi', es: 'Código', en: 'Code' },
  said: { ca: 'Va dir', es: 'Dijo', en: 'It said' },
  detail: { ca: 'Detall', es: 'Detalle', en: 'Detail' },
  version: { ca: 'Versió del missatge', es: 'Versión del mensaje', en: 'Message version' },
  evidence: { ca: 'Baixa les proves', es: 'Descargar las pruebas', en: 'Download the evidence' },
  print: { ca: 'Imprimeix', es: 'Imprimir', en: 'Print' },
  recovery: {
    ca: 'Com ho pot recuperar l’integrador',
    es: 'Cómo puede recuperarlo el integrador',
    en: 'How the integrator can recover it',
  },
  recoveryWhat: {
    ca: 'Amb una clau pròpia, per RecuperarReport a {path}. Li dirà l’estat que la notificació tingui llavors.',
    es: 'Con una clave propia, por RecuperarReport en {path}. Le dirá el estado que la notificación tenga entonces.',
    en: 'With a key of its own, by RecuperarReport at {path}. It tells the state that the notification has by then.',
  },
  recoveryDay: {
    ca: 'Amb una clau pròpia, per RecuperarReport a {path}. Li dirà tot el que va canviar aquell dia.',
    es: 'Con una clave propia, por RecuperarReport en {path}. Le dirá todo lo que cambió aquel día.',
    en: 'With a key of its own, by RecuperarReport at {path}. It tells all that changed on that day.',
  },
} as const satisfies Texts;

/** What can be done with a delivery, and what will happen then. */
export const deliveryDeedTexts = {
  resend: { ca: 'Reenvia…', es: 'Reenviar…', en: 'Send again…' },
  resendTitle: { ca: 'Reenvia aquest enviament', es: 'Reenviar este envío', en: 'Send this delivery again' },
  resendDeed: { ca: 'Reenvia’l', es: 'Reenviarlo', en: 'Send it again' },
  resendWhat: {
    ca: 'Es farà un enviament nou amb el mateix informe i una altra clau d’idempotència. Sortirà després dels que esperen de la mateixa notificació, amb tots els seus intents.',
    es: 'Se hará un envío nuevo con el mismo informe y otra clave de idempotencia. Saldrá después de los que esperan de la misma notificación, con todos sus intentos.',
    en: 'A new delivery is made, with the same report and another idempotency key. It goes out after those that wait of the same notification, with all its attempts.',
  },
  resendTwice: {
    ca: 'L’integrador ja va confirmar aquest: el rebrà dues vegades.',
    es: 'El integrador ya confirmó este: lo recibirá dos veces.',
    en: 'The integrator has acknowledged this one: it gets it twice.',
  },
  resent: {
    ca: 'S’ha fet l’enviament nou',
    es: 'Se ha hecho el envío nuevo',
    en: 'The new delivery is made',
  },
  cancel: { ca: 'Cancel·la l’enviament…', es: 'Cancelar el envío…', en: 'Cancel the delivery…' },
  cancelTitle: { ca: 'Cancel·la aquest enviament', es: 'Cancelar este envío', en: 'Cancel this delivery' },
  cancelDeed: { ca: 'Cancel·la l’enviament', es: 'Cancelar el envío', en: 'Cancel the delivery' },
  cancelWhat: {
    ca: 'No se’n farà cap més intent, i l’integrador no rebrà aquest avís. Els avisos posteriors de la notificació ja no l’esperaran. No es pot desfer, però es podrà reenviar.',
    es: 'No se hará ningún intento más, y el integrador no recibirá este aviso. Los avisos posteriores de la notificación ya no lo esperarán. No se puede deshacer, pero se podrá reenviar.',
    en: 'It is attempted no more, and the integrator does not get this callback. Later ones of the notification no longer wait for it. This cannot be undone, but it can be sent again.',
  },
  cancelSending: {
    ca: 'Ara mateix s’està enviant: aquest intent acaba com acabaria, i l’integrador el pot rebre.',
    es: 'Ahora mismo se está enviando: este intento termina como terminaría, y el integrador puede recibirlo.',
    en: 'It is being sent right now: this attempt ends as it would, and the integrator may get it.',
  },
  reason: { ca: 'Motiu (opcional)', es: 'Motivo (opcional)', en: 'Reason (optional)' },
  reasonHelp: {
    ca: 'Quedarà a l’enviament i a l’auditoria. Sense dades personals.',
    es: 'Quedará en el envío y en la auditoría. Sin datos personales.',
    en: 'It stays with the delivery and in the audit trail. No personal data.',
  },
  cancelled: { ca: 'Enviament cancel·lat', es: 'Envío cancelado', en: 'Delivery cancelled' },
} as const satisfies Texts;
