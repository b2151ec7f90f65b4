import { describe, expect, it } from 'vitest';
import {
  atInstant,
  capital,
  counted,
  lasting,
  listed,
  nthAttempt,
  quotedText,
  shownDay,
  times,
} from './grammar.ts';

describe('numbers', () => {
  it.each([
    [0, '0 enviaments', '0 envíos', '0 deliveries'],
    [1, '1 enviament', '1 envío', '1 delivery'],
    [2, '2 enviaments', '2 envíos', '2 deliveries'],
    [1_234, '1234 enviaments', '1234 envíos', '1,234 deliveries'],
    [10_000, '10.000 enviaments', '10.000 envíos', '10,000 deliveries'],
    [1_000_000, '1.000.000 enviaments', '1.000.000 envíos', '1,000,000 deliveries'],
  ])('%d things', (count, ca, es, en) => {
    expect([
      counted(count, 'delivery', 'ca'),
      counted(count, 'delivery', 'es'),
      counted(count, 'delivery', 'en'),
    ]).toEqual([ca, es, en]);
  });

  it.each([
    [1, 'una vegada', 'una vez', 'once'],
    [2, 'dues vegades', 'dos veces', 'twice'],
    [8, '8 vegades', '8 veces', '8 times'],
  ])('%d times', (count, ca, es, en) => {
    expect([times(count, 'ca'), times(count, 'es'), times(count, 'en')]).toEqual([ca, es, en]);
  });

  it.each([
    [1, 'primer intent', 'primer intento', 'first attempt'],
    [3, 'tercer intent', 'tercer intento', 'third attempt'],
    [7, 'setè intent', 'séptimo intento', 'seventh attempt'],
    [11, 'intent 11', 'intento 11', 'attempt 11'],
  ])('the attempt %d', (number, ca, es, en) => {
    expect([nthAttempt(number, 'ca'), nthAttempt(number, 'es'), nthAttempt(number, 'en')]).toEqual([
      ca,
      es,
      en,
    ]);
  });
});

it.each([
  [0, '0\u00A0ms', '0\u00A0ms', '0\u00A0ms'],
  [1, '1\u00A0ms', '1\u00A0ms', '1\u00A0ms'],
  [999, '999\u00A0ms', '999\u00A0ms', '999\u00A0ms'],
  [1_000, '1 segon', '1 segundo', '1 second'],
  [40_000, '40 segons', '40 segundos', '40 seconds'],
  [59_900, '1 minut', '1 minuto', '1 minute'],
  [65_000, '1 minut i 5 segons', '1 minuto y 5 segundos', '1 minute and 5 seconds'],
  [3_600_000, '1 hora', '1 hora', '1 hour'],
  [7_500_000, '2 hores i 5 minuts', '2 horas y 5 minutos', '2 hours and 5 minutes'],
  [90_000_000, '1 dia i 1 hora', '1 día y 1 hora', '1 day and 1 hour'],
])('%d ms last', (ms, ca, es, en) => {
  expect([lasting(ms, 'ca'), lasting(ms, 'es'), lasting(ms, 'en')]).toEqual([ca, es, en]);
});

describe('lists', () => {
  it.each([
    [[], ''],
    [['a'], 'a'],
    [['a', 'b', 'c'], 'a, b y c'],
    [['padre', 'hijo'], 'padre e hijo'],
    [['agua', 'hielo'], 'agua y hielo'],
  ])('%j', (items, text) => {
    expect(listed(items, 'es')).toBe(text);
  });
});

it('says when in Europe/Madrid', () => {
  const at = Date.parse('2026-11-24T09:15:30Z');
  expect([atInstant(at, 'ca'), atInstant(at, 'es'), atInstant(at, 'en')]).toEqual([
    'el 24/11/2026 a les 10:15',
    'el 24/11/2026 a las 10:15',
    'on 2026-11-24 at 10:15',
  ]);
  expect(shownDay('2026-11-24', 'ca')).toBe('24/11/2026');
});

it('keeps a text from outside on one bounded line', () => {
  expect(quotedText(' a\n\tb ')).toBe('a b');
  expect(quotedText('x'.repeat(500))).toHaveLength(200);
  expect(capital('és')).toBe('És');
});
