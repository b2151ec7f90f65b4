import { TimeBar } from '../../components/time-bar.tsx';
import { formatLength } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { useTexts } from '../../i18n/texts.ts';
import { commonTexts } from '../../texts/common.ts';
import { storyTexts, type Story } from '../../texts/story.ts';
import { lengthsOf, spansOf } from './spans.ts';

/** Where a delivery’s time went: a bar to scale, and the same in words. */
export function SpanBar({ story, now }: { readonly story: Story; readonly now: number }) {
  const t = useTexts(storyTexts);
  const c = useTexts(commonTexts);
  const language = useLanguage();
  const spans = spansOf(story, now);
  const total = (spans.at(-1)?.to ?? 0) - (spans[0]?.from ?? 0);
  if (total <= 0) return null;
  const inAll = c('length', { name: t('total'), length: formatLength(language, total) });
  return (
    <TimeBar
      caption={`${t('where')} · ${inAll}`}
      stretches={spans.map(({ kind, from, to }) => ({ tone: kind, length: to - from }))}
      keys={[...lengthsOf(spans)].map(([tone, length]) => ({ tone, name: t(tone), length }))}
    />
  );
}
