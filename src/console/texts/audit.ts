import type { paths } from '../api/schema.ts';
import type { Text, Texts } from '../i18n/texts.ts';

/** The audit trail. */
export const auditTexts = {
  title: { ca: 'Auditoria', es: 'Auditoría', en: 'Audit' },
  when: { ca: 'Quan', es: 'Cuándo', en: 'When' },
  who: { ca: 'Qui', es: 'Quién', en: 'Who' },
  what: { ca: 'Què', es: 'Qué', en: 'What' },
  which: { ca: 'Entitat', es: 'Entidad', en: 'Entity' },
  action: { ca: 'Acció', es: 'Acción', en: 'Action' },
  every: { ca: 'Totes', es: 'Todas', en: 'Every' },
  none: { ca: 'No hi ha res', es: 'No hay nada', en: 'There is nothing' },
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
};
