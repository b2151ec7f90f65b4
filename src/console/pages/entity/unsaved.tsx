import { useEffect } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { codesOf } from '../../api/entity-names.ts';
import { toast } from '../../components/toast.tsx';
import { useTexts } from '../../i18n/texts.ts';
import { entityPath } from '../../links.ts';
import { entityTexts } from '../../texts/entity.ts';
import type { Entity } from './calls.ts';
import { keptDraft } from './kept-drafts.ts';

/** Says, on a part of the page that has no form, that changes are not saved: what it shows does not have them. */
export function UnsavedNote({ entity }: { readonly entity: Entity }) {
  const t = useTexts(entityTexts);
  if (keptDraft(entity) === null) return null;
  return (
    <p class="alert alert-info" role="status">
      {t('unsaved')} {t('unsavedHere')} <Link href={entityPath(entity)}>{t('unsavedBack')}</Link>
    </p>
  );
}

/** Says to whoever leaves the entity’s page that its changes are kept, and not saved. */
export function useUnsavedNotice({
  organisation,
  department,
}: Pick<Entity, 'organisation' | 'department'>): void {
  const t = useTexts(entityTexts);
  useEffect(
    () => () => {
      if (keptDraft({ organisation, department }) === null) return;
      toast(t('unsavedLeft', { codes: codesOf({ organisation, department }) }));
    },
    [organisation, department],
  );
}
