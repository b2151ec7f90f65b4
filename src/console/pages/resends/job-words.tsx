import { codesOf, useEntityNames } from '../../api/entity-names.ts';
import { Badge, type Tone } from '../../components/badge.tsx';
import { formatInstant, formatNumber } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { sayIn, useTexts } from '../../i18n/texts.ts';
import { kindTexts, stateTexts, statusTexts } from '../../texts/deliveries.ts';
import { jobTexts, resendTexts } from '../../texts/resends.ts';
import type { Job } from './model.ts';

const TONES: Readonly<Record<Job['status'], Tone>> = {
  running: 'info',
  paused: 'wait',
  cancelled: 'idle',
  done: 'good',
};

/** Where a job stands. */
export function JobBadge({ status }: Pick<Job, 'status'>) {
  return <Badge tone={TONES[status]}>{sayIn(useLanguage(), jobTexts[status])}</Badge>;
}

/** What the filters of the jobs that are shown say, in words. */
export function useJobFilter(jobs: readonly Job[]): (filter: Job['filter']) => string {
  const t = useTexts(resendTexts);
  const language = useLanguage();
  const names = useEntityNames(jobs.flatMap(({ filter }) => entityOf(filter) ?? []));
  const instant = (at: string): string => formatInstant(language, Date.parse(at));
  return (filter) => {
    const { department, status, state, kind, from, to } = filter;
    const entity = entityOf(filter);
    const codes = entity === null ? department : codesOf(entity);
    const words = [
      codes === null ? null : (names.get(codes) ?? codes),
      status === null ? null : sayIn(language, statusTexts[status]),
      state === null ? null : sayIn(language, stateTexts[state]),
      kind === null ? null : sayIn(language, kindTexts[kind]),
      from === null ? null : `${t('from')} ${instant(from)}`,
      to === null ? null : `${t('to')} ${instant(to)}`,
    ].filter((word) => word !== null);
    return words.join(' · ');
  };
}

/** The entity, or the public body, that a filter names. */
function entityOf({ organisation, department }: Job['filter']) {
  return organisation === null ? null : { organisation, department };
}

/** How far a job is. */
export function Progress({ done, total }: { readonly done: number; readonly total: number }) {
  const t = useTexts(resendTexts);
  const language = useLanguage();
  const number = (value: number): string => formatNumber(language, value);
  return (
    <span class="lines progress">
      <progress value={done} max={Math.max(total, 1)} aria-label={t('progress')} />
      <span class="small">{t('ofTotal', { done: number(done), total: number(total) })}</span>
    </span>
  );
}
