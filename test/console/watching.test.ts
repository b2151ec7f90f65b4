import { auditJourneys } from './journeys/audit.ts';
import { connectionJourneys } from './journeys/connection.ts';
import { identityJourneys } from './journeys/identity.ts';
import { nowJourneys } from './journeys/now.ts';
import { openSessionJourneys } from './journeys/open-sessions.ts';
import { outageJourneys } from './journeys/outage.ts';
import { sessionJourneys } from './journeys/session.ts';
import { settingsJourneys } from './journeys/settings.ts';
import { shellJourneys } from './journeys/shell.ts';
import { signInAgainJourneys } from './journeys/sign-in-again.ts';
import { runJourneys } from './support/run.ts';

/** Coming in, seeing whether all goes out, and what the service knows of itself and of its readers. */
await runJourneys([
  sessionJourneys,
  identityJourneys,
  openSessionJourneys,
  signInAgainJourneys,
  shellJourneys,
  connectionJourneys,
  nowJourneys,
  outageJourneys,
  auditJourneys,
  settingsJourneys,
]);
