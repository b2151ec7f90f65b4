import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { isAgreed } from './confirm.ts';

async function answered(typed: string, yes = 's'): Promise<boolean> {
  const input = new PassThrough();
  const output = new PassThrough();
  const agreed = isAgreed('Voleu continuar? [s/N] ', yes, input, output);
  input.end(typed);
  expect(await agreed.finally(() => output.end()).then(() => String(output.read()))).toContain('[s/N]');
  return agreed;
}

it('takes for a yes what begins as one, in either case', async () => {
  for (const typed of ['s\n', 'S\n', ' Sí\n', 'si\r\n']) expect(await answered(typed)).toBe(true);
  expect(await answered('yes\n', 'y')).toBe(true);
});

it('takes anything else for a no: another word, an empty line, the end of the input', async () => {
  for (const typed of ['n\n', '\n', 'yes\n', '']) expect(await answered(typed)).toBe(false);
});
