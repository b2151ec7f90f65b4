import { useMutation, useQuery } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { api } from '../../api/client.ts';
import { codesOf } from '../../api/entity-names.ts';
import { answerOf, problemOf } from '../../api/problem.ts';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Confirm } from '../../components/dialog.tsx';
import { TextField } from '../../components/field.tsx';
import { Time } from '../../components/time.tsx';
import { toast } from '../../components/toast.tsx';
import { useLanguage } from '../../i18n/language.ts';
import { useTexts } from '../../i18n/texts.ts';
import { deliveriesPath } from '../../links.ts';
import { entityTexts, warningTexts } from '../../texts/entity.ts';
import { sayProblem } from '../../texts/problems.ts';
import { sayIn } from '../../i18n/texts.ts';
import { pauseEntity, resumeEntity, type Entity } from './calls.ts';
import { saidMember } from './members.ts';
import { FailingBadge } from './failing-badge.tsx';
import { useRights } from './rights.ts';
import { EntityState } from './state.tsx';
import { EntityTrouble } from './trouble.tsx';

/** How often it is asked whether an entity's web service fails. */
const REFETCH_MS = 10_000;

/** How an entity stands, and what needs somebody. */
export function EntityHead({ entity }: { readonly entity: Entity }) {
  const t = useTexts(entityTexts);
  const language = useLanguage();
  const { paused, suspended, missing, warnings } = entity;
  const failingSince = useFailingSince(entity);
  const codes = codesOf(entity);
  return (
    <div class="entity-head">
      <div class="row">
        <span>
          <code>{codes}</code> <CopyButton value={codes} what={codes} />
        </span>
        {failingSince === null || paused !== null || suspended.length > 0 ? (
          <EntityState entity={entity} />
        ) : (
          <FailingBadge since={failingSince} />
        )}
        <Link href={deliveriesPath({ organisation: entity.organisation, department: entity.department })}>
          {t('itsDeliveries')}
        </Link>
      </div>
      <EntityTrouble entity={entity} />
      {paused !== null && (
        <p class="alert alert-wait">
          {t('pausedSince')} <Time at={paused.since} />
          {paused.reason !== null && `: ${paused.reason}`}
        </p>
      )}
      {suspended.map(({ backOffice, since }) => (
        <p key={backOffice ?? ''} class="alert">
          {backOffice === null ? t('suspendedSince') : t('suspendedBackOffice', { code: backOffice })}{' '}
          <Time at={since} />. {t('suspendedHelp')}
        </p>
      ))}
      {missing.length > 0 && (
        <div class="alert">
          <p>{t('missing')}</p>
          <ul>
            {missing.map((path) => (
              <li key={path}>
                {saidMember(t, path)} <code>{path}</code>
              </li>
            ))}
          </ul>
        </div>
      )}
      {warnings.map(({ code, what, expiresAt }) => (
        <p key={what} class="alert alert-wait">
          {sayIn(language, warningTexts[code])} {saidMember(t, what)} — <Time at={expiresAt} />
        </p>
      ))}
    </div>
  );
}

/** Since when one of an entity's endpoints fails; null: none does. */
function useFailingSince({ organisation, department }: Entity): string | null {
  const { data } = useQuery({
    queryKey: ['endpoints', organisation, department],
    queryFn: async () =>
      answerOf(api.GET('/v1/endpoints', { params: { query: { organisation, department } } })),
    refetchInterval: REFETCH_MS,
  });
  return data?.items.find((endpoint) => endpoint.failingSince !== null)?.failingSince ?? null;
}

/** Pauses an entity, with a reason, or lets it go on. */
export function HoldButton({ entity }: { readonly entity: Entity }) {
  const t = useTexts(entityTexts);
  const language = useLanguage();
  const rights = useRights();
  const [isAsking, setIsAsking] = useState(false);
  const [reason, setReason] = useState('');
  const { paused } = entity;
  const onError = (error: Error): void => {
    if (!isAsking) toast(sayProblem(language, problemOf(error).code));
  };
  const pause = useMutation({
    mutationFn: async (why: string) => pauseEntity(entity, why),
    onSuccess: () => {
      setIsAsking(false);
      toast(t('isPaused'));
    },
    onError,
  });
  const resume = useMutation({
    mutationFn: async () => resumeEntity(entity),
    onSuccess: () => toast(t('isResumed'), paused === null ? null : () => pause.mutate(paused.reason ?? '')),
    onError,
  });
  if (!rights.operates) return null;
  const isHeld = paused !== null || entity.suspended.length > 0;
  return (
    <>
      {isHeld && (
        <Button kind="primary" isBusy={resume.isPending} onClick={() => resume.mutate()}>
          {t('resume')}
        </Button>
      )}
      {paused === null && <Button onClick={() => setIsAsking(true)}>{t('pause')}</Button>}
      {isAsking && (
        <Confirm
          title={t('pauseTitle')}
          deed={t('pause')}
          isBusy={pause.isPending}
          onConfirm={() => pause.mutate(reason.trim())}
          onClose={() => setIsAsking(false)}
        >
          <p>{t('pauseWhat')}</p>
          <TextField label={t('reason')} help={t('reasonHelp')} value={reason} onInput={setReason} />
          {pause.error !== null && (
            <p class="alert" role="alert">
              {sayProblem(language, problemOf(pause.error).code)}
            </p>
          )}
        </Confirm>
      )}
    </>
  );
}
