import { formatInstant } from '../../i18n/format.ts';
import type { Language } from '../../i18n/language.ts';
import { sayIn, type Text } from '../../i18n/texts.ts';
import { kindTexts, stateTexts, statusTexts } from '../../texts/deliveries.ts';
import { resendTexts } from '../../texts/resends.ts';

const WORDS = new Map<string, Text>(Object.entries({ ...statusTexts, ...stateTexts, ...kindTexts }));

/** What a job’s filter asked for, in words; the trail keeps it as it was given. */
export function sayFilter(language: Language, filter: unknown): string {
  if (typeof filter !== 'object' || filter === null) return '';
  const members = new Map<string, unknown>(Object.entries(filter));
  const word = (name: string): string | null => {
    const value = members.get(name);
    if (typeof value !== 'string') return null;
    const text = WORDS.get(value);
    return text === undefined ? value : sayIn(language, text);
  };
  const instant = (name: 'from' | 'to'): string | null => {
    const value = members.get(name);
    if (typeof value !== 'string') return null;
    return `${sayIn(language, resendTexts[name])} ${formatInstant(language, Date.parse(value))}`;
  };
  const codes = [word('organisation'), word('department')].filter((each) => each !== null).join('/');
  return [codes, word('status'), word('state'), word('kind'), instant('from'), instant('to')]
    .filter((each) => each !== null && each !== '')
    .join(' · ');
}
