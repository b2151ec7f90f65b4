import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres, type EmbeddedPostgres } from '../../src/embedded/postgres.ts';
import { answerCalls } from './channel.ts';

/** PostgreSQL as the service embeds it, fsync and synchronous_commit on, in a folder that goes with it. */

let folder: string | null = null;
let server: EmbeddedPostgres | null = null;

answerCalls(
  {
    /** Starts the server; answers its database's URL. */
    async open() {
      // On a disk, not in memory: fsync is a part of what is measured.
      folder = await mkdtemp(join(tmpdir(), 'enotum-bench-'));
      server = await startPostgres(folder);
      return server.url;
    },
  },
  async () => {
    await server?.stop();
    if (folder !== null) await rm(folder, { recursive: true, force: true });
  },
);
