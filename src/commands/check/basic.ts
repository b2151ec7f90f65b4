import type { Authentication } from '../../domain/entity.ts';
import { CommandError } from '../../domain/errors.ts';
import { readWhole } from '../read-whole.ts';

/**
 * Reads `user:password` from where it is kept: a command line is seen by every user of the machine.
 *
 * @param source `env:NAME` or `file:PATH`, `-` for standard input; a file's last line break does not count
 * @throws CommandError `usage`, `file-unreadable`; says nothing of the value
 */
export async function readBasic(
  source: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Authentication> {
  const [, from, name = ''] = /^(env|file):(.+)$/s.exec(source) ?? [];
  if (from === undefined) {
    throw new CommandError(
      'usage',
      '--basic must be env:NAME or file:PATH, where user:password stands; others see what is on a command line',
    );
  }
  const text = from === 'env' ? env[name] : (await readWhole(name)).toString('utf8');
  const [, username, password] =
    /^([^:\p{Cc}]*):([^\p{Cc}]+)$/u.exec((text ?? '').replace(/\r?\n$/, '')) ?? [];
  if (username === undefined || password === undefined) {
    throw new CommandError('usage', `${source} must hold user:password in one line`);
  }
  return { type: 'basic', username, password };
}
