import type { Texts } from '../i18n/texts.ts';

/** Sending at once what waits to be retried. */
export const retryNowTexts = {
  deed: {
    ca: 'Reintenta ara ({number})',
    es: 'Reintentar ahora ({number})',
    en: 'Retry now ({number})',
  },
  afterTest: {
    ca: '{count, plural, one {La prova ha anat bé: envia ara el que espera} other {La prova ha anat bé: envia ara els {number} que esperen}}',
    es: '{count, plural, one {La prueba ha ido bien: enviar ahora el que espera} other {La prueba ha ido bien: enviar ahora los {number} que esperan}}',
    en: '{count, plural, one {The test went well: send the one that waits now} other {The test went well: send the {number} that wait now}}',
  },
  moreThan: { ca: 'més de {number}', es: 'más de {number}', en: 'more than {number}' },
  ofEntity: { ca: '{deed}: {entity}', es: '{deed}: {entity}', en: '{deed}: {entity}' },
  going: {
    ca: '{count, plural, =0 {No hi ha res que pugui sortir ara.} one {Surt ara # enviament.} other {Surten ara # enviaments, en ordre.}}',
    es: '{count, plural, =0 {No hay nada que pueda salir ahora.} one {Sale ahora # envío.} other {Salen ahora # envíos, en orden.}}',
    en: '{count, plural, =0 {Nothing can go out now.} one {# delivery goes out now.} other {# deliveries go out now, in order.}}',
  },
  probed: {
    ca: '{count, plural, =0 {El servidor es prova ara.} one {Es prova ara # enviament.} other {Se’n prova ara un; si el servidor respon, surten tots # en ordre.}}',
    es: '{count, plural, =0 {Se prueba ahora el servidor.} one {Se prueba ahora # envío.} other {Se prueba ahora uno; si el servidor responde, salen los # en orden.}}',
    en: '{count, plural, =0 {The server is tried now.} one {# delivery is tried now.} other {One is tried now; if the server answers, all # go out in order.}}',
  },
  notBefore: {
    ca: '{count, plural, one {# espera fins a l’hora que el servei web ha demanat.} other {# esperen fins a l’hora que el servei web ha demanat.}}',
    es: '{count, plural, one {# espera hasta la hora que el servicio web ha pedido.} other {# esperan hasta la hora que el servicio web ha pedido.}}',
    en: '{count, plural, one {# waits until the time that the web service asked for.} other {# wait until the time that the web service asked for.}}',
  },
} as const satisfies Texts;
