import { useState } from 'preact/hooks';
import { BASE } from '../../base.ts';
import { Button } from '../../components/button.tsx';
import { useTexts } from '../../i18n/texts.ts';
import { useSession } from '../../session/context.ts';
import { deliveryDeedTexts, deliveryTexts } from '../../texts/delivery.ts';
import { CancelDialog } from './cancel-dialog.tsx';
import { isOver, type DeliveryDetail } from './model.ts';
import { ResendDialog } from './resend-dialog.tsx';

/** What can be done with a delivery by who is signed in. */
export function Deeds({ delivery }: { readonly delivery: DeliveryDetail }) {
  const t = useTexts(deliveryTexts);
  const d = useTexts(deliveryDeedTexts);
  const { role } = useSession();
  const [asked, setAsked] = useState<'resend' | 'cancel' | null>(null);
  const maySteer = role === 'admin' || role === 'operator';
  const close = (): void => setAsked(null);
  return (
    <>
      <Button onClick={() => print()}>{t('print')}</Button>
      {role !== 'auditor' && (
        <a
          class="button"
          href={new URL(`v1/deliveries/${encodeURIComponent(delivery.id)}/evidence`, BASE).href}
          download
        >
          {t('evidence')}
        </a>
      )}
      {maySteer && isOver(delivery) && <Button onClick={() => setAsked('resend')}>{d('resend')}</Button>}
      {maySteer && !isOver(delivery) && (
        <Button kind="danger" onClick={() => setAsked('cancel')}>
          {d('cancel')}
        </Button>
      )}
      {asked === 'resend' && <ResendDialog delivery={delivery} onClose={close} />}
      {asked === 'cancel' && <CancelDialog delivery={delivery} onClose={close} />}
    </>
  );
}
