import { Link } from 'wouter-preact';
import { Badge, type Tone } from '../../components/badge.tsx';
import { Time } from '../../components/time.tsx';
import { useLanguage } from '../../i18n/language.ts';
import { sayIn, useTexts } from '../../i18n/texts.ts';
import { deliveriesPath, entityPath } from '../../links.ts';
import { causeTexts, nowTexts } from '../../texts/now.ts';
import { Deeds } from './deeds.tsx';
import type { Trouble, TroubleProps } from './model.ts';

const TONES: Readonly<Record<Trouble['cause'], Tone>> = {
  suspended: 'bad',
  failing: 'bad',
  probed: 'wait',
  incomplete: 'wait',
  paused: 'wait',
};

interface TroubleListProps {
  readonly trouble: readonly Trouble[];
  readonly total: number;
  readonly onTest: TroubleProps['onTest'];
}

/** The endpoints in trouble, the worst first. */
export function TroubleList({ trouble, total, onTest }: TroubleListProps) {
  const t = useTexts(nowTexts);
  return (
    <section class="troubles" aria-labelledby="trouble">
      <h2 id="trouble">
        {t('trouble')} <span class="soft">{total}</span>
      </h2>
      <ul>
        {trouble.map((each) => (
          <li key={`${each.organisation}/${each.department}/${each.backOffice ?? ''}`} class="trouble">
            <TroubleLine trouble={each} onTest={onTest} />
          </li>
        ))}
      </ul>
      {total > trouble.length && <p class="soft">{t('more', { count: total - trouble.length })}</p>}
    </section>
  );
}

function TroubleLine({ trouble, onTest }: TroubleProps) {
  const language = useLanguage();
  const t = useTexts(nowTexts);
  const { cause, organisation, department, backOffice } = trouble;
  return (
    <>
      <div class="trouble-head">
        <h3>
          <Link href={entityPath(trouble)}>{trouble.entityName}</Link>
        </h3>
        <code class="soft">{`${organisation}/${department}`}</code>
        {backOffice !== null && <span class="soft">{t('backOffice', { name: backOffice })}</span>}
        <Badge tone={TONES[cause]}>{sayIn(language, causeTexts[cause])}</Badge>
      </div>
      <p>{trouble.sentence}</p>
      {cause !== 'paused' && trouble.paused !== null && (
        <p>
          <Badge tone="wait">{sayIn(language, causeTexts.paused)}</Badge>{' '}
          <Time at={trouble.paused} isRelative />
          {trouble.pauseReason !== null && `: ${trouble.pauseReason}`}
        </p>
      )}
      <Facts trouble={trouble} />
      <Deeds trouble={trouble} onTest={onTest} />
    </>
  );
}

function Facts({ trouble }: { readonly trouble: Trouble }) {
  const t = useTexts(nowTexts);
  const { organisation, department, since, paused, waiting, nextAttemptAt, nextProbeAt, code, httpStatus } =
    trouble;
  const begun = trouble.cause === 'paused' ? paused : since;
  const last = [httpStatus === null ? null : `HTTP ${httpStatus}`, code].filter((each) => each !== null);
  return (
    <dl class="brief-facts">
      <div>
        <dt>{t('waiting')}</dt>
        <dd>
          {waiting === 0 ? (
            t('nothing')
          ) : (
            <Link href={deliveriesPath({ organisation, department })}>
              {t('waitingLink', { count: waiting })}
            </Link>
          )}
        </dd>
      </div>
      {begun !== null && (
        <div>
          <dt>{t('since')}</dt>
          <dd>
            <Time at={begun} isRelative />
          </dd>
        </div>
      )}
      {(nextProbeAt ?? nextAttemptAt) !== null && (
        <div>
          <dt>{t(nextProbeAt === null ? 'next' : 'nextProbe')}</dt>
          <dd>
            <Time at={nextProbeAt ?? nextAttemptAt ?? ''} isRelative isComing />
          </dd>
        </div>
      )}
      {last.length > 0 && (
        <div>
          <dt>{t('http')}</dt>
          <dd>
            <code>{last.join(' · ')}</code>
          </dd>
        </div>
      )}
      {trouble.origin !== null && (
        <div>
          <dt>{t('address')}</dt>
          <dd>
            <code>{trouble.origin}</code>
          </dd>
        </div>
      )}
    </dl>
  );
}
