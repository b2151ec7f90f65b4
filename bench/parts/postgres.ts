import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { startPostgres, type EmbeddedPostgres } from '../../src/embedded/postgres.ts';
import { answerCalls } from './channel.ts';

/** PostgreSQL as the service embeds it: fsync and synchronous_commit on. */

const Open = Compile(Type.Object({ folder: Type.String() }));

let server: EmbeddedPostgres | null = null;

answerCalls(
  {
    /** Starts the server in a folder; answers its database's URL. */
    async open(input) {
      server = await startPostgres(Open.Parse(input).folder);
      return server.url;
    },
  },
  async () => server?.stop(),
);
