import type { paths } from '../api/schema.ts';
import type { Text, Texts } from '../i18n/texts.ts';

export type Notification =
  paths['/v1/notifications/{id}']['get']['responses'][200]['content']['application/json'];

/** One notification. */
export const notificationTexts = {
  title: { ca: 'Notificació {id}', es: 'Notificación {id}', en: 'Notification {id}' },
  facts: { ca: 'Dades', es: 'Datos', en: 'Facts' },
  state: { ca: 'Estat', es: 'Estado', en: 'State' },
  since: { ca: 'Des de', es: 'Desde', en: 'Since' },
  kind: { ca: 'Tipus', es: 'Tipo', en: 'Kind' },
  reference: { ca: 'Referència', es: 'Referencia', en: 'Reference' },
  issuerReference: { ca: 'Referència de l’emissor', es: 'Referencia del emisor', en: 'Issuer’s reference' },
  entity: { ca: 'Entitat', es: 'Entidad', en: 'Entity' },
  backOffice: { ca: 'Backoffice', es: 'Back office', en: 'Back office' },
  origin: { ca: 'Creada per', es: 'Creada por', en: 'Made by' },
  channel: { ca: 'Canal', es: 'Canal', en: 'Channel' },
  deliveries: { ca: 'Enviaments', es: 'Envíos', en: 'Deliveries' },
  noDelivery: {
    ca: 'Aquesta notificació no té cap enviament',
    es: 'Esta notificación no tiene ningún envío',
    en: 'This notification has no delivery',
  },
  what: { ca: 'Què comunica', es: 'Qué comunica', en: 'What it tells' },
  status: { ca: 'Situació', es: 'Situación', en: 'Status' },
  attempts: { ca: 'Intents', es: 'Intentos', en: 'Attempts' },
  created: { ca: 'Creat', es: 'Creado', en: 'Created' },
  next: { ca: 'Pròxim intent', es: 'Próximo intento', en: 'Next attempt' },
  none: { ca: 'cap', es: 'ninguno', en: 'none' },
  late: { ca: 'tardà', es: 'tardío', en: 'late' },
  resend: { ca: 'reenviament', es: 'reenvío', en: 'resend' },
} as const satisfies Texts;

/** What it is by the law. */
export const notificationKindTexts: Readonly<Record<Notification['kind'], Text>> = {
  NOTIFICACIO: { ca: 'Notificació', es: 'Notificación', en: 'Notification' },
  COMUNICACIO: { ca: 'Comunicació', es: 'Comunicación', en: 'Communication' },
};

/** Where it was made. */
export const originTexts: Readonly<Record<Notification['origin'], Text>> = {
  INTEGRACIO: { ca: 'integració', es: 'integración', en: 'integration' },
  EACAT: { ca: 'EACAT, a mà', es: 'EACAT, a mano', en: 'EACAT, by hand' },
};
