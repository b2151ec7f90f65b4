import { useSyncExternalStore } from 'preact/compat';
import { keep, readKept } from '../kept.ts';

/** The console's languages, Catalan first; the same as the service's. */
export const LANGUAGES = ['ca', 'es', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Their names, each in itself. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  ca: 'Català',
  es: 'Español',
  en: 'English',
};

const listeners = new Set<() => void>();
let current: Language = LANGUAGES.find((language) => language === readKept('language')) ?? 'ca';

/** The language that the console speaks now. */
export function useLanguage(): Language {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}

/** Has the console speak another language, and keeps that. */
export function chooseLanguage(language: Language): void {
  current = language;
  keep('language', language);
  applyLanguage();
  for (const listener of listeners) listener();
}

/** Says the language to browsers and screen readers. */
export function applyLanguage(): void {
  document.documentElement.lang = current;
}
