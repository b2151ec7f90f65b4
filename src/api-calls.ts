import { lookingRoutes, type LookingParts } from './api/looking.ts';
import { certificateRoutes } from './api/routes/certificates.ts';
import { communicationRoutes } from './api/routes/communications.ts';
import { auditRoutes } from './api/routes/audit.ts';
import { deliveryRoutes } from './api/routes/deliveries.ts';
import { endpointRoutes } from './api/routes/endpoints.ts';
import { entityRoutes } from './api/routes/entities.ts';
import { entityCheckRoutes } from './api/routes/entity-checks.ts';
import { entityRetryRoutes } from './api/routes/entity-retry.ts';
import { entityTestRoutes } from './api/routes/entity-tests.ts';
import { eventRoutes } from './api/routes/events.ts';
import { keyRoutes } from './api/routes/keys.ts';
import { notificationRoutes } from './api/routes/notifications.ts';
import { pauseRoutes } from './api/routes/pauses.ts';
import { previewRoutes } from './api/routes/previews.ts';
import { resendRoutes } from './api/routes/resends.ts';
import { stateChangeRoutes } from './api/routes/state-changes.ts';
import { recoverRoutes } from './api/soap/routes.ts';
import type { AddRoutes } from './api/types.ts';
import { createAddressCheck } from './delivery/probe/address-check.ts';
import type { ConnectionTests } from './delivery/probe/connection-test.ts';
import type { PreviewSources } from './delivery/probe/preview.ts';
import type { AlertSettings } from './delivery/trouble/desk.ts';
import type { AddressRules } from './domain/address-rules.ts';
import type { Metrics } from './metrics.ts';
import { USER_AGENT } from './version.ts';

/** What calls are made with, besides what all of them get. */
interface CallParts {
  readonly tests: ConnectionTests;
  readonly metrics: Pick<Metrics, 'finished'>;
  readonly alerts: AlertSettings;
  readonly addresses: AddressRules;
  readonly preview: Omit<PreviewSources, 'userAgent'>;
  readonly looking: LookingParts;
}

/** The calls of the API: what the service serves, and what the console's types are made of. */
export function apiRoutes({ tests, metrics, alerts, addresses, preview, looking }: CallParts): AddRoutes[] {
  return [
    stateChangeRoutes,
    entityRoutes,
    pauseRoutes,
    entityRetryRoutes,
    entityCheckRoutes(createAddressCheck(addresses)),
    entityTestRoutes(tests),
    deliveryRoutes(metrics.finished),
    resendRoutes,
    communicationRoutes,
    certificateRoutes,
    endpointRoutes(alerts.policy),
    eventRoutes,
    notificationRoutes,
    previewRoutes({ ...preview, userAgent: USER_AGENT }),
    recoverRoutes,
    keyRoutes,
    auditRoutes,
    ...lookingRoutes(looking, alerts.policy),
  ];
}
