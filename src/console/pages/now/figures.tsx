import type { ComponentChildren } from 'preact';
import { Link } from 'wouter-preact';
import { Badge } from '../../components/badge.tsx';
import { Count } from '../../components/number.tsx';
import { Time } from '../../components/time.tsx';
import { formatNumber } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { useTexts } from '../../i18n/texts.ts';
import { nowTexts } from '../../texts/now.ts';
import type { Now } from './model.ts';

/** The service counts what waits and what is under way up to here. */
const MOST_COUNTED = 10_000;

/** What waits, the last hour, and what the service stands on. */
export function Figures({ now }: { readonly now: Now }) {
  const t = useTexts(nowTexts);
  const language = useLanguage();
  const { lastHour, oldestWaitingAt, queue, database } = now;
  const counted = (count: number): ComponentChildren =>
    count >= MOST_COUNTED ? (
      t('atLeast', { count: formatNumber(language, MOST_COUNTED) })
    ) : (
      <Count value={count} />
    );
  return (
    <dl class="figures">
      <Figure title={t('waiting')} value={counted(now.waiting)} />
      <Figure title={t('inFlight')} value={counted(now.inFlight)} />
      <Figure
        title={t('oldest')}
        value={oldestWaitingAt === null ? t('nothing') : <Time at={oldestWaitingAt} isRelative />}
      />
      <Figure title={t('lastHour')} value={t('hourAcknowledged', { count: lastHour.acknowledged })}>
        {t('hourFailed', { count: lastHour.failed })}
        {lastHour.exhausted > 0 && (
          <>
            {' · '}
            <Link href="/deliveries?status=exhausted">
              {t('hourExhausted', { count: lastHour.exhausted })}
            </Link>
          </>
        )}
      </Figure>
      <Figure
        title={t('queue')}
        value={
          <Badge tone={queue.state === 'ok' ? 'good' : 'bad'}>
            {t(queue.state === 'ok' ? 'answers' : 'answersNot')}
          </Badge>
        }
      />
      <Figure title={t('database')} value={<Badge tone="good">{t('answers')}</Badge>}>
        {t('inMs', { ms: database.answeredInMs })}
      </Figure>
    </dl>
  );
}

interface FigureProps {
  readonly title: string;
  readonly value: ComponentChildren;
  readonly children?: ComponentChildren;
}

function Figure({ title, value, children }: FigureProps) {
  return (
    <div class="figure">
      <dt>{title}</dt>
      <dd class="figure-value">{value}</dd>
      {children !== undefined && <dd class="figure-more">{children}</dd>}
    </div>
  );
}
