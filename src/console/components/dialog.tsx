import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { useTexts } from '../i18n/texts.ts';
import { commonTexts } from '../texts/common.ts';
import { Button } from './button.tsx';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** A dialog over the page: the browser's own, so that focus stays in it and Escape closes it. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={ref}
      class="dialog"
      aria-labelledby={id}
      onCancel={(event) => {
        // Whether it closes is for who shows it to say.
        event.preventDefault();
        onClose();
      }}
    >
      <div class="stack">
        <h2 id={id}>{title}</h2>
        {children}
      </div>
    </dialog>
  );
}

interface ConfirmProps {
  readonly title: string;
  /** What will happen, and what will not. */
  readonly children: ComponentChildren;
  /** The deed in words: not “Yes”. */
  readonly deed: string;
  /** The way out in words, where “Cancel” could be taken for the deed. */
  readonly keep?: string;
  readonly isDangerous?: boolean;
  readonly isBusy?: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks before a deed, and says what will happen. */
export function Confirm({
  title,
  children,
  deed,
  keep,
  isDangerous,
  isBusy,
  onConfirm,
  onClose,
}: ConfirmProps) {
  const t = useTexts(commonTexts);
  return (
    <Dialog title={title} onClose={onClose}>
      {children}
      <div class="dialog-actions">
        <Button onClick={onClose}>{keep ?? t('cancel')}</Button>
        <Button
          kind={isDangerous === true ? 'danger' : 'primary'}
          isBusy={isBusy ?? false}
          onClick={onConfirm}
        >
          {deed}
        </Button>
      </div>
    </Dialog>
  );
}
