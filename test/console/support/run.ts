import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { startChromium } from './chromium.ts';
import { openStage, type Stage } from './stage.ts';

/**
 * Runs the journeys of areas: one service and one browser serve all of a file. There are three files even for two
 * cores, since a browser and its service now and then wait for each other.
 */
export async function runJourneys(areas: readonly ((stage: () => Stage) => void)[]): Promise<void> {
  const chromium = await startChromium();
  let stage: Stage | null = null;
  const theStage = (): Stage => {
    if (stage === null) throw new Error('the stage is not set');
    return stage;
  };
  describe.skipIf(chromium === null)('the console', () => {
    beforeAll(async () => {
      if (chromium !== null) stage = await openStage(chromium);
    });
    afterEach(async ({ task }) => stage?.clear(task.result?.state === 'fail'));
    afterAll(async () => stage?.close());
    for (const journeys of areas) journeys(theStage);
  });
}
