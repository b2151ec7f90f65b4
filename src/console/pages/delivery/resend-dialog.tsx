import { useMutation } from '@tanstack/preact-query';
import { useLocation } from 'wouter-preact';
import { api } from '../../api/client.ts';
import { answerOf } from '../../api/problem.ts';
import { queries } from '../../api/query.ts';
import { Confirm } from '../../components/dialog.tsx';
import { ErrorState } from '../../components/states.tsx';
import { toast } from '../../components/toast.tsx';
import { useTexts } from '../../i18n/texts.ts';
import { deliveryPath } from '../../links.ts';
import { deliveryDeedTexts } from '../../texts/delivery.ts';
import type { DeliveryDetail } from './model.ts';

interface ResendDialogProps {
  readonly delivery: DeliveryDetail;
  readonly onClose: () => void;
}

/** Asks before a delivery is sent again, and goes to the new one. */
export function ResendDialog({ delivery: { id, status }, onClose }: ResendDialogProps) {
  const d = useTexts(deliveryDeedTexts);
  const [, go] = useLocation();
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () =>
      answerOf(api.POST('/v1/deliveries/{id}/resend', { params: { path: { id } }, body: null })),
    onSuccess: (made) => {
      onClose();
      void queries.invalidateQueries();
      toast(d('resent'));
      go(deliveryPath(made.id));
    },
  });
  return (
    <Confirm
      title={d('resendTitle')}
      deed={d('resendDeed')}
      isBusy={isPending}
      onConfirm={mutate}
      onClose={onClose}
    >
      <p>{d('resendWhat')}</p>
      {status === 'acknowledged' && <p class="alert">{d('resendTwice')}</p>}
      {error !== null && <ErrorState error={error} />}
    </Confirm>
  );
}
