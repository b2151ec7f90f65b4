import { shownInMadrid } from '../domain/instant.ts';
import type { Language } from '../domain/language.ts';

/** What is counted in sentences. */
export type Counted = 'delivery' | 'attempt' | 'endpoint' | 'notification' | 'report' | 'milliseconds';

type Forms = readonly [one: string, many: string];

/** A number and the sign of its unit stay on one line. */
const NO_BREAK = '\u00A0';

const NOUNS: Readonly<Record<Language, Readonly<Record<Counted, Forms>>>> = {
  ca: {
    delivery: ['1 enviament', 'enviaments'],
    attempt: ['1 intent', 'intents'],
    endpoint: ['1 punt de recepció', 'punts de recepció'],
    notification: ['1 notificació', 'notificacions'],
    report: ['1 avís', 'avisos'],
    milliseconds: [`1${NO_BREAK}ms`, 'ms'],
  },
  es: {
    delivery: ['1 envío', 'envíos'],
    attempt: ['1 intento', 'intentos'],
    endpoint: ['1 punto de recepción', 'puntos de recepción'],
    notification: ['1 notificación', 'notificaciones'],
    report: ['1 aviso', 'avisos'],
    milliseconds: [`1${NO_BREAK}ms`, 'ms'],
  },
  en: {
    delivery: ['1 delivery', 'deliveries'],
    attempt: ['1 attempt', 'attempts'],
    endpoint: ['1 endpoint', 'endpoints'],
    notification: ['1 notification', 'notifications'],
    report: ['1 callback', 'callbacks'],
    milliseconds: [`1${NO_BREAK}ms`, 'ms'],
  },
};

/** A number of things: “1 enviament”, “12 enviaments”. Thousands are divided as the language does. */
export function counted(count: number, noun: Counted, language: Language): string {
  const [one, many] = NOUNS[language][noun];
  const space = noun === 'milliseconds' ? NO_BREAK : ' ';
  return count === 1 ? one : shownNumber(count, language) + space + many;
}

/** A number with its thousands divided: from 10,000 on in Catalan and Spanish, as their norms have it. */
function shownNumber(count: number, language: Language): string {
  const text = String(Math.round(count));
  const from = language === 'en' ? 4 : 5;
  if (text.length < from) return text;
  return text.replaceAll(/\B(?=(\d{3})+$)/g, language === 'en' ? ',' : '.');
}

const TIMES: Readonly<Record<Language, readonly string[]>> = {
  ca: [
    'una vegada',
    'dues vegades',
    'tres vegades',
    'quatre vegades',
    'cinc vegades',
    'sis vegades',
    'set vegades',
  ],
  es: ['una vez', 'dos veces', 'tres veces', 'cuatro veces', 'cinco veces', 'seis veces', 'siete veces'],
  en: ['once', 'twice', 'three times', 'four times', 'five times', 'six times', 'seven times'],
};
const MANY_TIMES: Readonly<Record<Language, string>> = { ca: 'vegades', es: 'veces', en: 'times' };

/** How often: “dues vegades”. */
export function times(count: number, language: Language): string {
  return TIMES[language][count - 1] ?? `${count} ${MANY_TIMES[language]}`;
}

const ORDINALS: Readonly<Record<Language, readonly string[]>> = {
  ca: ['primer', 'segon', 'tercer', 'quart', 'cinquè', 'sisè', 'setè', 'vuitè', 'novè', 'desè'],
  es: ['primer', 'segundo', 'tercer', 'cuarto', 'quinto', 'sexto', 'séptimo', 'octavo', 'noveno', 'décimo'],
  en: ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'],
};
const ATTEMPT: Readonly<Record<Language, string>> = { ca: 'intent', es: 'intento', en: 'attempt' };

/** “tercer intent”; from the eleventh on “intent 11”. */
export function nthAttempt(number: number, language: Language): string {
  const ordinal = ORDINALS[language][number - 1];
  return ordinal === undefined ? `${ATTEMPT[language]} ${number}` : `${ordinal} ${ATTEMPT[language]}`;
}

const AND: Readonly<Record<Language, string>> = { ca: ' i ', es: ' y ', en: ' and ' };

/** “a, b i c”. Spanish writes e before the sound of i. */
export function listed(items: readonly string[], language: Language): string {
  const last = items.at(-1);
  if (last === undefined) return '';
  if (items.length === 1) return last;
  const and = language === 'es' && /^h?i(?!e)/i.test(last) ? ' e ' : AND[language];
  return items.slice(0, -1).join(', ') + and + last;
}

const UNITS: readonly [ms: number, forms: Readonly<Record<Language, Forms>>][] = [
  [86_400_000, { ca: ['1 dia', 'dies'], es: ['1 día', 'días'], en: ['1 day', 'days'] }],
  [3_600_000, { ca: ['1 hora', 'hores'], es: ['1 hora', 'horas'], en: ['1 hour', 'hours'] }],
  [60_000, { ca: ['1 minut', 'minuts'], es: ['1 minuto', 'minutos'], en: ['1 minute', 'minutes'] }],
  [1_000, { ca: ['1 segon', 'segons'], es: ['1 segundo', 'segundos'], en: ['1 second', 'seconds'] }],
];

/** How long, in one unit or two: “2 hores i 5 minuts”, “40 segons”, “120 ms”. */
export function lasting(ms: number, language: Language): string {
  if (ms < 1_000) return counted(Math.max(0, Math.round(ms)), 'milliseconds', language);
  // Rounded to the second of the two units, so that 59.9 s is a minute.
  const fine = UNITS.find(([size]) => size <= ms / 60)?.[0] ?? 1_000;
  let rest = Math.round(ms / fine) * fine;
  const parts: string[] = [];
  for (const [size, forms] of UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0 && parts.length < 2) {
      parts.push(count === 1 ? forms[language][0] : `${count} ${forms[language][1]}`);
    }
  }
  return listed(parts, language);
}

/** When, in Europe/Madrid, to the minute: “el 24/11/2026 a les 10:15”. */
export function atInstant(ms: number, language: Language): string {
  const [date = '', time = ''] = shownInMadrid(ms).split(' ');
  const clock = time.slice(0, 5);
  switch (language) {
    case 'ca':
      return `el ${shownDay(date, language)} a les ${clock}`;
    case 'es':
      return `el ${shownDay(date, language)} a las ${clock}`;
    case 'en':
      return `on ${date} at ${clock}`;
  }
}

/** A day, of `YYYY-MM-DD`: “24/11/2026”. */
export function shownDay(day: string, language: Language): string {
  return language === 'en' ? day : day.split('-').toReversed().join('/');
}

/** With its first letter in upper case. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A text from outside within a sentence: one line, of bounded length. */
export function quotedText(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim();
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}
