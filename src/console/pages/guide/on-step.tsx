import { useLocation } from 'wouter-preact';
import { Button } from '../../components/button.tsx';
import { ErrorState } from '../../components/states.tsx';
import { toast } from '../../components/toast.tsx';
import { useTexts } from '../../i18n/texts.ts';
import { guideTexts } from '../../texts/guide.ts';
import { entityPath, type ReadEntity } from '../entity/calls.ts';
import { SentCard } from '../entity/configuration.tsx';
import { useDraft } from '../entity/use-draft.ts';

/** What is sent from now on. */
export function OnStep({ read }: { readonly read: ReadEntity }) {
  const t = useTexts(guideTexts);
  const [, navigate] = useLocation();
  const editing = useDraft(read, true);
  const finish = async (): Promise<void> => {
    if (editing.isChanged && !(await editing.save())) return;
    toast(t('done'));
    navigate(entityPath(read.entity));
  };
  return (
    <form
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!editing.isBusy) void finish();
      }}
    >
      <p class="soft">{t('onHelp')}</p>
      <SentCard draft={editing.draft} onChange={editing.change} />
      {editing.problem !== null && <ErrorState error={editing.problem} />}
      <div>
        <Button type="submit" kind="primary" isBusy={editing.isBusy}>
          {t('finish')}
        </Button>
      </div>
    </form>
  );
}
