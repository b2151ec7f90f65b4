import type { Texts } from '../i18n/texts.ts';

/** Whether a page follows what happens. */
export const liveTexts = {
  open: { ca: 'En directe', es: 'En directo', en: 'Live' },
  opening: { ca: 'S’està connectant…', es: 'Conectando…', en: 'Connecting…' },
  lost: {
    ca: 'Connexió perduda: s’està reconnectant…',
    es: 'Conexión perdida: reconectando…',
    en: 'Connection lost: reconnecting…',
  },
  held: { ca: 'Aturat', es: 'Detenido', en: 'Held' },
  hold: { ca: 'Atura’l', es: 'Detener', en: 'Hold' },
  follow: { ca: 'Segueix en directe', es: 'Seguir en directo', en: 'Go on live' },
} as const satisfies Texts;
