import { Fragment } from 'preact';

/** A server, and what a path is made of. */
const PART = /(?:https?:\/\/)?[^/?&]+[/?&]?|./g;

/** An address, broken into lines where its parts end: one that breaks anywhere takes its column’s width away. */
export function Url({ value }: { readonly value: string }) {
  return (
    <code class="url">
      {[...value.matchAll(PART)].map(([part], place) => (
        // An address’s parts do not move.
        // oxlint-disable-next-line react/no-array-index-key
        <Fragment key={place}>
          {part}
          <wbr />
        </Fragment>
      ))}
    </code>
  );
}
