import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { toast } from '../../components/toast.tsx';
import { useLanguage } from '../../i18n/language.ts';
import { useTexts } from '../../i18n/texts.ts';
import { entityTexts } from '../../texts/entity.ts';
import { sayProblem } from '../../texts/problems.ts';
import { saidMember } from './members.ts';
import type { Conflict, Editing } from './use-draft.ts';

/** Saves or gives up what was changed; says why it cannot be saved. */
export function SaveBar({ editing }: { readonly editing: Editing }) {
  const t = useTexts(entityTexts);
  const language = useLanguage();
  const { isChanged, isBusy, problem, conflict, save, reset } = editing;
  const others = problem?.fields.map(({ field }) => field) ?? [];
  const submit = async (): Promise<void> => {
    if (await save()) toast(t('saved'));
  };
  if (!isChanged && problem === null) return null;
  return (
    <>
      {problem !== null && (
        <div class="alert" role="alert">
          <p>{problem.code === 'invalid-request' ? t('cannotSave') : sayProblem(language, problem.code)}</p>
          {others.length > 0 ? (
            <ul>
              {others.map((field) => (
                <li key={field}>{saidMember(t, field)}</li>
              ))}
            </ul>
          ) : (
            <p lang="en">{problem.message}</p>
          )}
        </div>
      )}
      <div class="form-actions">
        <span class="soft">{isChanged ? t('unsaved') : ''}</span>
        <Button onClick={reset}>{t('discard')}</Button>
        <Button kind="primary" isBusy={isBusy || !isChanged} onClick={() => void submit()}>
          {t('save')}
        </Button>
      </div>
      {conflict !== null && <ConflictDialog conflict={conflict} editing={editing} />}
    </>
  );
}

/** Says what somebody else has changed, and how to go on. */
function ConflictDialog({ conflict, editing }: { readonly conflict: Conflict; readonly editing: Editing }) {
  const t = useTexts(entityTexts);
  const { changed, both } = conflict;
  return (
    <Dialog title={t('conflictTitle')} onClose={() => editing.resolve(true)}>
      <p>{t('conflictWhat')}</p>
      <ul class="list">
        {changed.map((path) => (
          <li key={path}>
            {saidMember(t, path)}
            {both.includes(path) && <strong> — {t('conflictBoth')}</strong>}
          </li>
        ))}
        {changed.length === 0 && <li>{t('conflictOther')}</li>}
      </ul>
      <p class="soft">{t('conflictHow')}</p>
      <div class="dialog-actions">
        <Button kind="danger" onClick={() => editing.resolve(false)}>
          {t('takeTheirs')}
        </Button>
        <Button kind="primary" onClick={() => editing.resolve(true)}>
          {t('keepMine')}
        </Button>
      </div>
    </Dialog>
  );
}
