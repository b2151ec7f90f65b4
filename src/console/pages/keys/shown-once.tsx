import { Button } from '../../components/button.tsx';
import { CodeBlock } from '../../components/code-block.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { useTexts } from '../../i18n/texts.ts';
import { keysTexts } from '../../texts/keys.ts';
import type { NewKey } from './calls.ts';

/** The key itself: shown this once. Escape does not close it, so that it is not lost by a slip. */
export function ShownOnce({ made, onClose }: { readonly made: NewKey; readonly onClose: () => void }) {
  const t = useTexts(keysTexts);
  return (
    <Dialog title={t('shownTitle', { name: made.name })} onClose={() => undefined}>
      <p>{t('shownWhat')}</p>
      <CodeBlock what={t('theKey')} text={made.key} />
      <div class="dialog-actions">
        <Button kind="primary" onClick={onClose}>
          {t('kept')}
        </Button>
      </div>
    </Dialog>
  );
}
