import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { HTTP_ADVICE } from '../../src/domain/advice.ts';
import {
  ATTEMPT_ERRORS,
  CERTIFICATE_WARNINGS,
  COMMAND_ERRORS,
  NOTICE_ERRORS,
  PROBLEMS,
  RECOVER_ERRORS,
  type ErrorDefinition,
} from '../../src/domain/errors.ts';

const document = await readFile(new URL('../../docs/errors.md', import.meta.url), 'utf8');

/** The rows of a section's table, as cells. */
function rowsOf(section: string): string[][] {
  const text = document.split('\n## ').find((part) => part.startsWith(section)) ?? '';
  return text
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

function expected(errors: Readonly<Record<string, ErrorDefinition>>): string[][] {
  return Object.entries(errors).map(([code, { status, advice }]) =>
    status === null ? [`\`${code}\``, advice] : [`\`${code}\``, String(status), advice],
  );
}

const HTTP = Object.fromEntries(
  Object.entries(HTTP_ADVICE).map(([code, { en }]) => [code, { status: null, advice: en }]),
);

describe('docs/errors.md', () => {
  it.each([
    ['Problems of the API', PROBLEMS],
    ['Errors of attempts', ATTEMPT_ERRORS],
    ['HTTP statuses of answers', HTTP],
    ['Errors of RecuperarReport', RECOVER_ERRORS],
    ['Warnings of certificates', CERTIFICATE_WARNINGS],
    ['Errors of notices', NOTICE_ERRORS],
    ['Errors of commands', COMMAND_ERRORS],
  ])('says of %s what the program says', (section, errors) => {
    expect(rowsOf(section)).toEqual(expected(errors));
  });
});
