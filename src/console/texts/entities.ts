import type { Texts } from '../i18n/texts.ts';

/** The list of entities. */
export const entitiesTexts = {
  title: { ca: 'Entitats', es: 'Entidades', en: 'Entities' },
  filter: { ca: 'Filtra aquesta pàgina', es: 'Filtrar esta página', en: 'Filter this page' },
  filterHelp: {
    ca: 'Nom, codi o adreça',
    es: 'Nombre, código o dirección',
    en: 'Name, code or address',
  },
  entity: { ca: 'Entitat', es: 'Entidad', en: 'Entity' },
  codes: { ca: 'Codis', es: 'Códigos', en: 'Codes' },
  endpoint: { ca: 'Adreça', es: 'Dirección', en: 'Address' },
  state: { ca: 'Estat', es: 'Estado', en: 'State' },
  noEndpoint: { ca: 'cap', es: 'ninguna', en: 'none' },
  ready: { ca: 'A punt', es: 'Preparada', en: 'Ready' },
  incomplete: { ca: 'Incompleta', es: 'Incompleta', en: 'Incomplete' },
  paused: { ca: 'En pausa', es: 'En pausa', en: 'Paused' },
  off: { ca: 'Sense avisos', es: 'Sin avisos', en: 'Callbacks off' },
  count: {
    ca: '{count, plural, one {# entitat en aquesta pàgina} other {# entitats en aquesta pàgina}}',
    es: '{count, plural, one {# entidad en esta página} other {# entidades en esta página}}',
    en: '{count, plural, one {# entity on this page} other {# entities on this page}}',
  },
  none: { ca: 'Encara no hi ha cap entitat', es: 'Todavía no hay ninguna entidad', en: 'No entity yet' },
  noneHelp: {
    ca: 'Les entitats es configuren amb PUT /v1/entities.',
    es: 'Las entidades se configuran con PUT /v1/entities.',
    en: 'Entities are configured with PUT /v1/entities.',
  },
  noMatch: { ca: 'Cap entitat coincideix', es: 'Ninguna entidad coincide', en: 'No entity matches' },
} as const satisfies Texts;
