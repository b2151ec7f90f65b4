import { problemOf } from '../api/problem.ts';
import type { paths } from '../api/schema.ts';
import { Icon } from '../components/icon.tsx';
import { useLanguage } from '../i18n/language.ts';
import { sayIn, useTexts } from '../i18n/texts.ts';
import { deliveryPath, entityPath, notificationPath } from '../links.ts';
import { sayState } from '../texts/deliveries.ts';
import { sayProblem } from '../texts/problems.ts';
import { hitTexts, searchTexts } from '../texts/search.ts';

/** One thing that a search found. */
export type Hit =
  paths['/v1/search']['get']['responses'][200]['content']['application/json']['items'][number];

const ICONS = { notification: 'now', delivery: 'deliveries', entity: 'entities' } as const;

/** The page of what was found. */
export function hitPath(hit: Hit): string {
  if (hit.kind === 'notification') return notificationPath(hit.id);
  return hit.kind === 'delivery' ? deliveryPath(hit.id) : entityPath(hit);
}

interface SearchHitsProps {
  readonly id: string;
  readonly hits: readonly Hit[];
  readonly isShown: boolean;
  /** The place of the one that Enter goes to; -1 for none. */
  readonly chosen: number;
  readonly error: unknown;
  readonly onGo: (place: number) => void;
}

/** What a search found, below its field. */
export function SearchHits({ id, hits, isShown, chosen, error, onGo }: SearchHitsProps) {
  const t = useTexts(searchTexts);
  const language = useLanguage();
  return (
    <>
      <ul class="hits" id={id} role="listbox" aria-label={t('hits')} hidden={!isShown || hits.length === 0}>
        {hits.map((hit, place) => (
          <li
            key={`${hit.kind} ${hit.id}`}
            id={`${id}-${place}`}
            class="hit"
            role="option"
            aria-selected={place === chosen}
            // The field keeps the focus, and so the list is not closed before the click.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onGo(place)}
          >
            <Icon name={ICONS[hit.kind]} />
            <span class="hit-title">
              {hit.kind === 'delivery' ? sayState(language, hit.title) : hit.title}
            </span>
            <span class="hit-more">
              {sayIn(language, hitTexts[hit.kind])}{' '}
              <code>{hit.kind === 'delivery' ? hit.id.slice(0, 13) : hit.id}</code>
            </span>
          </li>
        ))}
      </ul>
      <p class={isShown && hits.length === 0 ? 'hits hits-none' : 'visually-hidden'} role="status">
        {isShown &&
          (error === null ? t('count', { count: hits.length }) : sayProblem(language, problemOf(error).code))}
      </p>
    </>
  );
}
