import type { ComponentChildren } from 'preact';
import { problemOf } from '../api/problem.ts';
import { useTexts } from '../i18n/texts.ts';
import { commonTexts } from '../texts/common.ts';
import { sayProblem } from '../texts/problems.ts';
import { useLanguage } from '../i18n/language.ts';
import { Button } from './button.tsx';

/** Where there is nothing: says why, and what can be done. */
export function EmptyState({
  title,
  children,
}: {
  readonly title: string;
  readonly children?: ComponentChildren;
}) {
  return (
    <div class="notice">
      <h2>{title}</h2>
      {children}
    </div>
  );
}

/** Of what trying again would change nothing of: what to do instead. */
const FINAL: ReadonlyMap<string, keyof typeof commonTexts> = new Map([
  ['not-found', 'notFoundHelp'],
  ['forbidden', 'forbiddenHelp'],
]);

/** Where something failed: a sentence, the problem’s code, and a way on. */
export function ErrorState({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const t = useTexts(commonTexts);
  const language = useLanguage();
  const problem = problemOf(error);
  const help = FINAL.get(problem.code);
  return (
    <div class={help === undefined ? 'notice notice-bad' : 'notice'} role="alert">
      <h2>{sayProblem(language, problem.code)}</h2>
      {help !== undefined && <p>{t(help)}</p>}
      {help === undefined && problem.message !== '' && <p lang="en">{problem.message}</p>}
      <p class="soft">
        {t('code')}: <code>{problem.code}</code>
      </p>
      {onRetry !== undefined && help === undefined && <Button onClick={onRetry}>{t('retry')}</Button>}
    </div>
  );
}

/** What stands where something will be, while it is read. */
export function Skeleton({ lines = 5 }: { readonly lines?: number }) {
  const t = useTexts(commonTexts);
  return (
    <div class="skeleton" role="status" aria-label={t('loading')}>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} />
      ))}
    </div>
  );
}
