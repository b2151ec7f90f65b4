import { DiffView } from '../../components/line-diff/diff-view.tsx';
import { comparableLines } from '../../components/xml-view/rows.ts';
import { useTexts } from '../../i18n/texts.ts';
import { messageTexts } from '../../texts/message.ts';
import type { AttemptDetail } from './model.ts';

interface DifferencesProps {
  readonly before: AttemptDetail;
  readonly after: AttemptDetail;
}

/** What of an attempt’s messages is not as it was at the one before. */
export function Differences({ before, after }: DifferencesProps) {
  const m = useTexts(messageTexts);
  return (
    <div class="exchange">
      <section class="message">
        <h3>{m('request')}</h3>
        <DiffView
          before={linesOf(before.request, null)}
          after={linesOf(after.request, null)}
          what={m('request')}
        />
      </section>
      <section class="message">
        <h3>{m('answer')}</h3>
        <DiffView
          before={linesOf(before.response, before.httpStatus)}
          after={linesOf(after.response, after.httpStatus)}
          what={m('answer')}
        />
      </section>
    </div>
  );
}

/** A message as lines: its status, its headers, and its body by its tags. */
function linesOf(message: AttemptDetail['response'], status: number | null): readonly string[] {
  const headers = Object.entries(message?.headers ?? {}).map(([name, value]) => `${name}: ${value}`);
  const body = message?.body ?? null;
  return [
    ...(status === null ? [] : [`HTTP ${status}`]),
    ...headers,
    ...(body === null ? [] : ['', ...comparableLines(body)]),
  ];
}
