import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../../test/support/folder.ts';
import { readBasic } from './basic.ts';

describe('HTTP Basic for a check', () => {
  it('is read from the environment, or from a file', async () => {
    const expected = { type: 'basic', username: 'usuari', password: 'con:tra senya' };
    expect(await readBasic('env:SECRET', { SECRET: 'usuari:con:tra senya' })).toEqual(expected);
    const folder = await temporaryFolder();
    onTestFinished(async () => rm(folder, { recursive: true }));
    const file = join(folder, 'secret');
    await writeFile(file, 'usuari:con:tra senya\r\n');
    expect(await readBasic(`file:${file}`, {})).toEqual(expected);
    await expect(readBasic(`file:${folder}/none`, {})).rejects.toMatchObject({ code: 'file-unreadable' });
  });

  it.each(['usuari:contrasenya', 'env:', 'env:NONE', 'env:EMPTY', 'env:ONE', 'env:LINES'])(
    'is refused where it is none, and never quoted: %s',
    async (source) => {
      const env = { EMPTY: '', ONE: 'contrasenya', LINES: 'usuari:contrasenya\nusuari:altra' };
      const refused = readBasic(source, env);
      await expect(refused).rejects.toMatchObject({ code: 'usage' });
      await expect(refused).rejects.not.toThrow(/contrasenya/);
    },
  );
});
