import { Badge } from '../../components/badge.tsx';
import { Lasting } from '../../components/time.tsx';
import { useTexts } from '../../i18n/texts.ts';
import { entitiesTexts } from '../../texts/entities.ts';

/** Says that an entity's web service fails, and since when. */
export function FailingBadge({ since }: { readonly since: string }) {
  const t = useTexts(entitiesTexts);
  return (
    <Badge tone="bad">
      <Lasting since={since} say={(length) => t('fails', { length })} />
    </Badge>
  );
}
