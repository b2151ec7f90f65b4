import type { TroublePolicy } from '../domain/health.ts';
import { describePolicy } from '../domain/health.ts';
import type { SigningKey } from '../soap/security/signing-key.ts';
import { activityRoutes } from './routes/activity.ts';
import { entityHealthRoutes } from './routes/entity-health.ts';
import { entityHistoryRoutes } from './routes/entity-history.ts';
import { evidenceRoutes } from './routes/evidence.ts';
import { exportRoutes } from './routes/exports.ts';
import { liveRoutes } from './routes/live.ts';
import { nowRoutes } from './routes/now.ts';
import { searchRoutes } from './routes/search.ts';
import { settingsRoutes, type ShownSettings } from './routes/settings.ts';
import { storyRoutes } from './routes/stories.ts';
import type { LiveStreams } from './live/streams.ts';
import type { AddRoutes } from './types.ts';

/** What the calls are made with by which people look at things, besides what all calls get. */
export interface LookingParts {
  /** Whether the queue answers now. */
  readonly isQueueThere: () => Promise<boolean>;
  readonly streams: LiveStreams;
  readonly shown: ShownSettings;
  /** Signs evidence; null where the service has none. */
  readonly serviceKey: SigningKey | null;
}

/** The calls by which people look at things: whether all goes out, what became of something, and what to take along. */
export function lookingRoutes(parts: LookingParts, trouble: TroublePolicy): AddRoutes[] {
  return [
    nowRoutes(parts.isQueueThere, describePolicy(trouble).warnAfter),
    activityRoutes,
    liveRoutes(parts.streams),
    storyRoutes,
    searchRoutes,
    exportRoutes(),
    evidenceRoutes(parts.serviceKey),
    entityHealthRoutes,
    entityHistoryRoutes,
    settingsRoutes(parts.shown),
  ];
}
