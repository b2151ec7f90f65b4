import type { paths } from '../api/schema.ts';
import type { Text, Texts } from '../i18n/texts.ts';

/** The audit trail. */
export const auditTexts = {
  title: { ca: 'Auditoria', es: 'Auditoría', en: 'Audit' },
  when: { ca: 'Quan', es: 'Cuándo', en: 'When' },
  who: { ca: 'Qui', es: 'Quién', en: 'Who' },
  what: { ca: 'Què', es: 'Qué', en: 'What' },
  which: { ca: 'Entitat', es: 'Entidad', en: 'Entity' },
  detail: { ca: 'Detall', es: 'Detalle', en: 'Detail' },
  action: { ca: 'Acció', es: 'Acción', en: 'Action' },
  every: { ca: 'Totes', es: 'Todas', en: 'Every' },
  organisation: { ca: 'Codi de l’organisme', es: 'Código del organismo', en: 'Code of the organisation' },
  department: { ca: 'Codi del departament', es: 'Código del departamento', en: 'Code of the department' },
  from: { ca: 'Des del dia', es: 'Desde el día', en: 'From the day' },
  to: { ca: 'Fins al dia', es: 'Hasta el día', en: 'To the day' },
  clear: { ca: 'Treu els filtres', es: 'Quitar los filtros', en: 'Clear filters' },
  onlyBy: { ca: 'Només el que ha fet', es: 'Solo lo que ha hecho', en: 'Only what was done by' },
  total: {
    ca: '{count, plural, one {# enviament} other {# enviaments}}',
    es: '{count, plural, one {# envío} other {# envíos}}',
    en: '{count, plural, one {# delivery} other {# deliveries}}',
  },
  pace: {
    ca: 'fins a {count} per minut',
    es: 'hasta {count} por minuto',
    en: 'up to {count} a minute',
  },
  theJob: { ca: 'el reenviament', es: 'el reenvío', en: 'the job' },
  theResend: { ca: 'l’enviament nou', es: 'el envío nuevo', en: 'the new delivery' },
  theDelivery: { ca: 'l’enviament', es: 'el envío', en: 'the delivery' },
  theService: { ca: 'El servei', es: 'El servicio', en: 'The service' },
  unknown: { ca: 'Desconegut', es: 'Desconocido', en: 'Unknown' },
  changed: { ca: 'Canviat: {members}', es: 'Cambiado: {members}', en: 'Changed: {members}' },
  withRole: { ca: 'rol: {role}', es: 'rol: {role}', en: 'role: {role}' },
  overlap: {
    ca: 'l’antiga val encara {length}',
    es: 'la antigua vale todavía {length}',
    en: 'the old one works on for {length}',
  },
  network: { ca: 'xarxa {network}', es: 'red {network}', en: 'network {network}' },
  none: { ca: 'No hi ha res', es: 'No hay nada', en: 'There is nothing' },
  noMatch: {
    ca: 'Res no coincideix amb els filtres',
    es: 'Nada coincide con los filtros',
    en: 'Nothing fits the filters',
  },
} as const satisfies Texts;

/** What the audit trail tells of. */
export type Action = NonNullable<NonNullable<paths['/v1/audit']['get']['parameters']['query']>['action']>;

/** What is done, in words: an action that the service learns does not compile without them. */
export const actionTexts: Readonly<Record<Action, Text>> = {
  'entity-created': { ca: 'Entitat creada', es: 'Entidad creada', en: 'Entity created' },
  'entity-replaced': { ca: 'Entitat canviada', es: 'Entidad cambiada', en: 'Entity changed' },
  'entity-deleted': { ca: 'Entitat esborrada', es: 'Entidad borrada', en: 'Entity deleted' },
  'entity-paused': { ca: 'Entitat en pausa', es: 'Entidad en pausa', en: 'Entity paused' },
  'entity-resumed': { ca: 'Entitat represa', es: 'Entidad reanudada', en: 'Entity resumed' },
  'entity-retried': {
    ca: 'Reintents enviats ara',
    es: 'Reintentos enviados ahora',
    en: 'Retries sent at once',
  },
  'entity-tested': { ca: 'Connexió provada', es: 'Conexión probada', en: 'Connection tested' },
  'endpoint-suspended': { ca: 'Adreça suspesa', es: 'Dirección suspendida', en: 'Address suspended' },
  'endpoint-resumed': { ca: 'Adreça represa', es: 'Dirección reanudada', en: 'Address resumed' },
  'key-created': { ca: 'Clau creada', es: 'Clave creada', en: 'Key created' },
  'key-rotated': { ca: 'Clau substituïda', es: 'Clave sustituida', en: 'Key rotated' },
  'key-revoked': { ca: 'Clau revocada', es: 'Clave revocada', en: 'Key revoked' },
  'delivery-resent': { ca: 'Enviament reenviat', es: 'Envío reenviado', en: 'Delivery resent' },
  'delivery-cancelled': { ca: 'Enviament cancel·lat', es: 'Envío cancelado', en: 'Delivery cancelled' },
  'resends-created': { ca: 'Reenviament creat', es: 'Reenvío creado', en: 'Resend made' },
  'resends-paused': { ca: 'Reenviament en pausa', es: 'Reenvío en pausa', en: 'Resend paused' },
  'resends-resumed': { ca: 'Reenviament reprès', es: 'Reenvío reanudado', en: 'Resend resumed' },
  'resends-cancelled': { ca: 'Reenviament cancel·lat', es: 'Reenvío cancelado', en: 'Resend cancelled' },
  'secrets-rotated': {
    ca: 'Secrets xifrats de nou',
    es: 'Secretos cifrados de nuevo',
    en: 'Secrets sealed anew',
  },
  'signed-in': {
    ca: 'Ha entrat a la consola',
    es: 'Ha entrado en la consola',
    en: 'Signed in to the console',
  },
  'signed-out': {
    ca: 'Ha sortit de la consola',
    es: 'Ha salido de la consola',
    en: 'Signed out of the console',
  },
  'sign-in-failed': { ca: 'Entrada rebutjada', es: 'Entrada rechazada', en: 'Sign-in refused' },
  'session-ended': { ca: 'Sessió tancada', es: 'Sesión cerrada', en: 'Session ended' },
};
