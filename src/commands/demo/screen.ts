import { NO_CALLBACK_REASONS } from '../../delivery/ports.ts';
import { formatDuration } from '../../domain/duration.ts';
import { OUTCOMES } from '../../domain/attempt.ts';
import { STATES } from '../../domain/state.ts';
import { VERSION } from '../../version.ts';
import { outcomeStyle } from '../outcome-style.ts';
import { formatTable, type Column } from '../table.ts';
import { visibleLength, type Paint, type Style } from '../terminal.ts';
import { LANGUAGES, type Language } from '../../domain/language.ts';
import { TEXTS, type Texts } from '../texts.ts';
import { isSuccess, type DemoEvent, type LoggedCommunication } from './events.ts';
import { madridTime } from './scenario.ts';

/** How the demo is shown to people. */
export interface Screen {
  readonly language: Language;
  readonly paint: Paint;
  /** Characters of a line; null where lines have no end. */
  readonly width: number | null;
}

type EventOf<Name extends DemoEvent['event']> = Extract<DemoEvent, { event: Name }>;

/** The widest state's name, by which lines are aligned. */
const STATE_WIDTH = Math.max(...STATES.map((state) => visibleLength(state)));
const LABEL_WIDTH = 10;

/** Characters of a line where lines have no end. */
const DEFAULT_WIDTH = 100;
/** With the address, the log needs at least so many characters; below, it is left out. */
const WIDTH_WITH_ADDRESS = 110;

/** The lines that show an event. */
export function linesOf(event: DemoEvent, screen: Screen): string[] {
  const texts = TEXTS[screen.language];
  const { paint } = screen;
  switch (event.event) {
    case 'starting':
      return banner(screen, texts);
    case 'started':
      return [
        `${paint('green', '✓')} ${texts.ready((event.durationMs / 1_000).toFixed(1))}`,
        fact(texts.service, paint('cyan', event.api), paint),
        fact(texts.receiver, paint('cyan', event.receiver), paint),
      ];
    case 'sign-in':
      return [
        fact(texts.console, paint(['bold', 'cyan'], event.url), paint),
        fact('', paint('dim', texts.signsInOnce), paint),
      ];
    case 'entity':
      return entityLines(event, texts, paint);
    case 'life':
      return ['', `${paint('bold', texts.chapters[event.chapter])} ${paint('dim', event.notification)}`];
    case 'change':
      return [changeLine(event, texts, paint)];
    case 'received': {
      const style = event.answer === 'acknowledge' ? 'green' : 'yellow';
      const answer = `${texts.receiver}: ${paint(style, texts.behaviours[event.answer])}`;
      const attempt = event.attempt === null ? '' : `${texts.attempt(event.attempt)} → `;
      return [live(texts.sending, 'blue', event.state, `${attempt}${answer}`, paint)];
    }
    case 'attempt':
      return [attemptLine(event, texts, paint)];
    case 'communications':
      return [
        '',
        `${paint('bold', texts.log)} ${paint('dim', 'nt30.aoc_nt_logs_comunicacio')}`,
        ...formatTable(logColumns(texts, screen.width), event.items, paint, screen.width),
      ];
    case 'summary': {
      const success = isSuccess(event);
      return [
        '',
        `${success ? paint('green', '✓') : paint('red', '✗')} ${paint('bold', texts.summary(event))}`,
      ];
    }
    case 'ready':
      return readyLines(event, texts, paint);
  }
}

function banner({ paint, language, width }: Screen, texts: Texts): string[] {
  const path = [texts.stateChange, 'PostgreSQL', 'SQS', 'SOAP', texts.receiver];
  return [
    '',
    paint(['bold', 'cyan'], `eNOTUM callbacks ${VERSION} · ${texts.demo}`),
    '',
    // Catalan first, and the others, so that nobody has to know of --lang.
    ...LANGUAGES.flatMap((each) =>
      wrap(TEXTS[each].intro, width ?? DEFAULT_WIDTH).map((line) =>
        each === language ? line : paint('dim', line),
      ),
    ),
    '',
    path.map((part) => paint('bold', part)).join(paint('cyan', ' ──▶ ')),
    '',
    paint('dim', texts.starting),
  ];
}

/** Breaks a text between its words. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

function fact(name: string, value: string, paint: Paint): string {
  return `  ${paint('dim', name.padEnd(LABEL_WIDTH))}  ${value}`;
}

function entityLines(event: EventOf<'entity'>, texts: Texts, paint: Paint): string[] {
  const own = Object.entries(event.backOffices).map(([code, url]) =>
    fact('', `${texts.backOffice} ${code} → ${paint('dim', url)}`, paint),
  );
  const what = `${event.organisation}/${event.department} ${event.name} → ${paint('dim', event.endpoint)}`;
  return [fact(texts.entity, what, paint), ...own];
}

/** A line as it happens: the hour, what it is, the state, what became of it. */
function live(label: string, style: Style, state: string, what: string, paint: Paint): string {
  const clock = paint('dim', madridTime(Date.now()).slice(11, 23));
  return `  ${clock}  ${paint(style, label.padEnd(LABEL_WIDTH))}  ${state.padEnd(STATE_WIDTH)}  ${what}`;
}

function changeLine({ state, deliveryId, reason }: EventOf<'change'>, texts: Texts, paint: Paint): string {
  if (deliveryId !== null) return live(texts.change, 'cyan', state, texts.scheduled, paint);
  const known = NO_CALLBACK_REASONS.find((each) => each === reason);
  const why = known === undefined ? (reason ?? '') : texts.reasons[known];
  return live(texts.change, 'cyan', state, paint('dim', `${texts.noCallback}: ${why}`), paint);
}

function attemptLine(event: EventOf<'attempt'>, texts: Texts, paint: Paint): string {
  const { outcome, httpStatus, errorCode, durationMs, status, nextAttemptAt } = event;
  const isTaken = outcome === 'acknowledged';
  const facts = [
    paint(isTaken ? 'green' : 'red', `${isTaken ? '✓' : '✗'} ${texts.outcomes[outcome]}`),
    ...(errorCode === null ? [] : [errorCode]),
    ...(httpStatus === null ? [] : [`HTTP ${httpStatus}`]),
    `${durationMs} ms`,
    ...(status === 'exhausted' ? [paint('red', texts.exhausted)] : []),
    ...(status === 'retrying' && nextAttemptAt !== null
      ? [
          paint(
            'yellow',
            texts.nextAttempt(formatDuration(Math.max(0, Math.round(nextAttemptAt - Date.now())))),
          ),
        ]
      : []),
  ];
  return live(
    texts.answer,
    isTaken ? 'green' : 'yellow',
    event.state ?? '',
    facts.join(paint('dim', ' · ')),
    paint,
  );
}

function logColumns({ columns, outcomes }: Texts, width: number | null): Column<LoggedCommunication>[] {
  return [
    { title: columns.time, value: ({ startedAt }) => madridTime(Date.parse(startedAt)).slice(11, 19) },
    { title: columns.notification, value: ({ notification }) => notification },
    { title: columns.state, value: ({ state }) => state },
    { title: columns.attempt, value: ({ attempt }) => attempt, align: 'right' },
    {
      title: columns.outcome,
      value: ({ outcome }) => {
        const known = OUTCOMES.find((each) => each === outcome);
        return known === undefined ? outcome : outcomes[known];
      },
      style: ({ outcome }) => outcomeStyle(outcome),
    },
    { title: 'HTTP', value: ({ httpStatus }) => httpStatus, align: 'right' },
    { title: 'MS', value: ({ durationMs }) => durationMs, align: 'right' },
    { title: columns.error, value: ({ errorCode }) => errorCode },
    ...(width !== null && width < WIDTH_WITH_ADDRESS
      ? []
      : [{ title: columns.endpoint, value: ({ endpoint }: LoggedCommunication) => endpoint }]),
  ];
}

function readyLines({ api, receiver, adminKey }: EventOf<'ready'>, texts: Texts, paint: Paint): string[] {
  const change = JSON.stringify({
    id: 'prova-1',
    occurredAt: madridTime(Date.now()),
    state: 'DIPOSITADA',
    notification: {
      id: '900000000099',
      kind: 'NOTIFICACIO',
      origin: 'INTEGRACIO',
      reference: 'PROVA',
      entity: { organisation: '9900000001', department: '1' },
    },
  });
  const width = Math.max(...[texts.service, texts.receiver, texts.key].map((name) => name.length));
  const line = (name: string, value: string): string => `  ${paint('dim', name.padEnd(width))}  ${value}`;
  return [
    '',
    line(texts.service, paint('cyan', api)),
    line(texts.receiver, paint('cyan', receiver)),
    line(texts.key, paint('yellow', adminKey)),
    '',
    paint('bold', texts.tryIt),
    `  KEY=${adminKey}`,
    `  curl -H "Authorization: Bearer $KEY" "${api}/v1/communications?outcome=refused"`,
    `  curl -H "Authorization: Bearer $KEY" -H "Content-Type: application/json" ${api}/v1/state-changes \\`,
    `    -d '${change}'`,
    `  ADMIN_KEY=$KEY npx enotum-callbacks deliveries list --url ${api}`,
    '',
    paint('dim', texts.alive),
    paint('dim', texts.stop),
  ];
}
