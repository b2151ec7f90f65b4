import { CommanderError } from 'commander';
import { COMMAND_ERRORS, CommandError } from '../domain/errors.ts';
import { oneLine, paintFor, tell } from './terminal.ts';

/** What ended a command, as it is told. */
interface Failure {
  readonly code: string;
  readonly detail: string;
  readonly advice: string;
  /** 1; 2 where the command was used wrongly. */
  readonly exitCode: number;
}

/** Tells on standard error, in one line, why a command ended, and what to do; answers the exit code. */
export function reportFailure(error: unknown, json: boolean): number {
  const { exitCode, ...failure } = describeFailure(error);
  if (json) {
    tell(JSON.stringify({ error: failure }));
  } else {
    const paint = paintFor(process.stderr);
    tell(`${paint('red', `error ${failure.code}:`)} ${sentence(failure.detail)} ${failure.advice}`);
  }
  return exitCode;
}

function describeFailure(error: unknown): Failure {
  if (error instanceof CommandError) {
    const { code, message } = error;
    const exitCode = code === 'usage' ? 2 : 1;
    return { code, detail: oneLine(message), advice: COMMAND_ERRORS[code].advice, exitCode };
  }
  if (error instanceof CommanderError) {
    // Without a command, commander would show the whole help.
    const isHelp = error.code === 'commander.help';
    const detail = isHelp ? 'a command is needed' : oneLine(error.message.replace(/^error: /, ''));
    return { code: 'usage', detail, advice: COMMAND_ERRORS.usage.advice, exitCode: 2 };
  }
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { code: 'internal', detail: oneLine(detail), advice: COMMAND_ERRORS.internal.advice, exitCode: 1 };
}

function sentence(text: string): string {
  return /[.!?)]$/.test(text) ? text : `${text}.`;
}
