import type { Texts } from '../i18n/texts.ts';

/** What the service runs with. */
export const settingsTexts = {
  title: { ca: 'Configuració', es: 'Configuración', en: 'Settings' },
  help: {
    ca: 'Amb què funciona el servei ara. Es canvia amb variables d’entorn, i val a partir de l’arrencada següent. Els secrets no es mostren mai.',
    es: 'Con qué funciona el servicio ahora. Se cambia con variables de entorno, y vale a partir del siguiente arranque. Los secretos no se muestran nunca.',
    en: 'What the service runs with now. It is changed by environment variables, and applies from the next start on. Secrets are never shown.',
  },
  running: { ca: 'En marxa', es: 'En marcha', en: 'Running' },
  version: { ca: 'Versió', es: 'Versión', en: 'Version' },
  parts: { ca: 'Parts', es: 'Partes', en: 'Parts' },
  licences: { ca: 'Llicències', es: 'Licencias', en: 'Licences' },
  licencesOf: {
    ca: 'Programari de tercers de la consola',
    es: 'Software de terceros de la consola',
    en: 'Third-party software of the console',
  },
  rules: { ca: 'Regles d’enviament', es: 'Reglas de envío', en: 'Rules of sending' },
  retries: { ca: 'Espera entre intents', es: 'Espera entre intentos', en: 'Waits between attempts' },
  warnings: {
    ca: 'Avisos d’una adreça que falla',
    es: 'Avisos de una dirección que falla',
    en: 'Warnings of an address that fails',
  },
  suspension: { ca: 'Suspensió', es: 'Suspensión', en: 'Suspension' },
  window: { ca: 'Enviaments alhora', es: 'Envíos a la vez', en: 'Deliveries at once' },
  windowOf: {
    ca: '{start} al principi, {most} com a màxim, per servidor',
    es: '{start} al principio, {most} como máximo, por servidor',
    en: '{start} at first, {most} at most, to a server',
  },
  probes: {
    ca: 'Proves d’un servidor caigut',
    es: 'Pruebas de un servidor caído',
    en: 'Probes of a server that is down',
  },
  requests: {
    ca: 'Peticions per minut: {role}',
    es: 'Peticiones por minuto: {role}',
    en: 'Requests a minute: {role}',
  },
  filter: { ca: 'Cerca una variable', es: 'Buscar una variable', en: 'Find a variable' },
  onlyChanged: {
    ca: 'Només les que s’han posat',
    es: 'Solo las que se han puesto',
    en: 'Only those that are set',
  },
  noMatch: { ca: 'Cap variable coincideix', es: 'Ninguna variable coincide', en: 'No variable matches' },
  name: { ca: 'Variable', es: 'Variable', en: 'Variable' },
  value: { ca: 'Valor', es: 'Valor', en: 'Value' },
  source: { ca: 'D’on ve', es: 'De dónde viene', en: 'Where from' },
  environment: { ca: 'Entorn', es: 'Entorno', en: 'Environment' },
  default: { ca: 'Per defecte', es: 'Por defecto', en: 'Default' },
  secret: { ca: 'Posat; no es mostra', es: 'Puesto; no se muestra', en: 'Set; not shown' },
  unset: { ca: 'Sense valor', es: 'Sin valor', en: 'Not set' },
} as const satisfies Texts;
