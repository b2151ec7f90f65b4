import type { ComponentChildren } from 'preact';

interface ButtonProps {
  readonly children: ComponentChildren;
  /** Primary: what the page is for, one at the most. Danger: what takes something away. */
  readonly kind?: 'plain' | 'primary' | 'danger' | 'quiet';
  readonly isSmall?: boolean;
  /** Under way: it stays in its place and in the order of focus, and does nothing. */
  readonly isBusy?: boolean;
  readonly type?: 'button' | 'submit';
  readonly onClick?: () => void;
  /** Its whole name where what it shows is the same on many: that must be within (WCAG 2.5.3). */
  readonly label?: string;
}

/** A button. */
export function Button({
  children,
  kind = 'plain',
  isSmall,
  isBusy,
  type = 'button',
  onClick,
  label,
}: ButtonProps) {
  return (
    <button
      type={type}
      class={`button button-${kind}${isSmall === true ? ' button-small' : ''}`}
      aria-label={label}
      aria-disabled={isBusy === true}
      onClick={(event) => {
        if (isBusy === true) event.preventDefault();
        else onClick?.();
      }}
    >
      {children}
    </button>
  );
}
