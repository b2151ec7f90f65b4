import { Badge } from '../../components/badge.tsx';
import { useTexts } from '../../i18n/texts.ts';
import { entityTexts } from '../../texts/entity.ts';
import type { Entity } from './calls.ts';

/** How an entity stands, in a word. */
export function EntityState({ entity }: { readonly entity: Entity }) {
  const t = useTexts(entityTexts);
  if (entity.paused !== null) return <Badge tone="wait">{t('paused')}</Badge>;
  if (entity.suspended.length > 0) return <Badge tone="bad">{t('suspended')}</Badge>;
  if (entity.missing.length > 0) return <Badge tone="bad">{t('incomplete')}</Badge>;
  if (!entity.online && !entity.daily) return <Badge tone="idle">{t('off')}</Badge>;
  return <Badge tone="good">{t('ready')}</Badge>;
}
