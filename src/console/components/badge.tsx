import type { ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';

/** What a state means for who looks: `bad` needs somebody, `wait` does not yet. */
export type Tone = 'good' | 'wait' | 'bad' | 'info' | 'idle';

/** A state in colour, drawing and words: no one of them alone (WCAG 1.4.1). */
export function Badge({ tone, children }: { readonly tone: Tone; readonly children: ComponentChildren }) {
  return (
    <span class={`badge badge-${tone}`}>
      <Icon name={tone} />
      {children}
    </span>
  );
}
