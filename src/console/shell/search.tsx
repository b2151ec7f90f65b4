import { keepPreviousData, useQuery } from '@tanstack/preact-query';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { useLocation } from 'wouter-preact';
import { api } from '../api/client.ts';
import { answerOf } from '../api/problem.ts';
import { useTexts } from '../i18n/texts.ts';
import { usePaused } from '../paused.ts';
import { searchTexts } from '../texts/search.ts';
import { hitPath, SearchHits } from './search-hits.tsx';

/** How long nothing is written before it is looked for, in milliseconds. */
const PAUSE_MS = 150;
/** The service looks for no more characters. */
const MAX_LENGTH = 255;

/** Whether somebody writes there: `/` is then a letter. */
function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null
  );
}

/**
 * The search of the header, which `/` leads to: a combobox with a list (WAI-ARIA Authoring Practices). The focus
 * stays in the field; arrows choose, Enter goes there, Escape closes.
 */
export function Search() {
  const t = useTexts(searchTexts);
  const [, navigate] = useLocation();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [isOpen, setIsOpen] = useState(false);
  const [chosen, setChosen] = useState(-1);
  const wanted = usePaused(text.trim(), PAUSE_MS);
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: ['search', wanted],
    queryFn: async () => answerOf(api.GET('/v1/search', { params: { query: { q: wanted } } })),
    enabled: wanted !== '' && isOpen,
    placeholderData: keepPreviousData,
  });
  const hits = wanted === '' ? [] : (data?.items ?? []);
  const isKnown = data !== undefined && !isPlaceholderData && wanted === text.trim();
  useSlash(input);

  const close = (): void => {
    setIsOpen(false);
    setChosen(-1);
  };
  const go = (place: number): void => {
    const hit = hits[place];
    if (hit === undefined) return;
    close();
    setText('');
    input.current?.blur();
    navigate(hitPath(hit));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setIsOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      const count = hits.length + 1;
      // One place more than there are hits: in the field itself.
      setChosen(((chosen + 1 + step + count) % count) - 1);
    }
    if (event.key === 'Escape' && isOpen) {
      event.preventDefault();
      close();
    }
  };
  const isShown = isOpen && wanted !== '' && (isKnown || hits.length > 0 || error !== null);
  return (
    <form
      class="header-search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen >= 0) go(chosen);
        else if (isKnown) go(0);
      }}
    >
      <input
        ref={input}
        class="input"
        type="search"
        role="combobox"
        aria-label={t('label')}
        aria-expanded={isShown}
        aria-controls={`${id}-hits`}
        aria-autocomplete="list"
        aria-activedescendant={isShown && chosen >= 0 ? `${id}-hits-${chosen}` : undefined}
        placeholder={t('placeholder')}
        value={text}
        maxLength={MAX_LENGTH}
        autocomplete="off"
        spellcheck={false}
        onInput={({ currentTarget }) => {
          setText(currentTarget.value);
          setIsOpen(true);
          setChosen(-1);
        }}
        onFocus={() => setIsOpen(true)}
        onBlur={close}
        onKeyDown={onKeyDown}
      />
      <SearchHits id={`${id}-hits`} hits={hits} isShown={isShown} chosen={chosen} error={error} onGo={go} />
    </form>
  );
}

function useSlash(input: { readonly current: HTMLInputElement | null }): void {
  useEffect(() => {
    const focus = (event: KeyboardEvent): void => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target))
        return;
      event.preventDefault();
      input.current?.focus();
    };
    addEventListener('keydown', focus);
    return () => removeEventListener('keydown', focus);
  }, []);
}
