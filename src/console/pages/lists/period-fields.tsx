import { useState } from 'preact/hooks';
import { Field, SelectField } from '../../components/field.tsx';
import { madridInstant, madridLocal } from '../../i18n/madrid.ts';
import { useTexts } from '../../i18n/texts.ts';
import { listsTexts } from '../../texts/lists.ts';
import type { Address } from './address.ts';
import type { Filters } from './filters.ts';

const HOUR_MS = 3_600_000;
const PERIODS = ['any', 'hour', 'today', 'week', 'own'] as const;
type Period = (typeof PERIODS)[number];

interface PeriodFieldsProps {
  readonly address: Address;
  readonly filters: Filters;
}

/** From when until when: what is chosen is written as instants, so that a link shows the same tomorrow. */
export function PeriodFields({ address, filters: { from, to } }: PeriodFieldsProps) {
  const t = useTexts(listsTexts);
  const [isOwn, setIsOwn] = useState(from !== undefined || to !== undefined);
  const choose = (period: Period): void => {
    setIsOwn(period === 'own');
    if (period !== 'own') address.filter({ from: startOf(period), to: null });
  };
  return (
    <>
      <SelectField
        label={t('period')}
        value={isOwn ? 'own' : 'any'}
        options={PERIODS.map((value) => ({ value, text: t(value) }))}
        onChange={choose}
      />
      {isOwn &&
        (['from', 'to'] as const).map((name) => (
          <Field key={name} label={t(name)}>
            {(attributes) => (
              <input
                {...attributes}
                type="datetime-local"
                value={localOf({ from, to }[name])}
                onChange={({ currentTarget }) =>
                  address.filter({ [name]: madridInstant(currentTarget.value) })
                }
              />
            )}
          </Field>
        ))}
    </>
  );
}

function startOf(period: Exclude<Period, 'own'>): string | null {
  const now = Date.now();
  if (period === 'any') return null;
  if (period === 'today') return madridInstant(`${madridLocal(now).slice(0, 10)}T00:00`);
  return new Date(now - (period === 'hour' ? HOUR_MS : 7 * 24 * HOUR_MS)).toISOString();
}

function localOf(instant: string | undefined): string {
  const ms = Date.parse(instant ?? '');
  return Number.isNaN(ms) ? '' : madridLocal(ms);
}
