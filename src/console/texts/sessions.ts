import type { Text, Texts } from '../i18n/texts.ts';
import type { OpenSession } from '../pages/sessions/calls.ts';

/** The sessions of the console that have not ended. */
export const sessionsTexts = {
  title: { ca: 'Sessions', es: 'Sesiones', en: 'Sessions' },
  own: { ca: 'Les meves sessions', es: 'Mis sesiones', en: 'My sessions' },
  ownHelp: {
    ca: 'On teniu la consola oberta ara. Si alguna no és vostra, tanqueu-la.',
    es: 'Dónde tiene la consola abierta ahora. Si alguna no es suya, ciérrela.',
    en: 'Where you have the console open now. End any that is not yours.',
  },
  allHelp: {
    ca: 'Qui té la consola oberta ara. Una sessió s’acaba sola quan no hi ha ningú, i com a molt a l’hora que diu la llista.',
    es: 'Quién tiene la consola abierta ahora. Una sesión termina sola cuando no hay nadie, y como máximo a la hora que dice la lista.',
    en: 'Who has the console open now. A session ends by itself when nobody is at it, and at the latest when the list says.',
  },
  none: {
    ca: 'No hi ha cap sessió oberta',
    es: 'No hay ninguna sesión abierta',
    en: 'No session is open',
  },
  who: { ca: 'Qui', es: 'Quién', en: 'Who' },
  role: { ca: 'Rol', es: 'Rol', en: 'Role' },
  way: { ca: 'Com ha entrat', es: 'Cómo ha entrado', en: 'Signed in' },
  begun: { ca: 'Oberta', es: 'Abierta', en: 'Since' },
  lastUsed: { ca: 'Últim ús', es: 'Último uso', en: 'Last used' },
  ends: { ca: 'S’acaba com a molt', es: 'Termina como máximo', en: 'Ends at the latest' },
  deeds: { ca: 'Accions', es: 'Acciones', en: 'Deeds' },
  current: { ca: 'Aquesta sessió', es: 'Esta sesión', en: 'This session' },
  end: { ca: 'Tanca la sessió', es: 'Cerrar la sesión', en: 'End the session' },
  endAll: { ca: 'Tanca les sessions', es: 'Cerrar las sesiones', en: 'End the sessions' },
  endTitle: {
    ca: 'Tancar la sessió de {name}',
    es: 'Cerrar la sesión de {name}',
    en: 'End the session of {name}',
  },
  endOwnTitle: {
    ca: 'Tancar aquesta altra sessió vostra',
    es: 'Cerrar esta otra sesión suya',
    en: 'End this other session of yours',
  },
  endWhat: {
    ca: 'S’acaba ara mateix: qui la fa servir no podrà veure ni fer res més sense tornar a entrar, i perdrà el que no hagi desat.',
    es: 'Termina ahora mismo: quien la usa no podrá ver ni hacer nada más sin volver a entrar, y perderá lo que no haya guardado.',
    en: 'It ends at once: whoever uses it can see and do nothing more without signing in again, and loses what is not saved.',
  },
  all: {
    ca: 'Totes les sessions de {name}',
    es: 'Todas las sesiones de {name}',
    en: 'Every session of {name}',
  },
  allOf: {
    ca: 'Per a qui deixa la feina, o ha perdut un ordinador.',
    es: 'Para quien deja el trabajo, o ha perdido un ordenador.',
    en: 'For who leaves, or has lost a computer.',
  },
  isEnded: {
    ca: '{count, plural, one {Sessió tancada: {name}} other {# sessions tancades: {name}}}',
    es: '{count, plural, one {Sesión cerrada: {name}} other {# sesiones cerradas: {name}}}',
    en: '{count, plural, one {Session ended: {name}} other {# sessions ended: {name}}}',
  },
} as const satisfies Texts;

type OfWays = Readonly<Record<OpenSession['by'], Text>>;

/** How somebody came into the console. */
export const wayTexts: OfWays = {
  key: { ca: 'Amb una clau', es: 'Con una clave', en: 'By a key' },
  link: { ca: 'Amb un enllaç', es: 'Con un enlace', en: 'By a link' },
  provider: {
    ca: 'Amb el proveïdor d’identitat',
    es: 'Con el proveedor de identidad',
    en: 'By the provider of identity',
  },
};

const keyWorksOn: Text = {
  ca: 'La clau continua valent: perquè no pugui tornar a entrar, revoqueu-la, i s’acabaran totes les seves sessions.',
  es: 'La clave sigue valiendo: para que no pueda volver a entrar, revóquela, y terminarán todas sus sesiones.',
  en: 'The key works on: so that nobody signs in with it again, revoke it, which ends all of its sessions.',
};

/** What keeps somebody whose session was ended from coming back. */
export const againTexts: OfWays = {
  key: keyWorksOn,
  link: keyWorksOn,
  provider: {
    ca: 'Pot tornar a entrar mentre el proveïdor d’identitat li doni accés: perquè no pugui, traieu-l’hi allà primer.',
    es: 'Puede volver a entrar mientras el proveedor de identidad le dé acceso: para que no pueda, quíteselo allí primero.',
    en: 'They can sign in again while the provider of identity gives them access: so that they cannot, end it there first.',
  },
};

const askForAKey: Text = {
  ca: 'Si no la reconeixeu, algú altre té la clau: demaneu a un administrador que la revoqui.',
  es: 'Si no la reconoce, otra persona tiene la clave: pida a un administrador que la revoque.',
  en: 'If you do not know it, somebody else has the key: ask an administrator to revoke it.',
};

/** What to do about a session of one's own that one did not begin. */
export const ownTexts: OfWays = {
  key: askForAKey,
  link: askForAKey,
  provider: {
    ca: 'Si no la reconeixeu, canvieu la contrasenya al proveïdor d’identitat.',
    es: 'Si no la reconoce, cambie la contraseña en el proveedor de identidad.',
    en: 'If you do not know it, change your password at the provider of identity.',
  },
};
