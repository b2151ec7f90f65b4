import type { Phase } from '../delivery/probe/phases.ts';
import type { Language } from '../domain/language.ts';

/** What `entities test` says, in one language. */
export interface TestTexts {
  readonly testing: (entity: string) => string;
  /** Labels of the phases, each at most 16 characters. */
  readonly phases: Readonly<Record<Phase, string>>;
  readonly request: string;
  readonly answer: string;
  readonly noAnswer: string;
}

const CATALAN: TestTexts = {
  testing: (entity) => `Es prova la connexió de ${entity} amb un informe inventat.`,
  phases: {
    dns: 'nom (DNS)',
    connect: 'connexió (TCP)',
    tls: 'TLS',
    firstByte: 'primer byte',
    whole: 'total',
  },
  request: 'PETICIÓ',
  answer: 'RESPOSTA',
  noAnswer: 'No n’ha arribat cap.',
};

const SPANISH: TestTexts = {
  testing: (entity) => `Se prueba la conexión de ${entity} con un informe inventado.`,
  phases: {
    dns: 'nombre (DNS)',
    connect: 'conexión (TCP)',
    tls: 'TLS',
    firstByte: 'primer byte',
    whole: 'total',
  },
  request: 'PETICIÓN',
  answer: 'RESPUESTA',
  noAnswer: 'No ha llegado ninguna.',
};

const ENGLISH: TestTexts = {
  testing: (entity) => `Testing the connection of ${entity} with an invented report.`,
  phases: {
    dns: 'name (DNS)',
    connect: 'connection (TCP)',
    tls: 'TLS',
    firstByte: 'first byte',
    whole: 'whole',
  },
  request: 'REQUEST',
  answer: 'ANSWER',
  noAnswer: 'None came.',
};

/** The texts of each language, Catalan first. */
export const TEST_TEXTS: Readonly<Record<Language, TestTexts>> = { ca: CATALAN, es: SPANISH, en: ENGLISH };
