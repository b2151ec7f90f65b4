import { Link } from 'wouter-preact';
import type { Tone } from '../../components/badge.tsx';
import { Icon } from '../../components/icon.tsx';
import { Time } from '../../components/time.tsx';
import { isSameDay } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { sayIn, useTexts } from '../../i18n/texts.ts';
import { deliveryPath } from '../../links.ts';
import type { Status } from '../../texts/deliveries.ts';
import { momentTexts, storyTexts, type StoryItem } from '../../texts/story.ts';
import { toneOfOutcome } from './model.ts';

interface TimelineProps {
  readonly items: readonly StoryItem[];
  /** How a delivery stands: its end is looked at by it. */
  readonly statusOf: (delivery: string) => Status | undefined;
  /** The delivery whose page it is on, to which nothing leads. */
  readonly own?: string;
}

/** A life, moment by moment, in the service’s own words. */
export function Timeline({ items, statusOf, own }: TimelineProps) {
  return (
    <ol class="moments">
      {items.map((item, place) => (
        <Moment
          // oxlint-disable-next-line react/no-array-index-key -- what has been told is not told elsewhere
          key={place}
          item={item}
          tone={toneOf(item, statusOf)}
          hasDay={isNewDay(items[place - 1]?.at ?? null, item.at)}
          // What is to be done is said once: where it was needed last.
          advice={items.slice(place + 1).some(({ advice }) => advice === item.advice) ? null : item.advice}
          own={own}
        />
      ))}
    </ol>
  );
}

interface MomentProps {
  readonly item: StoryItem;
  readonly tone: Tone;
  readonly hasDay: boolean;
  readonly advice: string | null;
  readonly own: string | undefined;
}

function Moment({ item, tone, hasDay, advice, own }: MomentProps) {
  const t = useTexts(storyTexts);
  const language = useLanguage();
  const { kind, at, sentence, delivery, communication } = item;
  return (
    <li class={`moment moment-${kind}`}>
      <span class={`moment-mark badge-${tone}`}>
        <Icon name={tone} />
        <span class="visually-hidden">{sayIn(language, momentTexts[kind])}</span>
      </span>
      <div class="moment-what">
        <p lang={language}>{sentence}</p>
        {advice !== null && (
          <p class="soft small" lang={language}>
            {advice}
          </p>
        )}
        {delivery !== null && (communication !== null || (kind === 'delivery' && own === undefined)) && (
          <p class="small no-print">
            <Link href={attemptPath(delivery, communication)}>
              {t(communication === null ? 'toDelivery' : 'toAttempt')}
            </Link>
          </p>
        )}
      </div>
      <span class="moment-when soft small">
        {at === null ? (
          t('unknownTime')
        ) : (
          <Time at={at} form={hasDay ? 'second' : 'clock'} isRelative={kind === 'next'} isComing />
        )}
      </span>
    </li>
  );
}

/** The parameter of a delivery’s address that names the attempt whose messages are shown. */
export const ATTEMPT_PARAMETER = 'attempt';

/** The page of a delivery, at one of its attempts. */
export function attemptPath(delivery: string, communication: string | null): string {
  const path = deliveryPath(delivery);
  return communication === null ? path : `${path}?${ATTEMPT_PARAMETER}=${communication}`;
}

function toneOf({ kind, outcome, delivery }: StoryItem, statusOf: TimelineProps['statusOf']): Tone {
  if (outcome !== null) return toneOfOutcome(outcome);
  if (kind === 'wait' || kind === 'next') return 'wait';
  if (kind !== 'end') return kind === 'change' ? 'info' : 'idle';
  const status = delivery === null ? undefined : statusOf(delivery);
  if (status === 'acknowledged') return 'good';
  return status === 'exhausted' ? 'bad' : 'idle';
}

function isNewDay(before: string | null, at: string | null): boolean {
  return before === null || at === null || !isSameDay(Date.parse(before), Date.parse(at));
}
