import { useQuery } from '@tanstack/preact-query';
import { useId } from 'preact/hooks';
import { api } from '../../api/client.ts';
import { codesOf, nameOf } from '../../api/entity-names.ts';
import { answerOf } from '../../api/problem.ts';
import { Field } from '../../components/field.tsx';
import { useTexts } from '../../i18n/texts.ts';
import { usePaused } from '../../paused.ts';
import { listsTexts } from '../../texts/lists.ts';

/** Entities that are offered at once. */
const OFFERED = 20;
/** How long nothing is written before entities are looked for, in milliseconds. */
const PAUSE_MS = 200;

interface EntityFieldProps {
  /** The codes as they are written, `organisation/department`. */
  readonly value: string;
  readonly onInput: (value: string) => void;
}

/** Names an entity by its codes, which the service finds by names, codes and addresses while one writes. */
export function EntityField({ value, onInput }: EntityFieldProps) {
  const t = useTexts(listsTexts);
  const id = useId();
  const text = usePaused(value.trim(), PAUSE_MS);
  const { data } = useQuery({
    queryKey: ['entities', 'offered', text],
    queryFn: async () =>
      answerOf(api.GET('/v1/entities', { params: { query: { limit: OFFERED, q: text } } })),
    enabled: text !== '',
    placeholderData: (before) => before,
  });
  return (
    <Field label={t('entity')}>
      {(attributes) => (
        <>
          <input
            {...attributes}
            list={id}
            placeholder={t('entityForm')}
            value={value}
            autocomplete="off"
            spellcheck={false}
            onInput={({ currentTarget }) => onInput(currentTarget.value)}
          />
          <datalist id={id}>
            {data?.items.map((entity) => (
              <option key={codesOf(entity)} value={codesOf(entity)}>
                {nameOf(entity)}
              </option>
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}
