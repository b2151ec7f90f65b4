import { queries } from '../../api/query.ts';
import { changedPaths } from './changes.ts';
import type { EntityKey, ReadEntity } from './calls.ts';
import { draftOf, type Draft } from './draft.ts';

/** Changes that are not saved, and the configuration that they were begun on. */
interface KeptDraft {
  readonly began: ReadEntity;
  readonly draft: Draft;
}

/**
 * Drafts lie in the cache of what is read: in this tab’s memory alone, since they may hold secrets, and gone with the
 * session as everything there.
 */
const KEY = 'draft';

queries.setQueryDefaults([KEY], { gcTime: Number.POSITIVE_INFINITY });

function keyOf({ organisation, department }: EntityKey): readonly string[] {
  return [KEY, organisation, department];
}

/** The changes of an entity that were left unsaved in this tab; null: none. */
export function keptDraft(entity: EntityKey): KeptDraft | null {
  return queries.getQueryData<KeptDraft>(keyOf(entity)) ?? null;
}

/** Keeps what is written, wherever its writer goes; what equals its beginning is no change, and is not kept. */
export function keepDraft(began: ReadEntity, draft: Draft): void {
  const queryKey = keyOf(began.entity);
  if (changedPaths(draftOf(began.entity), draft).length === 0) queries.removeQueries({ queryKey });
  else queries.setQueryData<KeptDraft>(queryKey, { began, draft });
  if (isAnyKept()) addEventListener('beforeunload', askBefore);
  else removeEventListener('beforeunload', askBefore);
}

function isAnyKept(): boolean {
  return queries.getQueryCache().findAll({ queryKey: [KEY] }).length > 0;
}

/** The browser asks before the tab is closed, which is what ends drafts. */
function askBefore(event: BeforeUnloadEvent): void {
  if (isAnyKept()) event.preventDefault();
}
