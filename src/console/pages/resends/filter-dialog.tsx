import { useMutation, useQuery } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import { useLocation } from 'wouter-preact';
import { api } from '../../api/client.ts';
import { answerOf } from '../../api/problem.ts';
import { Button } from '../../components/button.tsx';
import { Confirm, Dialog } from '../../components/dialog.tsx';
import { TextField } from '../../components/field.tsx';
import { ErrorState, Skeleton } from '../../components/states.tsx';
import { useTexts } from '../../i18n/texts.ts';
import { resendPath } from '../../links.ts';
import { resendTexts } from '../../texts/resends.ts';
import { useChips } from '../lists/chips.ts';
import type { Filters } from '../lists/filters.ts';
import { jobFilterOf } from './job-filter.ts';
import type { JobFilter } from './model.ts';
import { SkippedList } from './skipped-list.tsx';

/** What the service makes in a minute unless it is told otherwise, and the most it can be told. */
const DEFAULT_PACE = 1_000;
const MAX_PACE = 10_000;

interface FilterDialogProps {
  readonly filters: Filters;
  readonly onClose: () => void;
}

/** Asks before all that a filter matches is sent again: what it is, how many, and how fast. */
export function ResendFilterDialog({ filters, onClose }: FilterDialogProps) {
  const t = useTexts(resendTexts);
  const wanted = jobFilterOf(filters);
  if ('filter' in wanted) return <Ask filters={filters} filter={wanted.filter} onClose={onClose} />;
  return (
    <Dialog title={t('filterTitle')} onClose={onClose}>
      <p>{t(wanted.refusal)}</p>
      <div class="dialog-actions">
        <Button kind="primary" onClick={onClose}>
          {t('close')}
        </Button>
      </div>
    </Dialog>
  );
}

function Ask({ filters, filter, onClose }: FilterDialogProps & { readonly filter: JobFilter }) {
  const t = useTexts(resendTexts);
  const [, navigate] = useLocation();
  const chips = useChips(filters);
  const [pace, setPace] = useState(String(DEFAULT_PACE));
  const [reason, setReason] = useState('');
  const number = /^\d{1,5}$/.test(pace.trim()) ? Number(pace) : 0;
  const isPace = number >= 1 && number <= MAX_PACE;
  const preview = useQuery({
    queryKey: ['resend-preview', filter],
    queryFn: async () => {
      const answer = await answerOf(api.POST('/v1/resends', { body: { filter, dryRun: true } }));
      return 'resendable' in answer ? answer : null;
    },
    staleTime: 0,
    gcTime: 0,
  });
  const count = preview.data?.resendable ?? 0;
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      const text = reason.trim();
      const body = { filter, pace: number, ...(text === '' ? {} : { reason: text }) };
      return answerOf(api.POST('/v1/resends', { body }));
    },
    onSuccess: (job) => {
      onClose();
      if ('id' in job) navigate(resendPath(job.id));
    },
  });
  return (
    <Confirm
      title={t('filterTitle')}
      deed={t('filterDeed', { count })}
      isBusy={isPending || count === 0 || !isPace}
      onConfirm={mutate}
      onClose={onClose}
    >
      <ul class="chips">
        {chips.map(({ text }) => (
          <li key={text} class="chip chip-still">
            {text}
          </li>
        ))}
      </ul>
      <div role="status">
        {preview.isPending && (
          <>
            <p class="visually-hidden">{t('counting')}</p>
            <Skeleton lines={2} />
          </>
        )}
        {preview.data && (
          <p>
            <strong>{t('preview', { total: preview.data.total, resendable: count })}</strong>
          </p>
        )}
      </div>
      {preview.data && <SkippedList skipped={preview.data.skipped} />}
      {preview.error !== null && <ErrorState error={preview.error} />}
      {count > 0 && (
        <>
          <TextField
            label={t('pace')}
            help={isPace ? t('paceHelp', { minutes: Math.floor(count / number) }) : undefined}
            error={isPace ? undefined : t('paceWrong')}
            value={pace}
            onInput={setPace}
          />
          <TextField label={t('reason')} value={reason} onInput={setReason} />
          <p class="soft">{t('filterWhat')}</p>
        </>
      )}
      {error !== null && <ErrorState error={error} />}
    </Confirm>
  );
}
