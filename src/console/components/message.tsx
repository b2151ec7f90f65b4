import { useTexts } from '../i18n/texts.ts';
import { messageTexts } from '../texts/message.ts';
import { Time } from './time.tsx';
import { XmlView } from './xml-view/xml-view.tsx';

type Headers = Readonly<Record<string, string>>;

interface MessageProps {
  readonly title: string;
  /** Its first line, as machines write it. */
  readonly line: string | null;
  readonly message: { readonly headers?: Headers | null; readonly body?: string | null } | null;
  /** Why there is none. */
  readonly absent?: string;
  readonly note?: string | null;
  readonly at?: string | null;
}

/** A message as it goes over the wire: its first line, its headers, folded, and its XML. */
export function Message({ title, line, message, absent, note = null, at = null }: MessageProps) {
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
