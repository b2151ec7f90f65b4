import { useQuery } from '@tanstack/preact-query';
import { api } from '../../api/client.ts';
import { answerOf } from '../../api/problem.ts';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { SelectField } from '../../components/field.tsx';
import { RadioField } from '../../components/fields.tsx';
import { ErrorState, Skeleton } from '../../components/states.tsx';
import { formatLength } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { useTexts } from '../../i18n/texts.ts';
import { retriesTexts } from '../../texts/retries.ts';
import type { ReadEntity } from './calls.ts';
import { Outage } from './outage.tsx';
import { useRights } from './rights.ts';
import { SaveBar } from './save-bar.tsx';
import { delayMs } from './schedule.ts';
import { useDraft } from './use-draft.ts';

/** The most retries that the service's description allows. */
const MAX_RETRIES = 6;
/** The delays that are offered. */
const DELAYS = ['1m', '5m', '10m', '30m', '1h', '2h', '6h', '12h', '24h', '36h', '48h', '3d', '7d'];

/** When what fails is tried again, and what an outage would do. */
export function Retries({ read }: { readonly read: ReadEntity }) {
  const t = useTexts(retriesTexts);
  const rights = useRights();
  const editing = useDraft(read, rights.all);
  const { data, error, refetch } = useQuery({
    queryKey: ['policy'],
    queryFn: async () => answerOf(api.GET('/v1/policy')),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton />;
  const { draft, change } = editing;
  const own = draft.retryDelays;
  return (
    <div class="form">
      <Card title={t('schedule')}>
        <fieldset class="form" disabled={!rights.all} aria-label={t('schedule')}>
          <RadioField
            legend={t('whose')}
            value={own === null ? 'service' : 'own'}
            options={[
              { value: 'service', text: t('ofService'), help: t('ofServiceHelp') },
              { value: 'own', text: t('ofEntity'), help: t('ofEntityHelp') },
            ]}
            onChange={(whose) =>
              change({ ...draft, retryDelays: whose === 'service' ? null : data.retryDelays })
            }
          />
          {own !== null && (
            <Delays delays={own} onChange={(retryDelays) => change({ ...draft, retryDelays })} />
          )}
        </fieldset>
      </Card>
      <Outage delays={own ?? data.retryDelays} />
      <SaveBar editing={editing} />
    </div>
  );
}

function Delays({
  delays,
  onChange,
}: {
  readonly delays: readonly string[];
  readonly onChange: (delays: readonly string[]) => void;
}) {
  const t = useTexts(retriesTexts);
  const language = useLanguage();
  return (
    <div class="inset">
      <div class="form-row">
        {delays.map((delay, index) => (
          <SelectField
            // A delay has no name but its place.
            key={index}
            label={t('afterAttempt', { number: index + 1 })}
            value={delay}
            options={[...new Set([...DELAYS, delay])]
              .sort((a, b) => delayMs(a) - delayMs(b))
              .map((each) => ({ value: each, text: formatLength(language, delayMs(each)) }))}
            onChange={(chosen) => onChange(delays.with(index, chosen))}
          />
        ))}
      </div>
      <div class="row">
        {delays.length < MAX_RETRIES && (
          <Button isSmall onClick={() => onChange([...delays, delays.at(-1) ?? '1h'])}>
            {t('add')}
          </Button>
        )}
        {delays.length > 1 && (
          <Button isSmall onClick={() => onChange(delays.slice(0, -1))}>
            {t('removeLast')}
          </Button>
        )}
      </div>
    </div>
  );
}
