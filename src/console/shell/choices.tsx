import { useState } from 'preact/hooks';
import { chooseLanguage, LANGUAGE_NAMES, LANGUAGES, useLanguage } from '../i18n/language.ts';
import { useTexts } from '../i18n/texts.ts';
import { shellTexts } from '../texts/shell.ts';
import { chooseTheme, readTheme, THEMES } from './theme.ts';

/** The choice of language and theme, kept in this browser. */
export function Choices() {
  const t = useTexts(shellTexts);
  const language = useLanguage();
  const [theme, setTheme] = useState(readTheme);
  return (
    <div class="header-choices">
      <select
        class="input"
        aria-label={t('language')}
        value={language}
        onChange={({ currentTarget: { value } }) => {
          const chosen = LANGUAGES.find((each) => each === value);
          if (chosen !== undefined) chooseLanguage(chosen);
        }}
      >
        {LANGUAGES.map((each) => (
          <option key={each} value={each} lang={each}>
            {LANGUAGE_NAMES[each]}
          </option>
        ))}
      </select>
      <select
        class="input"
        aria-label={t('theme')}
        value={theme}
        onChange={({ currentTarget: { value } }) => {
          const chosen = THEMES.find((each) => each === value);
          if (chosen === undefined) return;
          chooseTheme(chosen);
          setTheme(chosen);
        }}
      >
        {THEMES.map((each) => (
          <option key={each} value={each}>
            {t(each)}
          </option>
        ))}
      </select>
    </div>
  );
}
