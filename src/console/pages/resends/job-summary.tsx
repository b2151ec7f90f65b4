import type { ComponentChildren } from 'preact';
import { Count } from '../../components/number.tsx';
import { Time } from '../../components/time.tsx';
import { formatNumber } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { useTexts } from '../../i18n/texts.ts';
import { resendTexts } from '../../texts/resends.ts';
import { JobBadge, Progress, useJobFilter } from './job-words.tsx';
import { doneOf, leftOf, type Job } from './model.ts';
import { SkippedList } from './skipped-list.tsx';

/** What a job does, how far it is, and what it leaves out. */
export function JobSummary({ job }: { readonly job: Job }) {
  const t = useTexts(resendTexts);
  const language = useLanguage();
  const sayFilter = useJobFilter([job]);
  const { status, filter, pace, reason, total, resent, skipped, createdBy, createdAt, finishedAt } = job;
  return (
    <section class="card">
      <div class="row">
        <h2>{sayFilter(filter)}</h2>
        <JobBadge status={status} />
      </div>
      {reason !== null && <p>{reason}</p>}
      <Progress done={doneOf(job)} total={total} />
      {job.waiting && status === 'running' && <p class="alert alert-info">{t('waiting')}</p>}
      <dl class="brief-facts">
        <Fact title={t('resent')}>
          <Count value={resent} />
        </Fact>
        <Fact title={t('skipped')}>
          <Count value={leftOf(skipped)} />
        </Fact>
        <Fact title={t(status === 'cancelled' ? 'leftOver' : 'pending')}>
          <Count value={total - doneOf(job)} />
        </Fact>
        <Fact title={t('pace')}>{t('perMinute', { pace: formatNumber(language, pace) })}</Fact>
        <Fact title={t('by')}>{createdBy.name}</Fact>
        <Fact title={t('created')}>
          <Time at={createdAt} />
        </Fact>
        {finishedAt !== null && (
          <Fact title={t('finished')}>
            <Time at={finishedAt} />
          </Fact>
        )}
      </dl>
      <SkippedList skipped={skipped} />
    </section>
  );
}

function Fact({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}
