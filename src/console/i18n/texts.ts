import { IntlMessageFormat } from 'intl-messageformat';
import { useCallback } from 'preact/hooks';
import { useLanguage, type Language } from './language.ts';

/** A text in every language, in ICU's message syntax: a language that lacks does not compile. */
export type Text = Readonly<Record<Language, string>>;

/** The texts of an area; see src/console/texts. */
export type Texts = Readonly<Record<string, Text>>;

type Values = Readonly<Record<string, string | number>>;

/** Says texts of one area: `t('count', { count: 3 })`. */
export type Say<Area extends Texts> = (name: keyof Area & string, values?: Values) => string;

const formats = new Map<string, IntlMessageFormat>();

/** A text in a language, with its values put in and its plurals chosen. */
export function sayIn(language: Language, text: Text, values?: Values): string {
  const message = text[language];
  if (values === undefined && !message.includes('{') && !message.includes("'")) return message;
  const name = `${language} ${message}`;
  const format =
    formats.get(name) ?? new IntlMessageFormat(message, language, undefined, { ignoreTag: true });
  formats.set(name, format);
  return String(format.format({ ...values }));
}

/** The texts of an area, in the language of now. */
export function useTexts<const Area extends Texts>(area: Area): Say<Area> {
  const language = useLanguage();
  return useCallback(
    (name, values) => {
      const text = area[name];
      if (text === undefined) throw new Error(`no text is named ${name}`);
      return sayIn(language, text, values);
    },
    [area, language],
  );
}
