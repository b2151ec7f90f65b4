import { Time } from '../../components/time.tsx';
import { XmlView } from '../../components/xml-view/xml-view.tsx';
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
        note={null}
        at={null}
      />
    </div>
  );
}

interface MessageProps {
  readonly title: string;
  /** Its first line, as machines write it. */
  readonly line: string | null;
  readonly message: AttemptDetail['response'];
  /** Why there is none. */
  readonly absent: string;
  readonly note: string | null;
  readonly at: string | null;
}

function Message({ title, line, message, absent, note, at }: MessageProps) {
  const m = useTexts(messageTexts);
  const headers = Object.entries(message?.headers ?? {});
  const body = message?.body ?? null;
  return (
    <section class="message">
      <div class="message-head">
        <h3>{title}</h3>
        {line !== null && <code>{line}</code>}
        {at !== null && (
          <span class="soft small">
            <Time at={at} form="second" />
          </span>
        )}
      </div>
      {message === null && <p class="soft">{absent}</p>}
      {headers.length > 0 && (
        <details class="message-headers">
          <summary>{m('headers', { count: headers.length })}</summary>
          <dl>
            {headers.map(([name, value]) => (
              <div key={name}>
                <dt>
                  <code>{name}</code>
                </dt>
                <dd>
                  <code>{value}</code>
                </dd>
              </div>
            ))}
          </dl>
        </details>
      )}
      {message !== null && body === null && <p class="soft">{m('notKept')}</p>}
      {body === '' && <p class="soft">{m('emptyBody')}</p>}
      {body !== null && body !== '' && <XmlView text={body} what={title} />}
      {note !== null && <p class="soft small">{note}</p>}
    </section>
  );
}
