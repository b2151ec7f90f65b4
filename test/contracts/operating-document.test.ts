import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';

const root = new URL('../../', import.meta.url);

/** Made by what applies the migrations (src/store/migrate.ts), not by one of them. */
const MIGRATIONS = 'aoc_nt_migracions';

/** The tables that the migrations make. */
async function tablesMade(): Promise<string[]> {
  const folder = new URL('migrations/', root);
  const files = (await readdir(folder)).filter((name) => name.endsWith('.sql'));
  const texts = await Promise.all(files.map(async (name) => readFile(new URL(name, folder), 'utf8')));
  return texts.flatMap((text) =>
    [...text.matchAll(/^create table nt30\.(\w+)/gm)].map(([, table = '']) => table),
  );
}

describe('docs/operating.md', () => {
  it('says of every table what it holds and what it grows with', async () => {
    const document = await readFile(new URL('docs/operating.md', root), 'utf8');
    const rows = document.split('\n').filter((line) => line.startsWith('| `aoc_nt_'));
    const told = rows.flatMap((row) =>
      [...(row.split(' | ')[0] ?? '').matchAll(/`(\w+)`/g)].map(([, table = '']) => table),
    );
    expect(told.toSorted()).toEqual([...(await tablesMade()), MIGRATIONS].toSorted());
  });
});
