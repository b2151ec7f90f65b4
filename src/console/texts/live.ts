import type { Texts } from '../i18n/texts.ts';

/** Whether a page follows what happens. */
export const liveTexts = {
  open: { ca: 'En directe', es: 'En directo', en: 'Live' },
  opening: { ca: 'S’està connectant…', es: 'Conectando…', en: 'Connecting…' },
  lost: {
    ca: 'Sense directe: es torna a connectar…',
    es: 'Sin directo: se vuelve a conectar…',
    en: 'Not live: connecting again…',
  },
  held: { ca: 'Aturat', es: 'Detenido', en: 'Held' },
  hold: { ca: 'Atura’l', es: 'Detener', en: 'Hold' },
  follow: { ca: 'Segueix en directe', es: 'Seguir en directo', en: 'Go on live' },
} as const satisfies Texts;
