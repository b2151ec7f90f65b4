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
  entering: { ca: 'S’està entrant…', es: 'Entrando…', en: 'Signing in…' },
} as const satisfies Texts;
