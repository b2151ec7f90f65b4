import type { Texts } from '../i18n/texts.ts';

/** The list of entities. */
export const entitiesTexts = {
  title: { ca: 'Entitats', es: 'Entidades', en: 'Entities' },
  new: { ca: 'Entitat nova', es: 'Entidad nueva', en: 'New entity' },
  filter: { ca: 'Cerca entitats', es: 'Buscar entidades', en: 'Find entities' },
  filterHelp: {
    ca: 'Nom, codi o adreça',
    es: 'Nombre, código o dirección',
    en: 'Name, code or address',
  },
  entity: { ca: 'Entitat', es: 'Entidad', en: 'Entity' },
  endpoint: { ca: 'Adreça', es: 'Dirección', en: 'Address' },
  state: { ca: 'Estat', es: 'Estado', en: 'State' },
  health: { ca: 'Salut', es: 'Salud', en: 'Health' },
  noEndpoint: { ca: 'cap', es: 'ninguna', en: 'none' },
  fails: { ca: 'Fa {length} que falla', es: 'Falla desde hace {length}', en: 'Failing for {length}' },
  fine: { ca: 'Sense incidències', es: 'Sin incidencias', en: 'No trouble' },
  warnings: {
    ca: '{count, plural, one {# advertiment} other {# advertiments}}',
    es: '{count, plural, one {# advertencia} other {# advertencias}}',
    en: '{count, plural, one {# warning} other {# warnings}}',
  },
  count: {
    ca: '{count, plural, one {# entitat en aquesta pàgina} other {# entitats en aquesta pàgina}}',
    es: '{count, plural, one {# entidad en esta página} other {# entidades en esta página}}',
    en: '{count, plural, one {# entity on this page} other {# entities on this page}}',
  },
  none: { ca: 'Encara no hi ha cap entitat', es: 'Todavía no hay ninguna entidad', en: 'No entity yet' },
  noneHelp: {
    ca: 'Feu-ne una: la guia us porta dels codis a una primera prova confirmada.',
    es: 'Cree una: la guía lleva de los códigos a una primera prueba confirmada.',
    en: 'Make one: the guide leads from its codes to a first acknowledged test.',
  },
  noneForYou: {
    ca: 'Les entitats les fa un administrador.',
    es: 'Las entidades las crea un administrador.',
    en: 'An administrator makes entities.',
  },
  noMatch: { ca: 'Cap entitat coincideix', es: 'Ninguna entidad coincide', en: 'No entity matches' },
} as const satisfies Texts;
