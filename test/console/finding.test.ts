import { keyboardJourneys } from './journeys/keyboard.ts';
import { listJourneys } from './journeys/lists.ts';
import { lifeJourneys } from './journeys/lives.ts';
import { searchJourneys } from './journeys/search.ts';
import { strangerJourneys } from './journeys/strangers.ts';
import { runJourneys } from './support/run.ts';

/** Finding one among many, what became of it, and what nobody may find. */
await runJourneys([lifeJourneys, listJourneys, searchJourneys, strangerJourneys, keyboardJourneys]);
