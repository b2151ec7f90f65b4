import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, type QueryResultRow } from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../test/support/folder.ts';
import { startPostgres, type EmbeddedPostgres, type EmbeddedPostgresOptions } from './postgres.ts';

const HOLDER = fileURLToPath(new URL('../../test/support/hold-postgres.ts', import.meta.url));

/** All that may lie in DATA_DIR: no password and no half of a cluster elsewhere. */
const FILES = ['postgres', 'postgres-password', 'postgres.log'];

async function start(dataDir: string, options?: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const server = await startPostgres(dataDir, options);
  onTestFinished(() => server.stop());
  return server;
}

async function query<Row extends QueryResultRow>(url: string, text: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

/** Makes files in a folder, and the folder where it is gone, as fast as they come. */
async function fill(folder: string, signal: AbortSignal): Promise<void> {
  for (let number = 0; !signal.aborted; number += 1) {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, String(number)), '').catch(() => undefined);
  }
}

async function startTime(url: string): Promise<string | undefined> {
  const [row] = await query<{ at: string }>(url, 'select pg_postmaster_start_time()::text as at');
  return row?.at;
}

async function postmasterPid(dataDir: string): Promise<number> {
  return Number((await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);
}

/** Starts another process that owns the directory; resolves with it and its server's URL. */
async function startHolder(dataDir: string): Promise<{ holder: ChildProcess; url: string }> {
  const holder = spawn(process.execPath, ['--import', 'tsx', HOLDER, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void holder.kill('SIGKILL'));
  const [line]: unknown[] = await once(holder.stdout, 'data');
  return { holder, url: String(line).trim() };
}

describe('an embedded PostgreSQL', () => {
  let dataDir: string;

  beforeAll(async () => {
    dataDir = join(await temporaryFolder(), 'of', 'service');
    if (process.getuid?.() === 0) await chmod(join(dataDir, '..', '..'), 0o755);
    const server = await startPostgres(dataDir);
    expect(server.isFresh).toBe(true);
    await server.stop();
  });

  afterAll(async () => {
    await rm(join(dataDir, '..', '..'), { recursive: true, force: true });
  });

  it('keeps what was written across a restart', async () => {
    const first = await startPostgres(dataDir);
    await query(first.url, 'create table kept as select 7 as n');
    await first.stop();
    const second = await start(dataDir);
    expect(second.isFresh).toBe(false);
    expect(await query(second.url, 'select n from kept')).toEqual([{ n: 7 }]);
    expect((await readdir(dataDir)).sort()).toEqual(FILES);
  });

  it('is stopped once its own server has ended, though another process starts one at that moment', async () => {
    const first = await startPostgres(dataDir);
    const [, second] = await Promise.all([first.stop(), start(dataDir)]);
    expect(await query(second.url, 'select 1 as n')).toEqual([{ n: 1 }]);
  });

  it('is started beside the unfinished half of a cluster that is still being filled', async () => {
    const unfinished = join(dataDir, 'postgres.new-other', 'base');
    await mkdir(unfinished, { recursive: true });
    const filling = new AbortController();
    const filled = fill(unfinished, filling.signal);
    const server = await start(dataDir);
    filling.abort();
    await filled;
    expect(await query(server.url, 'select 1 as n')).toEqual([{ n: 1 }]);
    await server.stop();
    // The next owner finds it left alone.
    await start(dataDir);
    expect((await readdir(dataDir)).sort()).toEqual(FILES);
  });

  it('loses nothing by its settings, speaks UTF-8 and UTC, and listens on loopback alone', async () => {
    const { url } = await start(dataDir);
    const [settings] = await query(
      url,
      `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
        current_setting('server_encoding') as encoding, current_setting('timezone') as zone,
        current_setting('listen_addresses') as addresses, current_setting('password_encryption') as password,
        current_setting('unix_socket_directories') as sockets`,
    );
    expect(settings).toEqual({
      fsync: 'on',
      commit: 'on',
      encoding: 'UTF8',
      zone: 'UTC',
      addresses: '127.0.0.1',
      password: 'scram-sha-256',
      sockets: '',
    });
  });

  it('lets nobody in without the password, which only its owner can read', async () => {
    const { url } = await start(dataDir);
    const other = new URL(url);
    other.password = 'guessed';
    await expect(query(other.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
    expect((await stat(join(dataDir, 'postgres-password'))).mode & 0o777).toBe(0o600);
  });

  it('is refused to a second owner, at once, and goes on for the first', async () => {
    const first = await start(dataDir);
    const begun = performance.now();
    await expect(startPostgres(dataDir)).rejects.toMatchObject({ code: 'data-dir-in-use' });
    expect(performance.now() - begun).toBeLessThan(3_000);
    expect(await query(first.url, 'select 1 as n')).toEqual([{ n: 1 }]);
  });

  it('is adopted after its owner was killed', async () => {
    const { holder, url } = await startHolder(dataDir);
    await expect(startPostgres(dataDir)).rejects.toMatchObject({ code: 'data-dir-in-use' });
    const before = await startTime(url);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    const server = await start(dataDir);
    expect(server.url).toBe(url);
    expect(await startTime(server.url)).toBe(before);
  });

  it('ends with an adopter as with the one that started it', async () => {
    const { holder, url } = await startHolder(dataDir);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    const server = await startPostgres(dataDir);
    await server.stop();
    await expect(query(url, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('comes back at the same address after it was killed', async () => {
    const server = await start(dataDir);
    const recovered = server.nextRecovery();
    process.kill(await postmasterPid(dataDir), 'SIGKILL');
    await recovered;
    expect(await query(server.url, 'select 1 as n')).toEqual([{ n: 1 }]);
    await expect(startPostgres(dataDir)).rejects.toMatchObject({ code: 'data-dir-in-use' });
  });

  it('is owned again, without a restart, when only the connection of the lock was lost', async () => {
    const server = await start(dataDir);
    const before = await startTime(server.url);
    const recovered = server.nextRecovery();
    await query(
      server.url,
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'enotum-callbacks owner'`,
    );
    await recovered;
    expect(await startTime(server.url)).toBe(before);
    await expect(startPostgres(dataDir)).rejects.toMatchObject({ code: 'data-dir-in-use' });
  });

  it.each(['of nobody', 'that is now another program’s'])(
    'starts over a stale postmaster.pid with a number %s',
    async (whose) => {
      const { uid, gid } = await stat(join(dataDir, 'postgres'));
      const other = spawn('sleep', ['60'], { uid, gid, stdio: 'ignore' });
      await once(other, 'spawn');
      if (whose === 'of nobody') {
        other.kill();
        await once(other, 'exit');
      }
      onTestFinished(() => void other.kill());
      await writeFile(
        join(dataDir, 'postgres', 'postmaster.pid'),
        [other.pid, join(dataDir, 'postgres'), 1_700_000_000, 1, '', '127.0.0.1', '', 'ready', ''].join('\n'),
      );
      const server = await start(dataDir);
      expect(await query(server.url, 'select 1 as n')).toEqual([{ n: 1 }]);
    },
  );

  it('says what its own log says when it cannot start', async () => {
    await expect(startPostgres(dataDir, { settings: { shared_buffers: 'plenty' } })).rejects.toMatchObject({
      code: 'embedded-start-failed',
      message: expect.stringContaining('shared_buffers'),
    });
    expect((await readdir(dataDir)).sort()).toEqual(FILES);
  });

  it('begins its log anew once that is over 10 MB', async () => {
    await appendFile(join(dataDir, 'postgres.log'), Buffer.alloc(10_000_001, 'x'));
    await start(dataDir);
    expect((await stat(join(dataDir, 'postgres.log'))).size).toBeLessThan(100_000);
  });

  it('refuses the directory of another major version', async () => {
    const version = join(dataDir, 'postgres', 'PG_VERSION');
    const own = await readFile(version, 'utf8');
    onTestFinished(() => writeFile(version, own));
    await writeFile(version, '17\n');
    await expect(startPostgres(dataDir)).rejects.toMatchObject({ code: 'data-dir-version' });
  });
});

it('has one owner when two start at once in an empty directory', async () => {
  const folder = await temporaryFolder();
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const results = await Promise.allSettled([startPostgres(folder), startPostgres(folder)]);
  const owners = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  await Promise.all(owners.map((owner) => owner.stop()));
  expect(owners).toHaveLength(1);
  expect(results.find((result) => result.status === 'rejected')?.reason).toMatchObject({
    code: 'data-dir-in-use',
  });
  expect((await readdir(folder)).sort()).toEqual(FILES);
});

it.runIf(process.getuid?.() === 0)('names the folder that its user may not pass through', async () => {
  const folder = await temporaryFolder();
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, 'data'));
  await expect(startPostgres(join(folder, 'data'))).rejects.toMatchObject({
    code: 'data-dir-unreachable',
    message: expect.stringMatching(`${folder}$`),
  });
});
