import { CopyButton } from './copy-button.tsx';

/** Text of machines, as it is, to be read and copied. @param what what it is, for who does not see it */
export function CodeBlock({ what, text }: { readonly what: string; readonly text: string }) {
  return (
    <div class="code-block">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keys */}
      <pre tabIndex={0} role="region" aria-label={what}>
        <code>{text}</code>
      </pre>
      <CopyButton value={text} what={what} />
    </div>
  );
}
