import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { addAbortSignal, type Readable } from 'node:stream';
import type { Command } from 'commander';
import { CommandError } from '../../domain/errors.ts';
import { clientOf, wholeNumber, withService, type ServiceFlags } from '../options.ts';
import { Progress } from '../progress.ts';
import { unreadable } from '../read-whole.ts';
import { INTERRUPTED, onStopSignal } from '../signals.ts';
import { print, printJson } from '../terminal.ts';
import { batchLines, type Batch } from './batches.ts';
import { readLines } from './lines.ts';
import { describeImport, type ImportState } from './progress.ts';
import { RejectedFile, type Rejection } from './rejected-file.ts';
import { createBatchSender, RETRY_DELAYS_MS } from './send-batch.ts';

interface ImportFlags extends ServiceFlags {
  readonly batch: number;
}

/** The most lines that one request may have. */
const MAX_BATCH_LINES = 1_000;
/** Bytes of one request: the service takes 10 MB. */
const MAX_BATCH_BYTES = 8_000_000;

/** Adds `import`. */
export function addImport(program: Command): void {
  const command = program
    .command('import <file>')
    .description(
      'send the state changes of FILE, one JSON object a line, to a running service; - is standard input',
    )
    .option('--batch <n>', 'lines of one request', wholeNumber(1, MAX_BATCH_LINES), MAX_BATCH_LINES);
  withService(command, 'print one JSON object at the end: {"lines","accepted","duplicates","rejected",…}')
    .addHelpText(
      'after',
      `
Lines that the service does not take are written to FILE.rejected.ndjson with their reason; the rest goes in.
Correct them there, in "change", and import that file. It is safe to interrupt and to repeat: what was taken
before is answered as a duplicate. The exit code is 0 only if no line was rejected.

Examples:
  $ enotum-callbacks import changes.ndjson
  $ zcat changes.ndjson.gz | enotum-callbacks import - --json`,
    )
    .action(importFile);
}

async function importFile(file: string, flags: ImportFlags): Promise<void> {
  const client = clientOf(flags);
  const name = file === '-' ? 'standard input' : file;
  const size = await sizeOf(file);
  const progress = new Progress(process.stderr);
  const rejected = new RejectedFile(`${file === '-' ? 'stdin' : file}.rejected.ndjson`);
  const interruption = new AbortController();
  const ignoreSignals = onStopSignal(() => interruption.abort());
  const { signal } = interruption;
  const sendBatch = createBatchSender(client, {
    retryDelaysMs: RETRY_DELAYS_MS,
    onRetry: (reason, ms) =>
      progress.note(`The service is away (${reason}): trying again in ${ms / 1_000} s`),
    signal,
  });

  let state: ImportState = { line: 0, lines: 0, accepted: 0, duplicates: 0, rejected: 0, bytes: 0 };
  let failure: unknown = null;
  try {
    const limits = { maxLines: flags.batch, maxBytes: MAX_BATCH_BYTES };
    const lines = readLines(openInput(file, signal), MAX_BATCH_BYTES - 1);
    for await (const batch of batchLines(lines, limits)) {
      const result = await sendBatch(batch.lines);
      const rejections = [...rejectTooLong(batch), ...result.rejections];
      await rejected.write(rejections);
      state = {
        line: batch.lastLine,
        lines: state.lines + batch.lines.length + batch.tooLong.length,
        accepted: state.accepted + result.accepted,
        duplicates: state.duplicates + result.duplicates,
        rejected: rejected.count,
        bytes: batch.end,
      };
      const reached = state;
      progress.update((elapsedMs) => describeImport(reached, size, elapsedMs));
    }
  } catch (error) {
    failure = error;
  }
  progress.end();
  ignoreSignals();
  await rejected.finish(failure === null);

  const { line, lines, accepted, duplicates } = state;
  const rejectedFile = rejected.count > 0 ? rejected.path : null;
  const interrupted = failure !== null && signal.aborted;
  if (flags.json) {
    printJson({
      lines,
      accepted,
      duplicates,
      rejected: rejected.count,
      rejectedFile,
      complete: failure === null,
    });
  } else {
    const kept = rejectedFile === null ? '' : `, kept in ${rejectedFile}`;
    print(
      `${interrupted ? 'Interrupted' : failure === null ? 'Imported' : 'Stopped'}: ${lines} lines of ${name}: ` +
        `${accepted} accepted, ${duplicates} duplicates, ${rejected.count} rejected${kept}`,
    );
    if (failure !== null) {
      print(
        `All lines up to ${line} are done. Repeat the import: what was taken is answered as a duplicate.`,
      );
    }
  }
  if (interrupted) process.exitCode = INTERRUPTED;
  else if (failure !== null) throw failure;
  else if (rejectedFile !== null) {
    throw new CommandError('lines-rejected', `${rejected.count} of ${lines} lines are in ${rejectedFile}`);
  }
}

async function sizeOf(file: string): Promise<number | null> {
  if (file === '-') return null;
  try {
    const found = await stat(file);
    return found.isFile() ? found.size : null;
  } catch (error) {
    throw unreadable(file, error);
  }
}

async function* openInput(file: string, signal: AbortSignal): AsyncGenerator<Buffer, void, void> {
  const stream: Readable = addAbortSignal(signal, file === '-' ? process.stdin : createReadStream(file));
  try {
    for await (const chunk of stream) yield Buffer.from(chunk);
  } catch (error) {
    signal.throwIfAborted();
    throw unreadable(file, error);
  }
}

function rejectTooLong({ tooLong }: Batch): Rejection[] {
  return tooLong.map(({ number, text }) => ({
    line: number,
    code: 'too-large',
    field: null,
    detail: `has more than ${MAX_BATCH_BYTES} bytes; only its beginning is kept here`,
    text,
  }));
}
