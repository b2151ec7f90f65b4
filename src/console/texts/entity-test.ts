import type { Phase } from '../pages/entity/use-test.ts';
import type { Text, Texts } from '../i18n/texts.ts';

/** The test of a connection, and the preview of what is sent. */
export const entityTestTexts = {
  title: { ca: 'Prova de connexió', es: 'Prueba de conexión', en: 'Connection test' },
  help: {
    ca: 'Envia ara un avís inventat amb la configuració desada. No toca cap notificació ni gasta cap intent.',
    es: 'Envía ahora un aviso inventado con la configuración guardada. No toca ninguna notificación ni gasta ningún intento.',
    en: 'Sends an invented report now, by the configuration that is saved. No notification is touched, no attempt is spent.',
  },
  which: { ca: 'A quina adreça', es: 'A qué dirección', en: 'To which address' },
  own: { ca: 'La de l’entitat', es: 'La de la entidad', en: 'The entity’s' },
  ofBackOffice: { ca: 'Backoffice {code}', es: 'Back office {code}', en: 'Back office {code}' },
  run: { ca: 'Prova la connexió', es: 'Probar la conexión', en: 'Test the connection' },
  running: { ca: 'S’està provant…', es: 'Probando…', en: 'Testing…' },
  now: { ca: 'ara…', es: 'ahora…', en: 'now…' },
  unneeded: { ca: 'no ha calgut', es: 'no ha hecho falta', en: 'not needed' },
  good: {
    ca: 'El servei web ha rebut l’avís i l’ha confirmat.',
    es: 'El servicio web ha recibido el aviso y lo ha confirmado.',
    en: 'The web service received the report and acknowledged it.',
  },
  messages: {
    ca: 'Què s’ha enviat i rebut',
    es: 'Qué se ha enviado y recibido',
    en: 'What was sent and received',
  },
  preview: { ca: 'Què s’enviaria', es: 'Qué se enviaría', en: 'What would be sent' },
  previewHelp: {
    ca: 'El missatge de l’última notificació, tal com sortiria ara; els secrets no s’hi veuen.',
    es: 'El mensaje de la última notificación, tal como saldría ahora; los secretos no se ven.',
    en: 'The last notification’s message as it would go out now; secrets are masked.',
  },
  previewOf: {
    ca: 'Notificació {notification}',
    es: 'Notificación {notification}',
    en: 'Notification {notification}',
  },
  noNotification: {
    ca: 'Encara no hi ha cap notificació d’aquesta entitat',
    es: 'Todavía no hay ninguna notificación de esta entidad',
    en: 'This entity has no notification yet',
  },
  notValid: {
    ca: 'Un servei web que llegeixi segons el contracte no podria llegir aquest missatge.',
    es: 'Un servicio web que lea según el contrato no podría leer este mensaje.',
    en: 'A web service that reads by the contract could not read this message.',
  },
} as const satisfies Texts;

/** The phases of an attempt, in words. */
export const phaseTexts: Readonly<Record<Phase, Text>> = {
  dns: { ca: 'Resolució del nom', es: 'Resolución del nombre', en: 'Name resolution' },
  connect: { ca: 'Connexió', es: 'Conexión', en: 'Connection' },
  tls: { ca: 'Xifratge (TLS)', es: 'Cifrado (TLS)', en: 'Encryption (TLS)' },
  firstByte: { ca: 'Resposta', es: 'Respuesta', en: 'Answer' },
  whole: { ca: 'Total', es: 'Total', en: 'Whole' },
};
