import { useMutation } from '@tanstack/preact-query';
import { api } from '../../api/client.ts';
import { answerOf, problemOf } from '../../api/problem.ts';
import { queries } from '../../api/query.ts';
import { Button } from '../../components/button.tsx';
import { Confirm, Dialog } from '../../components/dialog.tsx';
import { toast } from '../../components/toast.tsx';
import { useLanguage } from '../../i18n/language.ts';
import { useTexts } from '../../i18n/texts.ts';
import { sayProblem } from '../../texts/problems.ts';
import { resendTexts } from '../../texts/resends.ts';
import { useDeliveryName } from '../lists/delivery-cell.tsx';
import type { Delivery } from '../lists/model.ts';

const FINISHED: ReadonlySet<Delivery['status']> = new Set(['acknowledged', 'exhausted', 'cancelled']);

interface Failure {
  readonly delivery: Delivery;
  readonly code: string;
}

interface RowsDialogProps {
  readonly deliveries: readonly Delivery[];
  readonly onClose: () => void;
  /** Called once they were sent again, as far as they could. */
  readonly onDone: () => void;
}

/** Asks before the rows that were chosen are sent again, one by one, and says of which it was refused. */
export function ResendRowsDialog({ deliveries, onClose, onDone }: RowsDialogProps) {
  const t = useTexts(resendTexts);
  const ready = deliveries.filter(({ status }) => FINISHED.has(status));
  const left = deliveries.length - ready.length;

  const {
    mutate,
    isPending,
    data: failures = [],
  } = useMutation({
    mutationFn: async () => {
      const failed: Failure[] = [];
      for (const delivery of ready) {
        const call = api.POST('/v1/deliveries/{id}/resend', {
          params: { path: { id: delivery.id } },
          body: null,
        });
        await answerOf(call).catch((error: unknown) =>
          failed.push({ delivery, code: problemOf(error).code }),
        );
      }
      return failed;
    },
    onSuccess: (failed) => {
      void queries.invalidateQueries({ queryKey: ['deliveries'] });
      toast(t('rowsDone', { count: ready.length - failed.length }));
      if (failed.length > 0) return;
      onClose();
      onDone();
    },
  });

  if (failures.length > 0) return <Failures failures={failures} onClose={onClose} />;
  return (
    <Confirm
      title={t('rowsTitle')}
      deed={t('rowsDeed', { count: ready.length })}
      isBusy={isPending || ready.length === 0}
      onConfirm={mutate}
      onClose={onClose}
    >
      <p>{t('rowsWhat', { count: ready.length })}</p>
      {left > 0 && <p class="soft">{t('rowsLeft', { count: left })}</p>}
    </Confirm>
  );
}

function Failures({
  failures,
  onClose,
}: Pick<RowsDialogProps, 'onClose'> & { readonly failures: readonly Failure[] }) {
  const t = useTexts(resendTexts);
  const language = useLanguage();
  const nameOf = useDeliveryName();
  return (
    <Dialog title={t('rowsTitle')} onClose={onClose}>
      <p role="alert">{t('rowsFailed', { count: failures.length })}</p>
      <ul class="skipped">
        {failures.map(({ delivery, code }) => (
          <li key={delivery.id}>
            {nameOf(delivery)} <code>{delivery.notification ?? delivery.id}</code>:{' '}
            {sayProblem(language, code)} <code class="soft">{code}</code>
          </li>
        ))}
      </ul>
      <div class="dialog-actions">
        <Button kind="primary" onClick={onClose}>
          {t('close')}
        </Button>
      </div>
    </Dialog>
  );
}
