import { keep, readKept } from '../kept.ts';
import { createValue } from '../value.ts';

/** The console's languages, Catalan first; the same as the service's. */
export const LANGUAGES = ['ca', 'es', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Their names, each in itself. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  ca: 'Català',
  es: 'Español',
  en: 'English',
};

const current = createValue<Language>(
  LANGUAGES.find((language) => language === readKept('language')) ?? 'ca',
);

/** The language that the console speaks now. */
export const useLanguage = (): Language => current.use();

/** Has the console speak another language, and keeps that. */
export function chooseLanguage(language: Language): void {
  keep('language', language);
  sayLanguage(language);
  current.set(language);
}

/** Says the language to browsers and screen readers. */
export function applyLanguage(): void {
  sayLanguage(current.get());
}

function sayLanguage(language: Language): void {
  document.documentElement.lang = language;
}
