import type { Text, Texts } from '../i18n/texts.ts';

/** The search of the header. */
export const searchTexts = {
  label: {
    ca: 'Cerca notificacions, enviaments i entitats',
    es: 'Buscar notificaciones, envíos y entidades',
    en: 'Find notifications, deliveries and entities',
  },
  placeholder: {
    ca: 'Número, referència o nom (/)',
    es: 'Número, referencia o nombre (/)',
    en: 'Number, reference or name (/)',
  },
  hits: { ca: 'Resultats', es: 'Resultados', en: 'Results' },
  count: {
    ca: '{count, plural, =0 {No s’ha trobat res que comenci així.} one {# resultat} other {# resultats}}',
    es: '{count, plural, =0 {No se ha encontrado nada que empiece así.} one {# resultado} other {# resultados}}',
    en: '{count, plural, =0 {Nothing begins like this.} one {# result} other {# results}}',
  },
} as const satisfies Texts;

/** What is found. */
export const hitTexts: Readonly<Record<'notification' | 'delivery' | 'entity', Text>> = {
  notification: { ca: 'Notificació', es: 'Notificación', en: 'Notification' },
  delivery: { ca: 'Enviament', es: 'Envío', en: 'Delivery' },
  entity: { ca: 'Entitat', es: 'Entidad', en: 'Entity' },
};
