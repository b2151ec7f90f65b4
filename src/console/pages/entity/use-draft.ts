import { useEffect, useMemo, useState } from 'preact/hooks';
import { api } from '../../api/client.ts';
import { answerOf, problemOf, type ApiProblem } from '../../api/problem.ts';
import { bodyOf, checkedBodyOf, draftOf, type Draft } from './draft.ts';
import { changedPaths, mergeDrafts } from './changes.ts';
import { keepDraft, keptDraft } from './kept-drafts.ts';
import { keepEntity, putEntity, readEntity, type Check, type ReadEntity } from './calls.ts';

/** How long nobody writes before the service is asked what it makes of a draft, in milliseconds. */
const CHECK_AFTER_MS = 400;

/** What somebody else has done meanwhile. */
export interface Conflict {
  readonly theirs: ReadEntity;
  /** The members that they changed, and of these the ones that were changed here too. */
  readonly changed: readonly string[];
  readonly both: readonly string[];
}

/** A configuration being changed. */
export interface Editing {
  readonly draft: Draft;
  readonly isChanged: boolean;
  readonly isBusy: boolean;
  readonly change: (next: Draft) => void;
  /** What the service makes of the draft; null where it was not asked, or refused. */
  readonly check: Check | null;
  /** Why the service refuses it, or did not save it. */
  readonly problem: ApiProblem | null;
  readonly conflict: Conflict | null;
  readonly save: () => Promise<boolean>;
  readonly reset: () => void;
  /** Goes on with what others have made; one's own changes put onto it, or given up. */
  readonly resolve: (keepMine: boolean) => void;
}

/**
 * Holds the changes of a configuration until they are saved, and has the service check them before. Whoever leaves the
 * form, by whatever way, finds them there again: each form of an entity goes on with the same ones.
 */
export function useDraft(read: ReadEntity, canEdit: boolean): Editing {
  const [kept] = useState(() => keptDraft(read.entity));
  const [began, setBegan] = useState(kept?.began ?? read);
  const base = useMemo(() => draftOf(began.entity), [began]);
  const [draft, setDraft] = useState(kept?.draft ?? base);
  const [check, setCheck] = useState<Check | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const isChanged = changedPaths(base, draft).length > 0;

  const change = (from: ReadEntity, next: Draft): void => {
    setBegan(from);
    setDraft(next);
    keepDraft(from, next);
  };
  const restart = (from: ReadEntity, next: Draft): void => {
    change(from, next);
    setCheck(null);
    setProblem(null);
    setConflict(null);
  };
  // What is read anew in the background is shown at once where nothing was written.
  useEffect(() => {
    if (!isChanged && read.etag !== began.etag) restart(read, draftOf(read.entity));
  }, [read, began, isChanged]);
  useEffect(() => {
    if (!canEdit || !isChanged) return undefined;
    const asked = { isOld: false };
    const ask = async (): Promise<void> => {
      const path = { organisation: read.entity.organisation, department: read.entity.department };
      try {
        const answer = await answerOf(
          api.POST('/v1/entities/{organisation}/{department}/check', {
            params: { path },
            body: checkedBodyOf(draft),
          }),
        );
        if (asked.isOld) return;
        setCheck(answer);
        setProblem(null);
      } catch (error) {
        if (asked.isOld) return;
        setCheck(null);
        setProblem(problemOf(error));
      }
    };
    const timer = setTimeout(() => void ask(), CHECK_AFTER_MS);
    return () => {
      asked.isOld = true;
      clearTimeout(timer);
    };
  }, [draft, canEdit, isChanged]);

  const save = async (): Promise<boolean> => {
    setIsBusy(true);
    try {
      const saved = await putEntity(began.entity, bodyOf(draft), began.etag);
      restart(saved, draftOf(saved.entity));
      return true;
    } catch (error) {
      const failure = problemOf(error);
      setProblem(failure);
      if (failure.code === 'precondition-failed') await meet();
      return false;
    } finally {
      setIsBusy(false);
    }
  };
  const meet = async (): Promise<void> => {
    const theirs = await readEntity(began.entity);
    const changed = changedPaths(base, draftOf(theirs.entity));
    const mine = new Set(changedPaths(base, draft));
    setConflict({ theirs, changed, both: changed.filter((path) => mine.has(path)) });
  };
  return {
    draft,
    isChanged,
    isBusy,
    change: (next) => change(began, next),
    check: isChanged ? check : null,
    problem: conflict === null ? problem : null,
    conflict,
    save,
    reset: () => restart(read, draftOf(read.entity)),
    resolve(keepMine) {
      if (conflict === null) return;
      const theirs = draftOf(conflict.theirs.entity);
      keepEntity(conflict.theirs);
      restart(conflict.theirs, keepMine ? mergeDrafts(base, draft, theirs) : theirs);
    },
  };
}
