import { DatabaseError } from 'pg';
import { pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';
import { CommandError } from './domain/errors.ts';

/** How much is logged, by LOG_LEVEL; `silent` is nothing. */
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** How deep the causes of an error are told. */
const MAX_CAUSES = 5;

/**
 * Reads LOG_LEVEL; `info` where it is absent or empty.
 *
 * @throws CommandError `invalid-setting`
 */
export function readLogLevel(env: Readonly<Record<string, string | undefined>>): LogLevel {
  const name = (env.LOG_LEVEL ?? '').trim().toLowerCase() || 'info';
  const level = LOG_LEVELS.find((known) => known === name);
  if (level === undefined) {
    throw new CommandError('invalid-setting', `LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}`);
  }
  return level;
}

/**
 * Makes the service's logger: one JSON object a line, `level` by name, `time` in ISO 8601, and errors without
 * what may be personal.
 *
 * @param destination where lines go; standard output where absent, written at once so that none is lost
 */
export function createLogger(level: LogLevel, destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describeError, error: describeError },
      hooks: {
        // pino takes the message of an error that comes alone for the line's own: it may quote personal data.
        logMethod(args, method) {
          const [first, message] = args;
          const isAlone = typeof first === 'object' && message === undefined;
          method.apply(this, isAlone && isError(first) ? [{ err: first }, 'failed'] : args);
        },
      },
    },
    destination ?? pino.destination({ fd: 1, sync: true }),
  );
}

/**
 * An error for the log: its name, code, message, causes and the places in the code. PostgreSQL's messages and
 * details quote values, and so do those of JSON.parse: of these only what names parts of our own.
 */
function describeError(error: unknown): unknown {
  return describe(error, MAX_CAUSES);
}

function describe(error: unknown, causes: number): unknown {
  if (!isError(error)) return error;
  return {
    name: error.name,
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    ...messageOf(error),
    stack: framesOf(error),
    ...(error instanceof AggregateError && causes > 0
      ? { errors: error.errors.map((part) => describe(part, 0)) }
      : {}),
    ...(error.cause === undefined || causes === 0 ? {} : { cause: describe(error.cause, causes - 1) }),
  };
}

function messageOf(error: Error): Record<string, string | undefined> {
  if (error instanceof DatabaseError) {
    const { constraint, schema, table, column, routine } = error;
    return { constraint, schema, table, column, routine };
  }
  return error instanceof SyntaxError ? {} : { message: error.message };
}

function framesOf(error: Error): string[] {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim());
}

function isError(value: unknown): value is Error {
  return value instanceof Error;
}
