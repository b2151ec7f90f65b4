import type { Language } from '../../domain/language.ts';

/** What `check` says besides its cases, in one language. */
export interface CheckTexts {
  readonly checking: (url: string) => string;
  readonly passed: (counts: { passed: number; all: number }) => string;
  readonly failed: (counts: { passed: number; failed: number; skipped: number }) => string;
  /** Why cases were skipped. */
  readonly skipped: string;
  readonly sent: string;
  readonly answered: string;
  readonly noAnswer: string;
  readonly showMessages: string;
}

const CATALAN: CheckTexts = {
  checking: (url) => `S’envien informes inventats a ${url} i se’n jutgen les respostes.`,
  passed: ({ passed, all }) => `${passed} de ${all} casos superats: el servei web està a punt.`,
  failed: ({ passed, failed, skipped }) =>
    `${passed} casos superats, ${failed} de fallits${skipped === 0 ? '' : `, ${skipped} sense fer`}.`,
  skipped: 'La resta no s’ha enviat: primer cal resoldre això.',
  sent: 'enviat',
  answered: 'respost',
  noAnswer: 'no ha arribat cap resposta',
  showMessages: '--messages mostra què s’ha enviat i què s’ha respost en cada cas fallit.',
};

const SPANISH: CheckTexts = {
  checking: (url) => `Se envían informes inventados a ${url} y se juzgan sus respuestas.`,
  passed: ({ passed, all }) => `${passed} de ${all} casos superados: el servicio web está a punto.`,
  failed: ({ passed, failed, skipped }) =>
    `${passed} casos superados, ${failed} fallidos${skipped === 0 ? '' : `, ${skipped} sin hacer`}.`,
  skipped: 'El resto no se ha enviado: primero hay que resolver esto.',
  sent: 'enviado',
  answered: 'respondido',
  noAnswer: 'no ha llegado ninguna respuesta',
  showMessages: '--messages muestra qué se ha enviado y qué se ha respondido en cada caso fallido.',
};

const ENGLISH: CheckTexts = {
  checking: (url) => `Sending invented reports to ${url} and judging the answers.`,
  passed: ({ passed, all }) => `${passed} of ${all} cases passed: the web service is ready.`,
  failed: ({ passed, failed, skipped }) =>
    `${passed} cases passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} were not made`}.`,
  skipped: 'The others were not sent: mend this first.',
  sent: 'sent',
  answered: 'answered',
  noAnswer: 'no answer came',
  showMessages: '--messages shows what was sent and answered in each case that failed.',
};

/** The texts of each language, Catalan first. */
export const CHECK_TEXTS: Readonly<Record<Language, CheckTexts>> = {
  ca: CATALAN,
  es: SPANISH,
  en: ENGLISH,
};
