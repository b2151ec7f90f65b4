import { useState } from 'preact/hooks';
import { api } from '../../api/client.ts';
import { answerOf, problemOf, type ApiProblem } from '../../api/problem.ts';
import { queries } from '../../api/query.ts';
import type { paths } from '../../api/schema.ts';
import { entityQueryKey, type EntityKey } from './calls.ts';
import { readLines } from './lines.ts';

/** How a test went. */
export type TestResult =
  paths['/v1/entities/{organisation}/{department}/test']['post']['responses'][200]['content']['application/json'];

/** The parts of an attempt that are told as they end. */
export const PHASES = ['dns', 'connect', 'tls', 'firstByte', 'whole'] as const;
export type Phase = (typeof PHASES)[number];

type TestEvent =
  | { readonly event: 'phase'; readonly phase: Phase; readonly ms: number }
  | ({ readonly event: 'result' } & TestResult);

/** A test as it runs. */
export interface RunningTest {
  readonly isRunning: boolean;
  /** Milliseconds of the phases that have ended. */
  readonly phases: Readonly<Partial<Record<Phase, number>>>;
  readonly result: TestResult | null;
  readonly problem: ApiProblem | null;
  readonly run: (backOffice: string | null) => Promise<void>;
}

/** Tests an entity's connection, and tells each phase as it ends. */
export function useTest(key: EntityKey): RunningTest {
  const [isRunning, setIsRunning] = useState(false);
  const [phases, setPhases] = useState<RunningTest['phases']>({});
  const [result, setResult] = useState<TestResult | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const take = (event: TestEvent): void => {
    if (event.event === 'phase') setPhases((known) => ({ ...known, [event.phase]: event.ms }));
    else setResult(event);
  };
  const run = async (backOffice: string | null): Promise<void> => {
    setIsRunning(true);
    setPhases({});
    setResult(null);
    setProblem(null);
    try {
      const stream = await answerOf(
        api.POST('/v1/entities/{organisation}/{department}/test', {
          params: { path: { organisation: key.organisation, department: key.department } },
          body: { backOffice },
          headers: { accept: 'application/x-ndjson' },
          parseAs: 'stream',
        }),
      );
      for await (const line of readLines(stream)) if (isEvent(line)) take(line);
      // A test that is acknowledged lifts a suspension, and servers show their certificates.
      await queries.invalidateQueries({ queryKey: entityQueryKey(key) });
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setIsRunning(false);
    }
  };
  return { isRunning, phases, result, problem, run };
}

function isEvent(line: unknown): line is TestEvent {
  if (typeof line !== 'object' || line === null || !('event' in line)) return false;
  if (line.event === 'result')
    return ['outcome', 'phases', 'request', 'retrying'].every((name) => name in line);
  return line.event === 'phase' && 'phase' in line && 'ms' in line && typeof line.ms === 'number';
}
