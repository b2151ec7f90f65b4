import { useEffect, useRef, useState } from 'preact/hooks';
import { useLocation } from 'wouter-preact';
import { useTexts } from '../i18n/texts.ts';
import { shellTexts } from '../texts/shell.ts';

/** Whether somebody writes there: `/` is then a letter. */
function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null
  );
}

/** The search of the header, which `/` leads to. */
export function Search() {
  const t = useTexts(shellTexts);
  const [, navigate] = useLocation();
  const [text, setText] = useState('');
  const input = useRef<HTMLInputElement>(null);
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
  return (
    <form
      class="header-search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') navigate(`/deliveries?notification=${encodeURIComponent(text.trim())}`);
      }}
    >
      <input
        ref={input}
        class="input"
        type="search"
        aria-label={t('search')}
        placeholder={t('search')}
        value={text}
        autocomplete="off"
        onInput={({ currentTarget }) => setText(currentTarget.value)}
      />
    </form>
  );
}
