import type { Command } from 'commander';
import { Type, type Static } from 'typebox';
import { Value } from 'typebox/value';
import { PHASES } from '../delivery/probe/phases.ts';
import { OUTCOMES } from '../domain/attempt.ts';
import { MAX_TIMEOUT_MS } from '../domain/entity.ts';
import { detailOf } from './error-detail.ts';
import { formatFacts } from './facts.ts';
import {
  clientOf,
  languageFor,
  withLanguage,
  withService,
  type LanguageFlags,
  type ServiceFlags,
} from './options.ts';
import { outcomeStyle } from './outcome-style.ts';
import { TEST_TEXTS, type TestTexts } from './probe-texts.ts';
import { oneLine, paintFor, print, printJson, type Paint } from './terminal.ts';
import type { Language } from '../domain/language.ts';
import { TEXTS } from './texts.ts';
import { xmlLines } from './xml-lines.ts';

interface TestFlags extends ServiceFlags, LanguageFlags {
  readonly backOffice?: string;
}

/** How long the service may be silent: the longest attempt, and what it does around it. */
const TIMEOUT_MS = MAX_TIMEOUT_MS + 30_000;

const NullableText = Type.Union([Type.String(), Type.Null()]);
const Headers = Type.Record(Type.String(), Type.String());

const PhaseEvent = Type.Object({
  event: Type.Literal('phase'),
  phase: Type.String(),
  ms: Type.Number(),
});
const ResultEvent = Type.Object({
  event: Type.Literal('result'),
  outcome: Type.String(),
  httpStatus: Type.Union([Type.Integer(), Type.Null()]),
  errorCode: NullableText,
  errorText: NullableText,
  advice: Type.Union([Type.Object({ ca: Type.String(), es: Type.String(), en: Type.String() }), Type.Null()]),
  request: Type.Object({ url: Type.String(), method: Type.String(), headers: Headers, body: Type.String() }),
  response: Type.Union([Type.Object({ headers: Headers, body: NullableText }), Type.Null()]),
});
type Result = Static<typeof ResultEvent>;

/** Adds `entities test`. */
export function addEntityTest(
  entities: Command,
  pathOf: (organisation: string, department: string) => string,
): void {
  const command = entities
    .command('test <organisation> <department>')
    .description('send an invented report now, and show what happens; exit code 0 only if it is acknowledged')
    .option('--back-office <code>', 'whose endpoint to test, and whom the report names');
  withLanguage(withService(command))
    .addHelpText(
      'after',
      `
The report says that it is none; no delivery is made and no attempt spent. It works while the entity is paused.

Example:
  $ enotum-callbacks entities test 9900000001 1`,
    )
    .action(async (organisation: string, department: string, flags: TestFlags) => {
      await test(`${organisation}/${department}`, `${pathOf(organisation, department)}/test`, flags);
    });
}

async function test(entity: string, path: string, { backOffice, ...flags }: TestFlags): Promise<void> {
  const client = clientOf(flags);
  const call = {
    method: 'POST',
    path,
    body: JSON.stringify({ backOffice: backOffice ?? null }),
    timeoutMs: TIMEOUT_MS,
  } as const;
  if (flags.json) {
    const answer = await client.call(Type.Object({ outcome: Type.String() }), call);
    printJson(answer);
    if (answer.outcome !== 'acknowledged') process.exitCode = 1;
    return;
  }
  const language = languageFor(flags);
  const texts = TEST_TEXTS[language];
  const paint = paintFor(process.stdout);
  const events = await client.stream({ ...call, headers: { accept: 'application/x-ndjson' } });
  print(texts.testing(oneLine(entity)));
  print('');
  let isAcknowledged = false;
  for await (const event of events) {
    if (Value.Check(PhaseEvent, event)) printPhase(event, texts, paint);
    if (!Value.Check(ResultEvent, event)) continue;
    printResult(event, language, paint);
    isAcknowledged = event.outcome === 'acknowledged';
  }
  if (!isAcknowledged) process.exitCode = 1;
}

function printPhase({ phase, ms }: Static<typeof PhaseEvent>, texts: TestTexts, paint: Paint): void {
  const known = PHASES.find((name) => name === phase);
  const label = known === undefined ? oneLine(phase) : texts.phases[known];
  print(`  ${paint('dim', label.padEnd(LABEL_WIDTH))}${ms.toFixed(1).padStart(NUMBER_WIDTH)} ms`);
}

const LABEL_WIDTH = 18;
const NUMBER_WIDTH = 9;

function printResult(result: Result, language: Language, paint: Paint): void {
  const { outcome, httpStatus, errorCode, advice, request, response } = result;
  const texts = TEST_TEXTS[language];
  const known = OUTCOMES.find((name) => name === outcome);
  const name = known === undefined ? oneLine(outcome) : TEXTS[language].outcomes[known];
  const status = httpStatus === null ? [] : [`HTTP ${httpStatus}`];
  const facts = [errorCode === null ? [] : [oneLine(errorCode)], status].flat();
  print('');
  const sign = outcome === 'acknowledged' ? '✓' : '✗';
  print([paint(outcomeStyle(outcome) ?? 'dim', `${sign} ${name}`), ...facts].join('  '));
  if (advice !== null) print(oneLine(advice[language]));
  const detail = detailOf(result);
  if (detail !== null) print(paint('dim', `“${oneLine(detail)}”`));
  print('');
  print(`${paint('dim', texts.request)}  ${request.method} ${oneLine(request.url)}`);
  printMessage(request, paint);
  print('');
  if (response === null) {
    print(`${paint('dim', texts.answer)}  ${texts.noAnswer}`);
    return;
  }
  print([paint('dim', texts.answer), ...status].join('  '));
  printMessage(response, paint);
}

function printMessage(
  { headers, body }: { headers: Record<string, string>; body: string | null },
  paint: Paint,
): void {
  for (const line of formatFacts(Object.entries(headers), paint)) print(line);
  if (body !== null && body !== '') print(xmlLines(body));
}
