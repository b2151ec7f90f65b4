import { writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import { pino } from 'pino';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Service } from '../../src/compose.ts';
import { answerCalls, cpuMicros } from './channel.ts';

/** The service as it is built, all roles in one process; nothing is added but a count of what it recorded. */

/** How often the profiler looks, in microseconds. */
const PROFILE_INTERVAL_MICROS = 200;

const Open = Compile(Type.Object({ dist: Type.String() }));
const Until = Compile(Type.Object({ acknowledged: Type.Integer() }));
const File = Compile(Type.Object({ file: Type.String() }));

let service: Service | null = null;
let session: Session | null = null;
let acknowledged = 0;
let failed = 0;
let waiting: { readonly count: number; readonly resolve: () => void }[] = [];

function count(outcome: string): void {
  if (outcome === 'acknowledged') acknowledged += 1;
  else failed += 1;
  const [first] = waiting;
  if (first === undefined || acknowledged < first.count) return;
  const reached = waiting.filter(({ count: wanted }) => wanted <= acknowledged);
  waiting = waiting.filter(({ count: wanted }) => wanted > acknowledged);
  for (const { resolve } of reached) resolve();
}

answerCalls(
  {
    /** Starts the program that lies in `dist` with the settings of the environment; answers its API's URL. */
    async open(input) {
      const { dist } = Open.Parse(input);
      const compose: typeof import('../../src/compose.ts') = await import(new URL('compose.js', dist).href);
      const config: typeof import('../../src/config.ts') = await import(new URL('config.js', dist).href);
      service = await compose.startService({
        settings: config.readSettings(process.env),
        roles: config.ROLES,
        migrate: true,
        logger: pino({ level: 'warn' }),
        onAttempt: ({ outcome }) => count(outcome),
      });
      return service.url;
    },
    usage: () => ({ cpuMicros: cpuMicros(), rssBytes: process.memoryUsage.rss(), acknowledged, failed }),
    /** Answers once so many deliveries are acknowledged and recorded, since the start. */
    async until(input) {
      const { acknowledged: wanted } = Until.Parse(input);
      if (acknowledged >= wanted) return;
      await new Promise<void>((resolve) => {
        waiting.push({ count: wanted, resolve });
        waiting.sort((a, b) => a.count - b.count);
      });
    },
    async profileStart() {
      session = new Session();
      session.connect();
      await session.post('Profiler.enable');
      await session.post('Profiler.setSamplingInterval', { interval: PROFILE_INTERVAL_MICROS });
      await session.post('Profiler.start');
    },
    /** Writes the profile to a file. */
    async profileStop(input) {
      const { file } = File.Parse(input);
      if (session === null) throw new Error('no profile was started');
      const { profile } = await session.post('Profiler.stop');
      session.disconnect();
      await writeFile(file, JSON.stringify(profile));
    },
  },
  async () => service?.stop(),
);
