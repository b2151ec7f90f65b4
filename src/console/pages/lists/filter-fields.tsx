import { useState } from 'preact/hooks';
import { Button } from '../../components/button.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { useLanguage } from '../../i18n/language.ts';
import { sayIn, useTexts, type Text } from '../../i18n/texts.ts';
import { kindTexts, outcomeTexts, stateTexts, statusTexts } from '../../texts/deliveries.ts';
import { listsTexts } from '../../texts/lists.ts';
import type { Address } from './address.ts';
import { EntityField } from './entity-field.tsx';
import { isNotification, namesOf, type FilterName, type Filters } from './filters.ts';
import { PeriodFields } from './period-fields.tsx';

const CHOICES = { status: statusTexts, outcome: outcomeTexts, state: stateTexts, kind: kindTexts } as const;

/** Why filters cannot be used now, in words. */
export type Closed = Readonly<Partial<Record<FilterName, string>>>;

interface FilterFieldsProps {
  readonly address: Address;
  readonly filters: Filters;
  readonly names: readonly FilterName[];
  readonly closed: Closed;
}

/** The fields of the filters: a choice is in force at once, what is written when it is sent. */
export function FilterFields({ address, filters, names, closed }: FilterFieldsProps) {
  const t = useTexts(listsTexts);
  const codes = [filters.organisation, filters.department].filter((code) => code !== undefined).join('/');
  const [entity, setEntity] = useState(codes);
  const [notification, setNotification] = useState(filters.notification ?? '');
  const isNumber = notification.trim() === '' || isNotification(notification.trim());
  const apply = (): void => {
    if (!isNumber) return;
    const [organisation = '', department = ''] = entity.trim().split('/', 2);
    address.filter({ organisation, department, notification: notification.trim() });
  };
  return (
    <form
      class="filter-fields"
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      {names.map((name) => {
        if (name === 'entity') {
          return <EntityField key={name} value={entity} onInput={setEntity} />;
        }
        if (name === 'notification') {
          return (
            <TextField
              key={name}
              label={t('notification')}
              error={isNumber ? undefined : t('notNumber')}
              value={notification}
              onInput={setNotification}
            />
          );
        }
        if (name === 'period') return <PeriodFields key={name} address={address} filters={filters} />;
        return (
          <Choice
            key={name}
            label={t(name)}
            closed={closed[name]}
            every={t('every')}
            texts={CHOICES[name]}
            value={filters[name] ?? ''}
            onChange={(value) => address.filter({ [name]: value })}
          />
        );
      })}
      <Button type="submit">{t('apply')}</Button>
    </form>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly closed: string | undefined;
  readonly every: string;
  readonly texts: Readonly<Record<string, Text>>;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Choice({ label, closed, every, texts, value, onChange }: ChoiceProps) {
  const language = useLanguage();
  const options = namesOf(texts).map((name) => ({ value: name, text: textOf(texts, name, language) }));
  return (
    <SelectField
      label={label}
      help={closed}
      isDisabled={closed !== undefined}
      value={value}
      options={[{ value: '', text: every }, ...options]}
      onChange={onChange}
    />
  );
}

function textOf(texts: ChoiceProps['texts'], name: string, language: Parameters<typeof sayIn>[0]): string {
  const text = texts[name];
  return text === undefined ? name : sayIn(language, text);
}
