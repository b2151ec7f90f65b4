/** A process that owns the data directory of its argument until it is killed; writes the URL when it does. */
import { startPostgres } from '../../src/embedded/postgres.ts';

const [dataDir] = process.argv.slice(2);
if (dataDir === undefined) throw new Error('which data directory?');
const server = await startPostgres(dataDir);
process.stdout.write(`${server.url}\n`);
process.on('SIGTERM', () => void server.stop());
