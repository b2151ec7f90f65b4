import type { Language } from '../i18n/language.ts';
import { sayIn, type Texts } from '../i18n/texts.ts';

/** Problems in words, by their codes; the others say `other`, their code and the service’s own sentence. */
const problemTexts = {
  unauthenticated: {
    ca: 'La clau no és vàlida.',
    es: 'La clave no es válida.',
    en: 'The key is not valid.',
  },
  'session-ended': {
    ca: 'La sessió s’ha acabat.',
    es: 'La sesión ha terminado.',
    en: 'The session has ended.',
  },
  'sign-in-link-ended': {
    ca: 'L’enllaç ja s’ha fet servir o ha caducat.',
    es: 'El enlace ya se ha usado o ha caducado.',
    en: 'The link was used already, or has expired.',
  },
  'sign-in-failed': {
    ca: 'No s’ha pogut entrar amb el proveïdor d’identitat. Torneu-ho a provar.',
    es: 'No se ha podido entrar con el proveedor de identidad. Vuelva a intentarlo.',
    en: 'Signing in by the identity provider failed. Try again.',
  },
  'no-role': {
    ca: 'El proveïdor d’identitat no us dona cap rol en aquest servei. Demaneu-lo a qui el porta.',
    es: 'El proveedor de identidad no le da ningún rol en este servicio. Pídalo a quien lo lleva.',
    en: 'The identity provider gives you no role in this service. Ask whoever runs it.',
  },
  'second-factor-required': {
    ca: 'Cal entrar pel proveïdor d’identitat, amb un segon factor.',
    es: 'Hay que entrar por el proveedor de identidad, con un segundo factor.',
    en: 'Sign in by the identity provider, with a second factor.',
  },
  'identity-provider-away': {
    ca: 'El proveïdor d’identitat no respon ara. Torneu-ho a provar, o entreu amb una clau.',
    es: 'El proveedor de identidad no responde ahora. Vuelva a intentarlo, o entre con una clave.',
    en: 'The identity provider does not answer now. Try again, or sign in with a key.',
  },
  'sign-in-again': {
    ca: 'Per fer això cal tornar a entrar.',
    es: 'Para hacer esto hay que volver a entrar.',
    en: 'This takes signing in again.',
  },
  'other-holder': {
    ca: 'No és de qui té aquesta sessió, i no s’ha fet res. Per continuar com a un altre, sortiu primer.',
    es: 'No es de quien tiene esta sesión, y no se ha hecho nada. Para seguir como otro, salga primero.',
    en: 'That is not whose session this is, and nothing was done. To go on as another, sign out first.',
  },
  'too-many-failures': {
    ca: 'Massa intents amb claus no vàlides: espereu un minut.',
    es: 'Demasiados intentos con claves no válidas: espere un minuto.',
    en: 'Too many tries with keys that are not valid: wait a minute.',
  },
  forbidden: {
    ca: 'El vostre rol no permet això.',
    es: 'Su rol no permite esto.',
    en: 'Your role does not allow this.',
  },
  'not-found': { ca: 'No s’ha trobat.', es: 'No se ha encontrado.', en: 'Not found.' },
  unavailable: {
    ca: 'La base de dades no respon ara.',
    es: 'La base de datos no responde ahora.',
    en: 'The database does not answer now.',
  },
  unreachable: {
    ca: 'El servei no respon.',
    es: 'El servicio no responde.',
    en: 'The service does not answer.',
  },
  'page-not-loaded': {
    ca: 'Aquesta pàgina no s’ha pogut carregar.',
    es: 'Esta página no se ha podido cargar.',
    en: 'This page could not be loaded.',
  },
  'console-failed': {
    ca: 'Aquesta pàgina ha fallat.',
    es: 'Esta página ha fallado.',
    en: 'This page has failed.',
  },
  other: {
    ca: 'El servei ho ha rebutjat.',
    es: 'El servicio lo ha rechazado.',
    en: 'The service refused it.',
  },
} as const satisfies Texts;

/** A problem in one sentence. */
export function sayProblem(language: Language, code: string): string {
  const texts: Texts = problemTexts;
  return sayIn(language, texts[code] ?? problemTexts.other);
}
