import { Gauge, type Registry } from 'prom-client';
import type { Trouble } from '../store/troubled-endpoints.ts';
import { createRefreshed, type Refreshed } from './refreshed.ts';

/** How long what was read is shown again, in milliseconds. */
const MAX_AGE_MS = 5_000;

/** The gauges of endpoints and servers in trouble: numbers alone, whose they are is asked of the API. */
export function troubleGauges(registry: Registry, read: () => Promise<Trouble>): Refreshed {
  const registers = [registry];
  const failing = new Gauge({
    name: 'enotum_endpoints_failing',
    help: 'Endpoints of which no attempt was acknowledged since their last failure',
    registers,
  });
  const suspended = new Gauge({
    name: 'enotum_endpoints_suspended',
    help: 'Endpoints whose deliveries the service holds back, after failures only',
    registers,
  });
  const probed = new Gauge({
    name: 'enotum_origins_probed',
    help: 'Servers whose window is at one: they are only probed',
    registers,
  });
  const notices = new Gauge({
    name: 'enotum_event_notices_pending',
    help: 'Operational events that wait to be sent, by channel',
    labelNames: ['channel'],
    registers,
  });
  return createRefreshed({
    maxAgeMs: MAX_AGE_MS,
    read,
    // A gauge without labels is 0 from the start; only removed it is absent.
    forget() {
      for (const gauge of [failing, suspended, probed]) gauge.remove();
      notices.reset();
    },
    show(trouble) {
      failing.set(trouble.failing);
      suspended.set(trouble.suspended);
      probed.set(trouble.probedOrigins);
      notices.reset();
      for (const channel of ['webhook', 'mail']) notices.set({ channel }, 0);
      for (const { channel, pending } of trouble.notices) notices.set({ channel }, pending);
    },
  });
}
