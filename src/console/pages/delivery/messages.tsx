import { Message } from '../../components/message.tsx';
import { useTexts } from '../../i18n/texts.ts';
import { messageTexts } from '../../texts/message.ts';
import type { AttemptDetail } from './model.ts';

/** What was asked and what was answered, beside each other. */
export function Messages({ attempt }: { readonly attempt: AttemptDetail }) {
  const m = useTexts(messageTexts);
  const { request, response, httpStatus, outcome, startedAt } = attempt;
  const isMasked = JSON.stringify(request ?? '').includes('***');
  return (
    <div class="exchange">
      <Message
        title={m('request')}
        line="POST"
        message={request}
        absent={outcome === 'blocked' ? m('noRequest') : m('notKept')}
        note={isMasked ? m('masked') : null}
        at={startedAt}
      />
      <Message
        title={m('answer')}
        line={httpStatus === null ? null : `HTTP ${httpStatus}`}
        message={response}
        absent={httpStatus === null ? m('noAnswer') : m('notKept')}
      />
    </div>
  );
}
