import { useMutation } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import { api } from '../../api/client.ts';
import { answerOf } from '../../api/problem.ts';
import { queries } from '../../api/query.ts';
import { Confirm } from '../../components/dialog.tsx';
import { TextField } from '../../components/field.tsx';
import { ErrorState } from '../../components/states.tsx';
import { toast } from '../../components/toast.tsx';
import { useTexts } from '../../i18n/texts.ts';
import { deliveryDeedTexts } from '../../texts/delivery.ts';
import type { DeliveryDetail } from './model.ts';

interface CancelDialogProps {
  readonly delivery: DeliveryDetail;
  readonly onClose: () => void;
}

/** Asks before a delivery is given up. */
export function CancelDialog({ delivery: { id, status }, onClose }: CancelDialogProps) {
  const d = useTexts(deliveryDeedTexts);
  const [reason, setReason] = useState('');
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () =>
      answerOf(
        api.POST('/v1/deliveries/{id}/cancel', {
          params: { path: { id } },
          body: reason.trim() === '' ? {} : { reason: reason.trim() },
        }),
      ),
    onSuccess: () => {
      onClose();
      void queries.invalidateQueries();
      toast(d('cancelled'));
    },
  });
  return (
    <Confirm
      title={d('cancelTitle')}
      deed={d('cancelDeed')}
      isDangerous
      isBusy={isPending}
      onConfirm={mutate}
      onClose={onClose}
    >
      <p>{d('cancelWhat')}</p>
      {status === 'sending' && <p class="alert">{d('cancelSending')}</p>}
      <TextField label={d('reason')} help={d('reasonHelp')} value={reason} onInput={setReason} />
      {error !== null && <ErrorState error={error} />}
    </Confirm>
  );
}
