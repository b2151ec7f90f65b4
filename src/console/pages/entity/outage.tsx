import { useId, useMemo, useState } from 'preact/hooks';
import { Badge, type Tone } from '../../components/badge.tsx';
import { Card } from '../../components/card.tsx';
import { SelectField } from '../../components/field.tsx';
import { Table } from '../../components/table.tsx';
import { Time } from '../../components/time.tsx';
import { formatInstant, formatLength } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { nextFriday } from '../../i18n/madrid-days.ts';
import { useTexts } from '../../i18n/texts.ts';
import { retriesTexts } from '../../texts/retries.ts';
import { Axis } from './axis.tsx';
import { delayMs, forecast, type Attempt } from './schedule.ts';

const HOUR_MS = 3_600_000;
/** When offices close before a weekend. */
const FRIDAY_HOUR = 18;
const BEGINNINGS = ['now', 'friday'] as const;

const TONES: Readonly<Record<Attempt['outcome'], Tone>> = {
  fails: 'bad',
  delivers: 'good',
  unneeded: 'idle',
};

/** What an outage of some hours would do to a delivery. */
export function Outage({ delays }: { readonly delays: readonly string[] }) {
  const t = useTexts(retriesTexts);
  const language = useLanguage();
  const id = useId();
  const [hours, setHours] = useState(8);
  const [beginning, setBeginning] = useState<(typeof BEGINNINGS)[number]>('now');
  const start = useMemo(
    () => (beginning === 'now' ? Date.now() : nextFriday(Date.now(), FRIDAY_HOUR)),
    [beginning],
  );
  const most = Math.ceil(delays.reduce((sum, delay) => sum + delayMs(delay), 0) / HOUR_MS) + 6;
  const length = Math.min(hours, most);
  const shown = forecast(delays, start, length * HOUR_MS);
  const { attempts, deliveredAt, lastAt } = shown;
  const failed = attempts.filter(({ outcome }) => outcome === 'fails').length;
  const what =
    deliveredAt === null
      ? t('exhausted', { at: formatInstant(language, lastAt), attempts: attempts.length })
      : t('delivered', {
          at: formatInstant(language, deliveredAt),
          failed,
          late: formatLength(language, deliveredAt - start),
        });
  return (
    <Card title={t('outageTitle')}>
      <p class="soft">{t('outageHelp')}</p>
      <div class="form-row">
        <div class="field">
          <label for={id}>{t('outageLength', { length: formatLength(language, length * HOUR_MS) })}</label>
          <input
            id={id}
            class="range"
            type="range"
            min={0}
            max={most}
            step={1}
            value={length}
            aria-valuetext={formatLength(language, length * HOUR_MS)}
            onInput={({ currentTarget }) => setHours(Number(currentTarget.value))}
          />
        </div>
        <SelectField
          label={t('begins')}
          value={beginning}
          options={BEGINNINGS.map((value) => ({ value, text: t(value) }))}
          onChange={setBeginning}
        />
      </div>
      <p class={`alert ${deliveredAt === null ? '' : 'alert-good'}`} role="status">
        {what}
      </p>
      <Axis forecast={shown} outageMs={length * HOUR_MS} label={what} outage={t('outage')} />
      <Table
        caption={t('attempts')}
        items={attempts}
        keyOf={({ number }) => String(number)}
        columns={[
          { title: t('attempt'), cell: ({ number }) => number },
          { title: t('at'), cell: ({ at }) => <Time at={new Date(at).toISOString()} /> },
          {
            title: t('after'),
            cell: ({ at }) => (at === start ? t('first') : formatLength(language, at - start)),
          },
          {
            title: t('outcome'),
            cell: ({ outcome }) => <Badge tone={TONES[outcome]}>{t(outcome)}</Badge>,
          },
        ]}
      />
      <p class="field-help">{t('spread')}</p>
    </Card>
  );
}
