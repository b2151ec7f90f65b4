import { useTexts } from '../../i18n/texts.ts';
import { messageTexts } from '../../texts/message.ts';
import { lineDiff, shortened } from './line-diff.ts';

const ELEMENTS = { same: 'span', gone: 'del', new: 'ins' } as const;
const MARKS = { same: '  ', gone: '− ', new: '+ ' } as const;

interface DiffViewProps {
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** What is compared, for who does not see where it stands. */
  readonly what: string;
}

/** What changed between two texts, line by line. */
export function DiffView({ before, after, what }: DiffViewProps) {
  const t = useTexts(messageTexts);
  const parts = shortened(lineDiff(before, after));
  if (parts.every(({ kind }) => kind === 'skipped' || kind === 'same')) {
    return <p class="soft">{t('same')}</p>;
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keys
    <div class="xml-rows diff" tabIndex={0} role="region" aria-label={what}>
      {parts.map((part, place) => {
        if (part.kind === 'skipped') {
          return (
            // oxlint-disable-next-line react/no-array-index-key -- a comparison's lines do not move
            <div key={place} class="diff-skipped">
              {t('skipped', { count: part.count })}
            </div>
          );
        }
        const Element = ELEMENTS[part.kind];
        return (
          // oxlint-disable-next-line react/no-array-index-key -- as above
          <div key={place} class={`diff-line diff-${part.kind}`}>
            <code>
              <span aria-hidden="true">{MARKS[part.kind]}</span>
              <Element>{part.text}</Element>
            </code>
          </div>
        );
      })}
    </div>
  );
}
