import { useTexts } from '../i18n/texts.ts';
import { commonTexts } from '../texts/common.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import { toast } from './toast.tsx';

/** @param what what is copied, for who does not see beside what it stands */
export function CopyButton({ value, what }: { readonly value: string; readonly what: string }) {
  const t = useTexts(commonTexts);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(value);
      toast(t('copied', { what }));
    } catch {
      toast(t('notCopied'));
    }
  };
  return (
    <Button kind="quiet" isSmall onClick={() => void copy()}>
      <Icon name="copy" />
      <span class="visually-hidden">{t('copy', { what })}</span>
    </Button>
  );
}
