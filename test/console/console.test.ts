import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { auditJourneys } from './journeys/audit.ts';
import { componentJourneys } from './journeys/components.ts';
import { connectionJourneys } from './journeys/connection.ts';
import { entityJourneys } from './journeys/entities.ts';
import { entityPageJourneys } from './journeys/entity.ts';
import { guideJourneys } from './journeys/guide.ts';
import { identityJourneys } from './journeys/identity.ts';
import { integratorJourneys } from './journeys/integrators.ts';
import { keyJourneys } from './journeys/keys.ts';
import { lifeJourneys } from './journeys/lives.ts';
import { listJourneys } from './journeys/lists.ts';
import { nowJourneys } from './journeys/now.ts';
import { outageJourneys } from './journeys/outage.ts';
import { resendJourneys } from './journeys/resends.ts';
import { searchJourneys } from './journeys/search.ts';
import { sessionJourneys } from './journeys/session.ts';
import { settingsJourneys } from './journeys/settings.ts';
import { shellJourneys } from './journeys/shell.ts';
import { strangerJourneys } from './journeys/strangers.ts';
import { startChromium } from './support/chromium.ts';
import { openStage, type Stage } from './support/stage.ts';

/** Each area’s. */
const JOURNEYS = [
  sessionJourneys,
  identityJourneys,
  shellJourneys,
  connectionJourneys,
  nowJourneys,
  outageJourneys,
  searchJourneys,
  listJourneys,
  resendJourneys,
  lifeJourneys,
  entityJourneys,
  entityPageJourneys,
  guideJourneys,
  keyJourneys,
  auditJourneys,
  settingsJourneys,
  integratorJourneys,
  strangerJourneys,
  componentJourneys,
];

/**
 * All journeys through the console: one file, so that one service and one browser serve them all. An area’s journeys
 * are in a file of their own in `journeys`; `-t entities` runs those alone.
 */
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
  afterEach(async () => stage?.clear());
  afterAll(async () => stage?.close());

  for (const journeys of JOURNEYS) {
    journeys(theStage);
  }
});
