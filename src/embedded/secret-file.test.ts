import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { secretFile } from './secret-file.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'enotum-secret-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

it('makes a secret once and reads it again afterwards', async () => {
  const path = join(folder, 'key');
  const made = await secretFile(path, 32);
  expect(made).toHaveLength(32);
  expect(await secretFile(path, 32)).toEqual(made);
  expect(await readFile(path, 'utf8')).toBe(`${made.toString('base64')}\n`);
});

it('is readable for its owner alone', async () => {
  await secretFile(join(folder, 'key'), 32);
  expect((await stat(join(folder, 'key'))).mode & 0o777).toBe(0o600);
});

it('gives all that make it at once the same secret, and leaves nothing else behind', async () => {
  const path = join(folder, 'key');
  const secrets = await Promise.all(Array.from({ length: 8 }, () => secretFile(path, 32)));
  expect(new Set(secrets.map((secret) => secret.toString('hex'))).size).toBe(1);
  expect(await readdir(folder)).toEqual(['key']);
});

it.each([
  ['of another length', Buffer.alloc(16).toString('base64')],
  ['that is no base64', 'not a secret'],
  ['that is empty', ''],
])('refuses a file %s, rather than replace it', async (_, text) => {
  const path = join(folder, 'key');
  await writeFile(path, text);
  await expect(secretFile(path, 32)).rejects.toMatchObject({ code: 'file-unreadable' });
  expect(await readFile(path, 'utf8')).toBe(text);
});

it('says when the folder is missing', async () => {
  await expect(secretFile(join(folder, 'no', 'key'), 32)).rejects.toMatchObject({ code: 'file-unreadable' });
});
