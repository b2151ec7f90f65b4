import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { problemOf } from '../api/problem.ts';
import { TextField } from '../components/field.tsx';
import { useLanguage } from '../i18n/language.ts';
import { useTexts } from '../i18n/texts.ts';
import { sayProblem } from '../texts/problems.ts';
import { sessionTexts } from '../texts/session.ts';

interface KeyFormProps {
  /** Goes in by the key. What it throws is said, and the key can be mended. */
  readonly enter: (key: string) => Promise<void>;
  /** The code of the problem that was met last; null: none. */
  readonly problem: string | null;
  readonly onProblem: (code: string) => void;
  /** Its buttons; the one that submits is busy while it goes in. */
  readonly buttons: (isBusy: boolean) => ComponentChildren;
}

/** Asks for an API key: signing in, and doing so again. */
export function KeyForm({ enter, problem, onProblem, buttons }: KeyFormProps) {
  const t = useTexts(sessionTexts);
  const language = useLanguage();
  const [key, setKey] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const focus = (): void => form.current?.querySelector('input')?.focus();
  useEffect(focus, []);

  const submit = async (): Promise<void> => {
    if (key.trim() === '') {
      onProblem('key-needed');
      return;
    }
    setIsBusy(true);
    try {
      await enter(key.trim());
    } catch (error) {
      onProblem(problemOf(error).code);
      setIsBusy(false);
      focus();
    }
  };

  const said = problem === 'key-needed' ? t('keyNeeded') : problem && sayProblem(language, problem);
  return (
    <form
      ref={form}
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) void submit();
      }}
    >
      <TextField
        label={t('key')}
        help={t('keyHelp')}
        error={said ?? undefined}
        type="password"
        value={key}
        onInput={setKey}
      />
      {buttons(isBusy)}
    </form>
  );
}
