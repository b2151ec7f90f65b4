import { api } from '../../api/client.ts';
import { answerOf, ApiProblem } from '../../api/problem.ts';
import type { Language } from '../../i18n/language.ts';
import { phaseTexts } from '../../texts/now.ts';
import type { Trouble } from './model.ts';

export type Phase = keyof typeof phaseTexts;

/** The phases, in the order in which they end. */
export const PHASES = Object.keys(phaseTexts).filter((name): name is Phase =>
  Object.hasOwn(phaseTexts, name),
);

/** What a test’s last event says, as far as it is shown. */
export interface TestResult {
  readonly outcome: string;
  readonly httpStatus: number | null;
  readonly errorCode: string | null;
  readonly advice: Readonly<Record<Language, string>> | null;
}

type TestEvent =
  | { readonly event: 'phase'; readonly phase: Phase; readonly ms: number }
  | ({ readonly event: 'result' } & TestResult);

/**
 * Tests an endpoint’s connection (`POST /v1/entities/…/test`, as a stream of NDJSON).
 *
 * @param onPhase told as each phase ends
 * @throws ApiProblem where it is refused, or the stream ends without a result
 */
export async function runTest(
  { organisation, department, backOffice }: Pick<Trouble, 'organisation' | 'department' | 'backOffice'>,
  onPhase: (phase: Phase, ms: number) => void,
  signal: AbortSignal,
): Promise<TestResult> {
  const stream = await answerOf(
    api.POST('/v1/entities/{organisation}/{department}/test', {
      params: { path: { organisation, department } },
      body: backOffice === null ? {} : { backOffice },
      headers: { accept: 'application/x-ndjson' },
      parseAs: 'stream',
      signal,
    }),
  );
  if (stream === null) throw new ApiProblem('unreachable', null, '');
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { done, value = '' } = await reader.read();
    if (done) throw new ApiProblem('unreachable', null, '');
    const lines = (text + value).split('\n');
    text = lines.pop() ?? '';
    for (const line of lines) {
      const event = readEvent(line);
      if (event.event === 'result') return event;
      onPhase(event.phase, event.ms);
    }
  }
}

/** The service’s own line: the form is its API’s. */
function readEvent(line: string): TestEvent {
  const event: TestEvent = JSON.parse(line);
  return event;
}
