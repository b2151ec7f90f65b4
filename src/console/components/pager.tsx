import { useState } from 'preact/hooks';
import { useTexts } from '../i18n/texts.ts';
import { commonTexts } from '../texts/common.ts';
import { Button } from './button.tsx';

/** The way through a list by cursors: `after` goes into the query. */
export interface Pages {
  readonly after: string | undefined;
  readonly hasPrevious: boolean;
  readonly next: (cursor: string) => void;
  readonly previous: () => void;
  /** Back to the first page: what is filtered by has changed. */
  readonly reset: () => void;
}

/** Keeps the cursors of the pages gone through: the API knows the way forward alone. */
export function usePages(): Pages {
  const [cursors, setCursors] = useState<readonly string[]>([]);
  return {
    after: cursors.at(-1),
    hasPrevious: cursors.length > 0,
    next: (cursor) => setCursors([...cursors, cursor]),
    previous: () => setCursors(cursors.slice(0, -1)),
    reset: () => setCursors([]),
  };
}

/** @param next the cursor that the page’s answer gave; null at the end */
export function Pager({ pages, next }: { readonly pages: Pages; readonly next: string | null }) {
  const t = useTexts(commonTexts);
  if (!pages.hasPrevious && next === null) return null;
  return (
    <nav class="pager" aria-label={t('pages')}>
      {pages.hasPrevious ? <Button onClick={pages.previous}>{t('previous')}</Button> : <span />}
      {next !== null && <Button onClick={() => pages.next(next)}>{t('next')}</Button>}
    </nav>
  );
}
