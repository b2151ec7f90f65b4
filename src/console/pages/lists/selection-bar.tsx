import { useState } from 'preact/hooks';
import { Button } from '../../components/button.tsx';
import { useTexts } from '../../i18n/texts.ts';
import { listsTexts } from '../../texts/lists.ts';
import { resendTexts } from '../../texts/resends.ts';
import { ResendRowsDialog } from '../resends/rows-dialog.tsx';
import type { Delivery } from './model.ts';
import type { Selection } from './selection.ts';

interface SelectionBarProps {
  readonly selection: Selection<Delivery>;
  /** Those of the page that is shown. */
  readonly items: readonly Delivery[];
}

/** What can be done with the rows that were chosen. */
export function SelectionBar({ selection, items }: SelectionBarProps) {
  const t = useTexts(listsTexts);
  const r = useTexts(resendTexts);
  const [isAsking, setIsAsking] = useState(false);
  const count = selection.items.length;
  return (
    <div class="selection" data-used={count > 0 || undefined}>
      <label class="check-label">
        <input
          class="check"
          type="checkbox"
          checked={items.length > 0 && items.every(selection.has)}
          onChange={() => selection.toggleAll(items)}
        />
        {t('selectPage')}
      </label>
      <span role="status">{count > 0 && t('selected', { count })}</span>
      {count > 0 && (
        <>
          <Button isSmall kind="primary" onClick={() => setIsAsking(true)}>
            {r('resendRows')}
          </Button>
          <Button isSmall kind="quiet" onClick={selection.clear}>
            {t('clear')}
          </Button>
        </>
      )}
      {isAsking && (
        <ResendRowsDialog
          deliveries={selection.items}
          onClose={() => setIsAsking(false)}
          onDone={selection.clear}
        />
      )}
    </div>
  );
}
