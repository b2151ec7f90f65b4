import { readdir, readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';

const FOLDER = new URL('../../src/console/styles/', import.meta.url);

/** Styles are one room for all pages: a name that two files give to different things changes both. */
it('give each name to one thing: a class is styled in one file', async () => {
  const homes = new Map<string, Set<string>>();
  for (const file of (await readdir(FOLDER)).filter(
    (name) => name.endsWith('.css') && name !== 'print.css',
  )) {
    const text = await readFile(new URL(file, FOLDER), 'utf8');
    for (const [, name] of text.matchAll(/^\.([a-z][a-z0-9-]*)(?= \{|,$)/gm)) {
      if (name !== undefined) homes.set(name, (homes.get(name) ?? new Set()).add(file));
    }
  }
  expect(homes.size).toBeGreaterThan(100);
  const shared = [...homes]
    .filter(([, files]) => files.size > 1)
    .map(([name, files]) => `${name}: ${[...files].join(', ')}`);
  expect(shared).toEqual([]);
});
