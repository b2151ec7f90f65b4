import { formatLength } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { useTexts } from '../../i18n/texts.ts';
import { storyTexts, type Story } from '../../texts/story.ts';
import { lengthsOf, spansOf, type Span } from './spans.ts';

/** The bar’s width, and that of what is too short to be seen, in its own units. */
const WIDTH = 1_000;
const LEAST = 6;

/** Where a delivery’s time went: a bar to scale, and the same in words. */
export function SpanBar({ story, now }: { readonly story: Story; readonly now: number }) {
  const t = useTexts(storyTexts);
  const language = useLanguage();
  const spans = spansOf(story, now);
  const lengths = lengthsOf(spans);
  const total = (spans.at(-1)?.to ?? 0) - (spans[0]?.from ?? 0);
  if (total <= 0) return null;
  return (
    <figure class="span-bar">
      <figcaption class="soft small">
        {t('where')} · {t('length', { name: t('total'), length: formatLength(language, total) })}
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} 14`} preserveAspectRatio="none" aria-hidden="true">
        {placed(spans, total).map(({ kind, x, width }) => (
          <rect key={x} class={`span-${kind}`} x={x} y={0} width={width} height={14} />
        ))}
      </svg>
      <ul class="span-legend small">
        {[...lengths].map(([kind, length]) => (
          <li key={kind} class={`span-key span-key-${kind}`}>
            {t('length', { name: t(kind), length: formatLength(language, length) })}
          </li>
        ))}
      </ul>
    </figure>
  );
}

/** Where each stretch is drawn; a short attempt in a long life still shows, at the cost of the others. */
function placed(spans: readonly Span[], total: number) {
  const widths = spans.map(({ from, to }) => Math.max(LEAST, ((to - from) / total) * WIDTH));
  const sum = widths.reduce((before, width) => before + width, 0);
  let x = 0;
  return spans.map(({ kind }, place) => {
    const width = ((widths[place] ?? 0) / sum) * WIDTH;
    const rectangle = { kind, x, width };
    x += width;
    return rectangle;
  });
}
