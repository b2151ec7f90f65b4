import { Card } from '../../components/card.tsx';
import { XmlView } from '../../components/xml-view/xml-view.tsx';
import { useTexts } from '../../i18n/texts.ts';
import { BASE } from '../../base.ts';
import { deliveryTexts } from '../../texts/delivery.ts';
import type { DeliveryDetail } from './model.ts';
import { RECOVERY_PATH, recoveryRequest } from './recovery-request.ts';

/** The request by which the integrator learns what it was not told. */
export function RecoveryCard({ recovery }: { readonly recovery: NonNullable<DeliveryDetail['recovery']> }) {
  const t = useTexts(deliveryTexts);
  const what = t(recovery.date === undefined ? 'recoveryWhat' : 'recoveryDay', {
    path: BASE.href + RECOVERY_PATH,
  });
  return (
    <Card title={t('recovery')}>
      <p>{what}</p>
      <XmlView text={recoveryRequest(recovery)} what="PeticioRecuperarReport" />
    </Card>
  );
}
