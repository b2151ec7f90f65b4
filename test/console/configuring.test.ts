import { componentJourneys } from './journeys/components.ts';
import { entityJourneys } from './journeys/entities.ts';
import { entityPageJourneys } from './journeys/entity.ts';
import { guideJourneys } from './journeys/guide.ts';
import { integratorJourneys } from './journeys/integrators.ts';
import { keyJourneys } from './journeys/keys.ts';
import { resendJourneys } from './journeys/resends.ts';
import { runJourneys } from './support/run.ts';

/** What is configured and by whom, and what is done with many at once. */
await runJourneys([
  resendJourneys,
  entityJourneys,
  entityPageJourneys,
  guideJourneys,
  keyJourneys,
  integratorJourneys,
  componentJourneys,
]);
