import { expect, it } from 'vitest';
import { ofName } from './names.ts';

it.each([
  ['Ajuntament Inventat', 'de l’Ajuntament Inventat', 'del Ajuntament Inventat'],
  ['Institut d’Invents', 'de l’Institut d’Invents', 'del Institut d’Invents'],
  ['Hospital Inventat', 'de l’Hospital Inventat', 'del Hospital Inventat'],
  ['Consell Comarcal Inventat', 'del Consell Comarcal Inventat', 'del Consell Comarcal Inventat'],
  ['Diputació Inventada', 'de la Diputació Inventada', 'de la Diputació Inventada'],
  ['Agència Inventada', 'de l’Agència Inventada', 'de la Agència Inventada'],
  ['Universitat Inventada', 'de la Universitat Inventada', 'de la Universitat Inventada'],
  ['Inventada, SL', 'de l’entitat «Inventada, SL»', 'de la entidad «Inventada, SL»'],
  ['El Poble', 'de l’entitat «El Poble»', 'de la entidad «El Poble»'],
  ['Ajuntament\nen dues línies', 'de l’Ajuntament en dues línies', 'del Ajuntament en dues línies'],
])('%s is spoken of as %s and %s', (name, catalan, spanish) => {
  expect([ofName(name, 'ca'), ofName(name, 'es')]).toEqual([catalan, spanish]);
});

it('has no article in English', () => {
  expect(ofName('Ajuntament Inventat', 'en')).toBe('of Ajuntament Inventat');
});
