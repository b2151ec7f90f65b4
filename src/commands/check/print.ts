import type { CaseResult } from '../../delivery/probe/check/run.ts';
import type { Sentence } from '../../domain/advice.ts';
import type { LoggedMessage } from '../../domain/attempt.ts';
import { detailOf } from '../error-detail.ts';
import { formatFacts } from '../facts.ts';
import { oneLine, print, type Paint } from '../terminal.ts';
import type { Language } from '../../domain/language.ts';
import { TEXTS } from '../texts.ts';
import { xmlLines } from '../xml-lines.ts';
import { CASE_TEXTS } from './case-texts.ts';
import { CHECK_TEXTS, type CheckTexts } from './texts.ts';

/** Cases by what became of them. */
export type Counts = Record<CaseResult['status'], number>;

/** How it is said. */
interface Manner {
  readonly language: Language;
  readonly paint: Paint;
  /** Whether what was sent and answered is shown of each case that failed. */
  readonly withMessages: boolean;
}

const NAME_WIDTH = 52;
const TIME_WIDTH = 6;
const INDENT = '    ';

/** Prints a check for people, a case a line. */
export class CheckPrinter {
  readonly #manner: Manner;
  readonly #texts: CheckTexts;
  /** What was said of the last case that failed: it is not said again and again. */
  #saidLast = '';

  constructor(manner: Manner) {
    this.#manner = manner;
    this.#texts = CHECK_TEXTS[manner.language];
  }

  head(url: string): void {
    print(this.#texts.checking(oneLine(url)));
    print('');
  }

  /** Of cases that were skipped nothing is printed: the summary counts them. */
  case({ id, status, result, request }: CaseResult, mend: Sentence | null): void {
    if (status === 'skipped' || result === null) return;
    const { language, paint, withMessages } = this.#manner;
    const name = CASE_TEXTS[id].name[language].padEnd(NAME_WIDTH);
    const time = paint('dim', `${String(result.durationMs).padStart(TIME_WIDTH)} ms`);
    if (status === 'passed') {
      print(`${paint('green', '✓')} ${name} ${time}`);
      return;
    }
    const outcome = paint('red', TEXTS[language].outcomes[result.outcome]);
    print(`${paint('red', '✗')} ${name} ${time}  ${outcome}  ${result.errorCode ?? ''}`.trimEnd());
    this.#say(mend?.[language] ?? null, detailOf(result));
    if (!withMessages) return;
    this.#message(this.#texts.sent, request);
    this.#message(this.#texts.answered, result.response);
    print('');
  }

  summary({ passed, failed, skipped }: Counts): void {
    const { paint, withMessages } = this.#manner;
    if (skipped > 0) print(paint('dim', this.#texts.skipped));
    print('');
    if (failed + skipped === 0) {
      print(paint('green', this.#texts.passed({ passed, all: passed })));
      return;
    }
    print(paint('red', this.#texts.failed({ passed, failed, skipped })));
    if (!withMessages) print(paint('dim', this.#texts.showMessages));
  }

  #say(mend: string | null, detail: string | null): void {
    const said = JSON.stringify([mend, detail]);
    if (said === this.#saidLast) return;
    this.#saidLast = said;
    if (mend !== null) print(`${INDENT}${mend}`);
    if (detail !== null) print(`${INDENT}${this.#manner.paint('dim', `“${oneLine(detail)}”`)}`);
  }

  #message(label: string, message: LoggedMessage | null): void {
    const { paint } = this.#manner;
    print('');
    if (message === null) {
      print(`${INDENT}${paint('dim', `${label}:`)} ${this.#texts.noAnswer}`);
      return;
    }
    print(`${INDENT}${paint('dim', `${label}:`)}`);
    const lines = [
      ...formatFacts(Object.entries(message.headers), paint),
      ...xmlLines(message.body ?? '').split('\n'),
    ];
    for (const line of lines) print(`${INDENT}${line}`);
  }
}
