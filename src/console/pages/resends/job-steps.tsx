import { useMutation } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import { api } from '../../api/client.ts';
import { answerOf, problemOf } from '../../api/problem.ts';
import { queries } from '../../api/query.ts';
import { Button } from '../../components/button.tsx';
import { Confirm } from '../../components/dialog.tsx';
import { ErrorState } from '../../components/states.tsx';
import { toast } from '../../components/toast.tsx';
import { useLanguage } from '../../i18n/language.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useSession } from '../../session/context.ts';
import { sayProblem } from '../../texts/problems.ts';
import { resendTexts } from '../../texts/resends.ts';
import { doneOf, type Job } from './model.ts';

type Step = 'pause' | 'resume' | 'cancel';

const PATHS = {
  pause: '/v1/resends/{id}/pause',
  resume: '/v1/resends/{id}/resume',
  cancel: '/v1/resends/{id}/cancel',
} as const;

const DONE = { pause: 'pausedNow', resume: 'resumedNow', cancel: 'cancelledNow' } as const;

/** What a job that has not ended can be told. */
export function JobSteps({ job }: { readonly job: Job }) {
  const t = useTexts(resendTexts);
  const language = useLanguage();
  const { role } = useSession();
  const [isAsking, setIsAsking] = useState(false);
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: async (step: Step) =>
      answerOf(api.POST(PATHS[step], { params: { path: { id: job.id } }, body: null })),
    onSuccess: (changed, step) => {
      queries.setQueryData(['resend', job.id], changed);
      setIsAsking(false);
      toast(t(DONE[step]), step === 'pause' ? () => mutate('resume') : null);
    },
    onError: (failure, step) => {
      if (step !== 'cancel') toast(sayProblem(language, problemOf(failure).code));
    },
  });
  const isOver = job.status === 'done' || job.status === 'cancelled';
  if (isOver || (role !== 'admin' && role !== 'operator')) return null;
  const step = job.status === 'paused' ? 'resume' : 'pause';
  return (
    <>
      <Button isBusy={isPending} onClick={() => mutate(step)}>
        {t(step)}
      </Button>
      <Button kind="danger" onClick={() => setIsAsking(true)}>
        {t('cancel')}
      </Button>
      {isAsking && (
        <Confirm
          title={t('cancelTitle')}
          deed={t('cancelDeed')}
          keep={t('keep')}
          isDangerous
          isBusy={isPending}
          onConfirm={() => mutate('cancel')}
          onClose={() => {
            reset();
            setIsAsking(false);
          }}
        >
          <p>{t('cancelWhat', { count: job.total - doneOf(job) })}</p>
          {error !== null && <ErrorState error={error} />}
        </Confirm>
      )}
    </>
  );
}
