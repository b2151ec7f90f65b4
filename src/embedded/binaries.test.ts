import { chmod, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { findBinaries, packageRoot } from './binaries.ts';
import { postgresUser } from './server-user.ts';

it.runIf(process.getuid?.() === 0)(
  'copies the programs where PostgreSQL’s user cannot reach them, once',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'enotum-programs-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    // Only root passes through `hidden`, as through /root.
    await mkdir(join(folder, 'hidden'), { mode: 0o700 });
    await mkdir(join(folder, 'data'));
    await symlink(packageRoot(), join(folder, 'hidden', 'package'));
    // What mkdtemp made is root's alone too.
    await chmod(folder, 0o711);

    const user = await postgresUser();
    const found = await findBinaries(join(folder, 'data'), user, join(folder, 'hidden', 'package'));
    expect(found.postgres).toMatch(join(folder, 'data'));
    expect(found.majorVersion).toMatch(/^\d+$/);
    expect(await findBinaries(join(folder, 'data'), user, join(folder, 'hidden', 'package'))).toEqual(found);
    expect(await readdir(join(folder, 'data'))).toHaveLength(1);
  },
);
