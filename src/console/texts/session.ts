import type { Texts } from '../i18n/texts.ts';

/** Signing in and out. */
export const sessionTexts = {
  title: { ca: 'Entreu a la consola', es: 'Entrar en la consola', en: 'Sign in to the console' },
  intro: {
    ca: 'Consola dels avisos d’eNOTUM als integradors',
    es: 'Consola de los avisos de eNOTUM a los integradores',
    en: 'The console of eNOTUM’s callbacks to integrators',
  },
  key: { ca: 'Clau d’API', es: 'Clave de API', en: 'API key' },
  keyHelp: {
    ca: 'Comença per enc_ si l’ha feta el servei. No es desa al navegador.',
    es: 'Empieza por enc_ si la ha hecho el servicio. No se guarda en el navegador.',
    en: 'It begins with enc_ where the service made it. The browser does not keep it.',
  },
  keyNeeded: { ca: 'Escriviu la clau.', es: 'Escriba la clave.', en: 'Write the key.' },
  signIn: { ca: 'Entra', es: 'Entrar', en: 'Sign in' },
  byProvider: {
    ca: 'Entra amb la identitat corporativa',
    es: 'Entrar con la identidad corporativa',
    en: 'Sign in with your organisation’s identity',
  },
  or: { ca: 'o amb una clau', es: 'o con una clave', en: 'or with a key' },
  ended: {
    ca: 'La sessió s’ha acabat. Torneu a entrar i continuareu on éreu.',
    es: 'La sesión ha terminado. Vuelva a entrar y seguirá donde estaba.',
    en: 'The session has ended. Sign in again, and go on where you were.',
  },
  againTitle: { ca: 'Torneu a entrar', es: 'Vuelva a entrar', en: 'Sign in again' },
  againWhy: {
    ca: 'Això dona o treu accés: cal que hàgiu demostrat qui sou en els darrers 15 minuts.',
    es: 'Esto da o quita acceso: hace falta que haya demostrado quién es en los últimos 15 minutos.',
    en: 'This gives or takes access: it takes having shown who you are within the last 15 minutes.',
  },
  againKey: {
    ca: 'Escriviu la clau de «{name}», amb què vau entrar; després es farà el que heu demanat.',
    es: 'Escriba la clave de «{name}», con la que entró; después se hará lo que ha pedido.',
    en: 'Write the key “{name}”, which you signed in with; then what you asked for is done.',
  },
  againLink: {
    ca: 'Vau entrar amb un enllaç. Escriviu la clau que el va fer, «{name}»; després es farà el que heu demanat.',
    es: 'Entró con un enlace. Escriba la clave que lo hizo, «{name}»; después se hará lo que ha pedido.',
    en: 'You came by a link. Write the key that made it, “{name}”; then what you asked for is done.',
  },
  againProvider: {
    ca: 'La identitat corporativa us demanarà qui sou, i tornareu a aquesta pàgina. Llavors torneu a demanar-ho.',
    es: 'La identidad corporativa le preguntará quién es, y volverá a esta página. Pídalo entonces otra vez.',
    en: 'Your organisation’s identity asks who you are and leads you back to this page. Then ask for it again.',
  },
  againDo: { ca: 'Entra i continua', es: 'Entrar y continuar', en: 'Sign in and go on' },
  entering: { ca: 'S’està entrant…', es: 'Entrando…', en: 'Signing in…' },
} as const satisfies Texts;
