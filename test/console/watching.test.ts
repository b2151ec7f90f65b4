import { connectionJourneys } from './journeys/connection.ts';
import { identityJourneys } from './journeys/identity.ts';
import { lifeJourneys } from './journeys/lives.ts';
import { listJourneys } from './journeys/lists.ts';
import { nowJourneys } from './journeys/now.ts';
import { outageJourneys } from './journeys/outage.ts';
import { searchJourneys } from './journeys/search.ts';
import { sessionJourneys } from './journeys/session.ts';
import { shellJourneys } from './journeys/shell.ts';
import { runJourneys } from './support/run.ts';

/** Coming in, and seeing what goes out and what became of it. */
await runJourneys([
  sessionJourneys,
  identityJourneys,
  shellJourneys,
  connectionJourneys,
  nowJourneys,
  outageJourneys,
  searchJourneys,
  listJourneys,
  lifeJourneys,
]);
