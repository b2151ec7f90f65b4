import type { Texts } from '../i18n/texts.ts';

/** The frame around every page. */
export const shellTexts = {
  skip: { ca: 'Ves al contingut', es: 'Ir al contenido', en: 'Skip to content' },
  sections: { ca: 'Seccions', es: 'Secciones', en: 'Sections' },
  menu: { ca: 'Menú', es: 'Menú', en: 'Menu' },
  now: { ca: 'Ara', es: 'Ahora', en: 'Now' },
  deliveries: { ca: 'Enviaments', es: 'Envíos', en: 'Deliveries' },
  entities: { ca: 'Entitats', es: 'Entidades', en: 'Entities' },
  resends: { ca: 'Reenviaments', es: 'Reenvíos', en: 'Resends' },
  keys: { ca: 'Claus', es: 'Claves', en: 'Keys' },
  audit: { ca: 'Auditoria', es: 'Auditoría', en: 'Audit' },
  settings: { ca: 'Configuració', es: 'Configuración', en: 'Settings' },
  integrators: { ca: 'Integració', es: 'Integración', en: 'Integration' },
  sessions: { ca: 'Sessions', es: 'Sesiones', en: 'Sessions' },
  language: { ca: 'Idioma', es: 'Idioma', en: 'Language' },
  theme: { ca: 'Tema', es: 'Tema', en: 'Theme' },
  auto: { ca: 'Automàtic', es: 'Automático', en: 'Automatic' },
  light: { ca: 'Clar', es: 'Claro', en: 'Light' },
  dark: { ca: 'Fosc', es: 'Oscuro', en: 'Dark' },
  signOut: { ca: 'Surt', es: 'Salir', en: 'Sign out' },
  offline: {
    ca: 'Sense connexió: el que es mostra pot ser antic.',
    es: 'Sin conexión: lo que se muestra puede ser antiguo.',
    en: 'No connection: what is shown may be old.',
  },
  notFound: { ca: 'No hi ha aquesta pàgina', es: 'No existe esta página', en: 'There is no such page' },
  notFoundHelp: {
    ca: 'Comproveu l’adreça, o trieu una secció del menú.',
    es: 'Compruebe la dirección, o elija una sección del menú.',
    en: 'Check the address, or choose a section of the menu.',
  },
} as const satisfies Texts;
