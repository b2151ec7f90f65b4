import type { Texts } from '../i18n/texts.ts';

/** What went out, over time. */
export const activityTexts = {
  title: { ca: 'Intents', es: 'Intentos', en: 'Attempts' },
  span: { ca: 'Període', es: 'Período', en: 'Period' },
  hour: { ca: 'Hora', es: 'Hora', en: 'Hour' },
  day: { ca: 'Dia', es: 'Día', en: 'Day' },
  week: { ca: 'Setmana', es: 'Semana', en: 'Week' },
  good: { ca: 'Confirmats', es: 'Confirmados', en: 'Acknowledged' },
  bad: { ca: 'Fallits', es: 'Fallidos', en: 'Failed' },
  wait: { ca: 'Aturats aquí', es: 'Detenidos aquí', en: 'Held here' },
  exhausted: { ca: 'Esgotats', es: 'Agotados', en: 'Exhausted' },
  rate: {
    ca: '{rate} intents per minut de mitjana',
    es: '{rate} intentos por minuto de media',
    en: '{rate} attempts a minute on average',
  },
  summary: {
    ca: 'Intents en aquest període: {good} confirmats, {bad} fallits, {wait} aturats en aquest servei.',
    es: 'Intentos en este período: {good} confirmados, {bad} fallidos, {wait} detenidos en este servicio.',
    en: 'Attempts in this period: {good} acknowledged, {bad} failed, {wait} held in this service.',
  },
  table: { ca: 'Mostra els números', es: 'Mostrar los números', en: 'Show the numbers' },
  when: { ca: 'Quan', es: 'Cuándo', en: 'When' },
} as const satisfies Texts;
