import { formatLength } from '../i18n/format.ts';
import { useLanguage } from '../i18n/language.ts';
import { useTexts } from '../i18n/texts.ts';
import { commonTexts } from '../texts/common.ts';

/** The bar’s width, and that of what is too short to be seen, in its own units. */
const WIDTH = 1_000;
const LEAST = 6;

/** What a stretch is drawn as: a colour of src/console/styles/story.css. */
type StretchTone = 'wait' | 'good' | 'bad' | 'idle' | 'read';

/** A stretch of a bar, or what its key says of all of a tone: lengths in milliseconds. */
export interface Stretch {
  readonly tone: StretchTone;
  readonly length: number;
}

/** Where time went: a bar to scale, and the same in words. */
export function TimeBar({
  caption,
  stretches,
  keys,
}: {
  readonly caption: string;
  readonly stretches: readonly Stretch[];
  readonly keys: readonly (Stretch & { readonly name: string })[];
}) {
  const t = useTexts(commonTexts);
  const language = useLanguage();
  return (
    <figure class="span-bar">
      <figcaption class="soft small">{caption}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} 14`} preserveAspectRatio="none" aria-hidden="true">
        {placed(stretches).map(({ tone, x, width }) => (
          <rect key={x} class={`span-${tone}`} x={x} y={0} width={width} height={14} />
        ))}
      </svg>
      <ul class="span-legend small">
        {keys.map(({ tone, name, length }) => (
          <li key={name} class={`span-key span-key-${tone}`}>
            {t('length', { name, length: formatLength(language, length) })}
          </li>
        ))}
      </ul>
    </figure>
  );
}

/** Where each stretch is drawn; a short one beside a long one still shows, at the cost of the others. */
function placed(stretches: readonly Stretch[]) {
  const total = stretches.reduce((before, { length }) => before + length, 0);
  const widths = stretches.map(({ length }) => Math.max(LEAST, (length / total) * WIDTH));
  const sum = widths.reduce((before, width) => before + width, 0);
  let x = 0;
  return stretches.map(({ tone }, place) => {
    const width = ((widths[place] ?? 0) / sum) * WIDTH;
    const rectangle = { tone, x, width };
    x += width;
    return rectangle;
  });
}
