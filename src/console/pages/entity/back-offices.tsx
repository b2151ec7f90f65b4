import { useState } from 'preact/hooks';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { TextField } from '../../components/field.tsx';
import { EmptyState } from '../../components/states.tsx';
import { Table } from '../../components/table.tsx';
import { useTexts } from '../../i18n/texts.ts';
import { entityTexts } from '../../texts/entity.ts';
import type { ReadEntity } from './calls.ts';
import { draftOf, NEW_ENDPOINT } from './draft.ts';
import { EndpointForm } from './endpoint-form.tsx';
import { useRights } from './rights.ts';
import { SaveBar } from './save-bar.tsx';
import { useDraft, type Editing } from './use-draft.ts';

/** The endpoints of single back offices, each in the place of the entity's. */
export function BackOffices({ read }: { readonly read: ReadEntity }) {
  const t = useTexts(entityTexts);
  const rights = useRights();
  const editing = useDraft(read, rights.endpoints);
  const [open, setOpen] = useState<string | null>(null);
  const { draft, change, check, problem } = editing;
  const codes = Object.keys(draft.backOffices);
  const value = open === null ? undefined : draft.backOffices[open];
  return (
    <div class="form">
      <p class="soft">{t('backOfficesHelp')}</p>
      {codes.length === 0 ? (
        <EmptyState title={t('noBackOffice')} />
      ) : (
        <Table
          caption={t('backOffices')}
          items={codes}
          keyOf={(code) => code}
          columns={[
            { title: t('backOffice'), cell: (code) => <code>{code}</code> },
            {
              title: t('memberUrl'),
              cell: (code) => {
                const url = draft.backOffices[code]?.url ?? '';
                return url === '' ? <Badge tone="bad">{t('noUrl')}</Badge> : <code>{url}</code>;
              },
            },
            {
              title: t('deeds'),
              cell: (code) => (
                <span class="row">
                  <Button isSmall onClick={() => setOpen(open === code ? null : code)}>
                    {open === code ? t('close') : rights.endpoints ? t('change') : t('see')}
                    <span class="visually-hidden"> {code}</span>
                  </Button>
                  {rights.endpoints && (
                    <Button isSmall kind="danger" onClick={() => change(without(editing, code))}>
                      {t('removeBackOffice')}
                      <span class="visually-hidden"> {code}</span>
                    </Button>
                  )}
                </span>
              ),
            },
          ]}
        />
      )}
      {open !== null && value !== undefined && (
        <fieldset
          key={open}
          class="form"
          disabled={!rights.endpoints}
          aria-label={t('memberBackOffice', { code: open })}
        >
          <h2>{t('memberBackOffice', { code: open })}</h2>
          <EndpointForm
            path={`backOffices.${open}.endpoint`}
            backOffice={open}
            value={value}
            stored={draftOf(read.entity).backOffices[open] ?? null}
            view={(check ?? read).entity.backOffices[open]?.endpoint ?? null}
            check={check}
            problem={problem}
            onChange={(next) => change({ ...draft, backOffices: { ...draft.backOffices, [open]: next } })}
          />
        </fieldset>
      )}
      {rights.endpoints && (
        <NewBackOffice
          codes={codes}
          onAdd={(code) => {
            change({ ...draft, backOffices: { ...draft.backOffices, [code]: NEW_ENDPOINT } });
            setOpen(code);
          }}
        />
      )}
      <SaveBar editing={editing} />
    </div>
  );
}

/** The draft without a back office: nothing is taken away before it is saved. */
function without({ draft }: Editing, code: string): Editing['draft'] {
  const { [code]: _gone, ...backOffices } = draft.backOffices;
  return { ...draft, backOffices };
}

/** Asks for the code of one more. */
function NewBackOffice({
  codes,
  onAdd,
}: {
  readonly codes: readonly string[];
  readonly onAdd: (code: string) => void;
}) {
  const t = useTexts(entityTexts);
  const [code, setCode] = useState('');
  const [error, setError] = useState<string | undefined>(undefined);
  return (
    <Card title={t('addBackOffice')}>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const wanted = code.trim();
          if (wanted === '') setError(t('codeNeeded'));
          else if (codes.includes(wanted)) setError(t('codeTaken'));
          else {
            setError(undefined);
            setCode('');
            onAdd(wanted);
          }
        }}
      >
        <TextField
          label={t('backOfficeCode')}
          help={t('backOfficeCodeHelp')}
          error={error}
          value={code}
          onInput={setCode}
        />
        <div>
          <Button type="submit">{t('add')}</Button>
        </div>
      </form>
    </Card>
  );
}
