import { useQuery } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import { api } from '../../api/client.ts';
import { codesOf, useEntityNames } from '../../api/entity-names.ts';
import { answerOf } from '../../api/problem.ts';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { useTexts } from '../../i18n/texts.ts';
import { keysTexts } from '../../texts/keys.ts';
import type { EntityKey } from '../entity/calls.ts';

/** Entities that are offered at once. */
const OFFERED = 8;

interface EntityPickerProps {
  readonly chosen: readonly EntityKey[];
  readonly error: string | undefined;
  readonly onChange: (chosen: readonly EntityKey[]) => void;
}

/** Chooses entities by their names, codes or addresses. */
export function EntityPicker({ chosen, error, onChange }: EntityPickerProps) {
  const t = useTexts(keysTexts);
  const [text, setText] = useState('');
  const { data } = useQuery({
    queryKey: ['entities', 'picker', text.trim()],
    queryFn: async () => {
      const q = text.trim() === '' ? {} : { q: text.trim() };
      return answerOf(api.GET('/v1/entities', { params: { query: { limit: OFFERED, ...q } } }));
    },
    placeholderData: (before) => before,
  });
  const names = useEntityNames(chosen);
  const offered = data?.items.filter((entity) => !chosen.some((each) => isSame(each, entity))) ?? [];
  return (
    <div class="inset">
      <TextField
        label={t('entities')}
        help={t('entitiesHelp')}
        type="search"
        error={error}
        value={text}
        onInput={setText}
      />
      {chosen.length > 0 && (
        <ul class="chips" aria-label={t('chosen')}>
          {chosen.map((entity) => (
            <li key={codesOf(entity)}>
              <Button isSmall onClick={() => onChange(chosen.filter((each) => !isSame(each, entity)))}>
                <span class="visually-hidden">{t('remove')} </span>
                {names.get(codesOf(entity))} <code>{codesOf(entity)}</code> <span aria-hidden="true">×</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
      <ul class="chips" aria-label={t('offered')}>
        {offered.map((entity) => (
          <li key={codesOf(entity)}>
            <Button
              isSmall
              kind="quiet"
              onClick={() =>
                onChange([...chosen, { organisation: entity.organisation, department: entity.department }])
              }
            >
              + {entity.organisationName} · {entity.departmentName} <code>{codesOf(entity)}</code>
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function isSame(a: EntityKey, b: EntityKey): boolean {
  return a.organisation === b.organisation && a.department === b.department;
}
