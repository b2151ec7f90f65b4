import { setTimeout as delay } from 'node:timers/promises';
import { canMount, mountSmallDisk } from '../../support/small-disk.ts';
import { noteLastWish } from '../parts/leftovers.ts';
import { killPostgres } from '../parts/postgres-process.ts';
import { isReady } from '../parts/service-process.ts';
import { BrokenPromise } from '../parts/trial.ts';
import type { Scenario } from './scenario.ts';

/** Room for the database and its log, until the disk is filled. */
const DISK_MB = 400;
/** How long there is no room: PostgreSQL itself ends meanwhile, where its log cannot grow, and is started again. */
const FULL_MS = 8_000;
/** The longest until that is told, in milliseconds. */
const TOLD_MS = 5_000;

/** The disk with the embedded PostgreSQL, its log included, is full for a while. */
export const diskFull: Scenario = {
  name: 'disk-full',
  async run(trial) {
    if (!canMount) {
      trial.say('SKIPPED: only root on Linux may mount a small disk');
      return;
    }
    const disk = await mountSmallDisk(DISK_MB, {
      uid: process.getuid?.() ?? 0,
      gid: process.getgid?.() ?? 0,
    });
    const forget = noteLastWish(() => killPostgres(disk.folder));
    trial.atEnd(async () => {
      killPostgres(disk.folder);
      forget();
      await disk.remove();
    });
    const service = trial.start({ DATA_DIR: disk.folder });
    await trial.untilFirstReady(service);
    await trial.beginLoad();
    await delay(trial.random.between(1_500, 3_000));

    await disk.fill();
    const from = performance.now();
    while (await isReady(service.url() ?? '')) {
      if (performance.now() - from > TOLD_MS)
        throw new BrokenPromise('/health/ready is true though the disk is full');
      await delay(50);
    }
    await delay(FULL_MS);
    await disk.free();
    await trial.untilReadyAgain(service);

    await delay(1_000);
    await trial.settle();
  },
};
