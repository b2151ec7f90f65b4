import { useEffect, useState } from 'preact/hooks';
import { useTexts } from '../i18n/texts.ts';
import { commonTexts } from '../texts/common.ts';
import { Button } from './button.tsx';

/** How long a toast stays where nobody is at it, in milliseconds. */
const SHOWN_MS = 8_000;

/** Something that was done, and how it is taken back where it can be. */
interface Toast {
  readonly id: number;
  readonly text: string;
  readonly undo: (() => void) | null;
}

let last = 0;
let toasts: readonly Toast[] = [];
let show: (toasts: readonly Toast[]) => void = () => undefined;

function change(next: readonly Toast[]): void {
  toasts = next;
  show(next);
}

/** Says that something was done; with `undo`, it can be taken back for some seconds. */
export function toast(text: string, undo: (() => void) | null = null): void {
  last += 1;
  change([...toasts, { id: last, text, undo }]);
}

const dismiss = (id: number): void => change(toasts.filter((each) => each.id !== id));

/** Where toasts appear; once in the shell. */
export function Toasts() {
  const [shown, setShown] = useState(toasts);
  useEffect(() => {
    show = setShown;
    return () => {
      show = () => undefined;
    };
  }, []);
  return (
    <div class="toasts" role="status">
      {shown.map((each) => (
        <ToastLine key={each.id} {...each} />
      ))}
    </div>
  );
}

function ToastLine({ id, text, undo }: Toast) {
  const t = useTexts(commonTexts);
  const [isHeld, setIsHeld] = useState(false);
  useEffect(() => {
    if (isHeld) return undefined;
    const timer = setTimeout(() => dismiss(id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [id, isHeld]);
  return (
    <div
      class="toast"
      onPointerEnter={() => setIsHeld(true)}
      onPointerLeave={() => setIsHeld(false)}
      onFocusIn={() => setIsHeld(true)}
      onFocusOut={() => setIsHeld(false)}
    >
      <span>{text}</span>
      {undo !== null && (
        <Button
          kind="quiet"
          isSmall
          onClick={() => {
            dismiss(id);
            undo();
          }}
        >
          {t('undo')}
        </Button>
      )}
      <Button kind="quiet" isSmall onClick={() => dismiss(id)}>
        {t('dismiss')}
      </Button>
    </div>
  );
}
