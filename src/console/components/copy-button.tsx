import { useTexts } from '../i18n/texts.ts';
import { commonTexts } from '../texts/common.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import { toast } from './toast.tsx';

interface CopyButtonProps {
  readonly value: string;
  /** What is copied, for who does not see beside what it stands. */
  readonly what: string;
  /** Shown on the button, where it stands beside nothing that says what it copies. */
  readonly text?: string;
}

export function CopyButton({ value, what, text }: CopyButtonProps) {
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
    <Button kind={text === undefined ? 'quiet' : 'plain'} isSmall onClick={() => void copy()}>
      <Icon name="copy" />
      {text ?? <span class="visually-hidden">{t('copy', { what })}</span>}
    </Button>
  );
}
