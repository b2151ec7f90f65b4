import { setTimeout as delay } from 'node:timers/promises';
import { Value } from 'typebox/value';
import { CommandError } from '../../domain/errors.ts';
import { Accepted } from '../answers.ts';
import { foreign, problemOf, refused, type Answer, type Problem, type ServiceClient } from '../client.ts';
import type { OutgoingLine } from './batches.ts';
import type { Rejection } from './rejected-file.ts';

/** What became of the lines of a batch. */
export interface BatchResult {
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejections: readonly Rejection[];
}

/** How a batch is sent. */
export interface SendOptions {
  /** The pauses before a request is repeated, in milliseconds; their number bounds the repeats. */
  readonly retryDelaysMs: readonly number[];
  /** Told of each pause. */
  readonly onRetry: (reason: string, delayMs: number) => void;
  readonly signal: AbortSignal;
}

/** Two minutes: longer than a restart of the service takes. */
export const RETRY_DELAYS_MS = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 30_000, 30_000];

/** What may succeed when it is repeated: too much asked at once, and trouble of the service or a proxy. */
const TEMPORARY = new Set([408, 429, 500, 502, 503, 504]);

/** What says that lines are bad, or too much together; other errors are the whole import's. */
const ABOUT_LINES = new Set([400, 409, 413, 422]);

/** The longest pause that `Retry-After` can ask for, in milliseconds. */
const MAX_RETRY_AFTER_MS = 60_000;

/**
 * Makes what sends batches to a service, each after the one before it, so that the changes of a notification
 * arrive in the order of the input.
 *
 * A batch is all or nothing: the lines that the service names as bad are taken out and the rest is sent again.
 * What was taken although its answer was lost is answered as duplicates at the repeat.
 */
export function createBatchSender(client: ServiceClient, { retryDelaysMs, onRetry, signal }: SendOptions) {
  /** Whether the service was there once: if it never was, its address is wrong, and waiting would not help. */
  let wasThere = false;

  /**
   * Sends all lines but those that are rejected.
   *
   * @throws CommandError `service-unreachable`, `request-refused`; the signal's reason when it is aborted
   */
  return async function sendBatch(lines: readonly OutgoingLine[]): Promise<BatchResult> {
    const rejections: Rejection[] = [];
    let accepted = 0;
    let duplicates = 0;
    /** What is still to be sent, the next one last. */
    const open = [lines];
    for (let part = open.pop(); part !== undefined; part = open.pop()) {
      if (part.length === 0) continue;
      const answer = await post(part);
      if (answer.status === 202 && Value.Check(Accepted, answer.body)) {
        accepted += answer.body.accepted;
        duplicates += answer.body.duplicates;
        continue;
      }
      const problem = problemOf(answer);
      if (problem === null) throw foreign(client.url, answer);
      if (!ABOUT_LINES.has(answer.status)) throw refused(client.url, answer);
      const bad = badLines(part, problem);
      if (bad.length === 0 && part.length > 1) {
        const middle = Math.ceil(part.length / 2);
        open.push(part.slice(middle), part.slice(0, middle));
        continue;
      }
      const rejected = bad.length > 0 ? bad : part.map((line) => rejection(line, problem));
      rejections.push(...rejected);
      const numbers = new Set(rejected.map(({ line }) => line));
      open.push(part.filter(({ number }) => !numbers.has(number)));
    }
    return { accepted, duplicates, rejections: rejections.sort((a, b) => a.line - b.line) };
  };

  async function post(lines: readonly OutgoingLine[]): Promise<Answer> {
    const body = Buffer.concat(lines.flatMap(({ text }) => [text, LINE_FEED]));
    for (let tries = 0; ; tries += 1) {
      const pauseMs = retryDelaysMs[tries];
      try {
        const answer = await client.send(
          { method: 'POST', path: '/v1/state-changes', body, contentType: 'application/x-ndjson' },
          signal,
        );
        wasThere = true;
        if (!TEMPORARY.has(answer.status) || pauseMs === undefined) return answer;
        const asked = Number(answer.header('retry-after') ?? 0) * 1_000 || 0;
        await pause(`status ${answer.status}`, Math.max(pauseMs, Math.min(asked, MAX_RETRY_AFTER_MS)));
      } catch (error) {
        if (!isAway(error) || !wasThere || pauseMs === undefined) throw error;
        await pause(error.message, pauseMs);
      }
    }
  }

  async function pause(reason: string, ms: number): Promise<void> {
    onRetry(reason, ms);
    await delay(ms, undefined, { signal });
  }
}

const LINE_FEED = Buffer.from('\n');

function isAway(error: unknown): error is CommandError {
  return error instanceof CommandError && error.code === 'service-unreachable';
}

/** The lines that a problem names, with the reason. */
function badLines(part: readonly OutgoingLine[], problem: Problem): Rejection[] {
  return (problem.lines ?? []).flatMap(({ line, code, field, detail }) => {
    const named = part[line - 1];
    return named === undefined ? [] : [{ line: named.number, code, field, detail, text: named.text }];
  });
}

function rejection({ number, text }: OutgoingLine, { code, detail }: Problem): Rejection {
  return { line: number, code, field: null, detail, text };
}
