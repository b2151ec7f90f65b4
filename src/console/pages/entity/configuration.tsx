import { Card } from '../../components/card.tsx';
import { TextField } from '../../components/field.tsx';
import { CheckField } from '../../components/fields.tsx';
import { useTexts } from '../../i18n/texts.ts';
import { entityTexts } from '../../texts/entity.ts';
import type { ReadEntity } from './calls.ts';
import { DeleteEntity } from './delete-entity.tsx';
import type { Draft } from './draft.ts';
import { draftOf } from './draft.ts';
import { EndpointForm } from './endpoint-form.tsx';
import { useRights } from './rights.ts';
import { SaveBar } from './save-bar.tsx';
import { useDraft } from './use-draft.ts';

/** An entity's configuration as a form. */
export function Configuration({ read }: { readonly read: ReadEntity }) {
  const t = useTexts(entityTexts);
  const rights = useRights();
  const editing = useDraft(read, rights.endpoints);
  const { draft, change, check, problem } = editing;
  return (
    <form class="form" noValidate onSubmit={(event) => event.preventDefault()}>
      {!rights.endpoints && <p class="soft">{t('readOnly')}</p>}
      {rights.endpoints && !rights.all && <p class="soft">{t('ownOnly')}</p>}
      <fieldset class="form" disabled={!rights.all}>
        <NamesCard draft={draft} onChange={change} />
        <SentCard draft={draft} onChange={change} />
      </fieldset>
      <fieldset class="form" disabled={!rights.endpoints}>
        <EndpointForm
          path="endpoint"
          backOffice={null}
          value={draft.endpoint}
          stored={draftOf(read.entity).endpoint}
          view={(check ?? read).entity.endpoint}
          check={check}
          problem={problem}
          onChange={(endpoint) => change({ ...draft, endpoint })}
        />
      </fieldset>
      <SaveBar editing={editing} />
      {rights.all && <DeleteEntity entity={read.entity} />}
    </form>
  );
}

interface PartProps {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
}

function NamesCard({ draft, onChange }: PartProps) {
  const t = useTexts(entityTexts);
  return (
    <Card title={t('names')}>
      <p class="soft">{t('namesHelp')}</p>
      <div class="form-row">
        <TextField
          label={t('organisationName')}
          value={draft.organisationName}
          error={draft.organisationName.trim() === '' ? t('nameNeeded') : undefined}
          onInput={(organisationName) => onChange({ ...draft, organisationName })}
        />
        <TextField
          label={t('departmentName')}
          value={draft.departmentName}
          error={draft.departmentName.trim() === '' ? t('nameNeeded') : undefined}
          onInput={(departmentName) => onChange({ ...draft, departmentName })}
        />
      </div>
    </Card>
  );
}

/** What is told, and when. */
export function SentCard({ draft, onChange }: PartProps) {
  const t = useTexts(entityTexts);
  return (
    <Card title={t('sent')}>
      <div class="stack">
        <CheckField
          label={t('online')}
          help={t('onlineHelp')}
          isChecked={draft.online}
          onChange={(online) => onChange({ ...draft, online })}
        />
        <CheckField
          label={t('daily')}
          help={t('dailyHelp')}
          isChecked={draft.daily}
          onChange={(daily) => onChange({ ...draft, daily })}
        />
        <CheckField
          label={t('sendCancelled')}
          help={t('sendCancelledHelp')}
          isChecked={draft.sendCancelled}
          onChange={(sendCancelled) => onChange({ ...draft, sendCancelled })}
        />
        {!draft.online && !draft.daily && <p class="alert alert-wait">{t('nothingSent')}</p>}
      </div>
    </Card>
  );
}
