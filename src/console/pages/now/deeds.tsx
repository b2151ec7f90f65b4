import { useMutation } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { api } from '../../api/client.ts';
import { answerOf } from '../../api/problem.ts';
import { queries } from '../../api/query.ts';
import { Button } from '../../components/button.tsx';
import { Confirm } from '../../components/dialog.tsx';
import { TextField } from '../../components/field.tsx';
import { ErrorState } from '../../components/states.tsx';
import { toast } from '../../components/toast.tsx';
import { useTexts } from '../../i18n/texts.ts';
import { deliveriesPath, entityPath } from '../../links.ts';
import { useSession } from '../../session/context.ts';
import { deedTexts, nowTexts } from '../../texts/now.ts';
import { RetryNow } from '../entity/retry-now.tsx';
import type { Trouble, TroubleProps } from './model.ts';

/** Where some deliveries may have spent their attempts already. */
const FAILS: ReadonlySet<Trouble['cause']> = new Set(['failing', 'suspended', 'probed']);

/** What can be done about an endpoint in trouble, by who is signed in. */
export function Deeds({ trouble, onTest }: TroubleProps) {
  const t = useTexts(nowTexts);
  const { role } = useSession();
  const [open, setOpen] = useState<'pause' | 'resume' | null>(null);
  const close = (): void => setOpen(null);
  const { organisation, department } = trouble;
  const maySteer = role === 'admin' || role === 'operator';
  const isHeld = trouble.paused !== null || trouble.suspended !== null;
  const nameOf = (action: string): string => t('actionOf', { action, entity: trouble.entityName });
  return (
    <div class="row">
      <RetryNow
        entity={trouble}
        backOffice={trouble.backOffice}
        count={trouble.retrying}
        name={trouble.entityName}
      />
      {(maySteer || role === 'integrator') && trouble.origin !== null && (
        <Button isSmall label={nameOf(t('test'))} onClick={() => onTest(trouble)}>
          {t('test')}
        </Button>
      )}
      {maySteer && trouble.paused === null && (
        <Button isSmall label={nameOf(t('pause'))} onClick={() => setOpen('pause')}>
          {t('pause')}
        </Button>
      )}
      {maySteer && isHeld && (
        <Button isSmall label={nameOf(t('resume'))} onClick={() => setOpen('resume')}>
          {t('resume')}
        </Button>
      )}
      <Link
        class="button button-small button-quiet"
        href={entityPath(trouble)}
        aria-label={nameOf(t('open'))}
      >
        {t('open')}
      </Link>
      {FAILS.has(trouble.cause) && (
        <Link
          class="button button-small button-quiet"
          href={deliveriesPath({ organisation, department, status: 'exhausted' })}
          aria-label={nameOf(t('spent'))}
        >
          {t('spent')}
        </Link>
      )}
      {open === 'pause' && <PauseDialog trouble={trouble} onClose={close} />}
      {open === 'resume' && <ResumeDialog trouble={trouble} onClose={close} />}
    </div>
  );
}

interface DeedProps {
  readonly trouble: Trouble;
  readonly onClose: () => void;
}

async function pause(path: Trouble, reason: string): Promise<void> {
  const { organisation, department } = path;
  const body = reason.trim() === '' ? {} : { reason: reason.trim() };
  await answerOf(
    api.POST('/v1/entities/{organisation}/{department}/pause', {
      params: { path: { organisation, department } },
      body,
    }),
  );
  await queries.invalidateQueries({ queryKey: ['now'] });
}

async function resume({ organisation, department }: Trouble): Promise<void> {
  await answerOf(
    api.POST('/v1/entities/{organisation}/{department}/resume', {
      params: { path: { organisation, department } },
      body: null,
    }),
  );
  await queries.invalidateQueries({ queryKey: ['now'] });
}

function PauseDialog({ trouble, onClose }: DeedProps) {
  const t = useTexts(deedTexts);
  const say = useTexts(nowTexts);
  const [reason, setReason] = useState('');
  const entity = trouble.entityName;
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => pause(trouble, reason),
    onSuccess: () => {
      onClose();
      toast(t('paused', { entity }), () => void resume(trouble));
    },
  });
  return (
    <Confirm
      title={t('pauseTitle')}
      deed={say('pause')}
      isBusy={isPending}
      onConfirm={mutate}
      onClose={onClose}
    >
      <p>{t('pauseWhat', { entity })}</p>
      <TextField label={t('reason')} help={t('reasonHelp')} value={reason} onInput={setReason} />
      {error !== null && <ErrorState error={error} />}
    </Confirm>
  );
}

function ResumeDialog({ trouble, onClose }: DeedProps) {
  const t = useTexts(deedTexts);
  const say = useTexts(nowTexts);
  const entity = trouble.entityName;
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => resume(trouble),
    onSuccess: () => {
      onClose();
      toast(t('resumed', { entity }));
    },
  });
  return (
    <Confirm
      title={t('resumeTitle')}
      deed={say('resume')}
      isBusy={isPending}
      onConfirm={mutate}
      onClose={onClose}
    >
      <p>{t('resumeWhat', { entity, count: trouble.waiting })}</p>
      {error !== null && <ErrorState error={error} />}
    </Confirm>
  );
}
