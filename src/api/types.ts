import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { TlsOptions } from 'node:tls';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { Intake } from '../delivery/ports.ts';
import type { RetrySchedule } from '../domain/retry-policy.ts';
import type { OidcSettings } from '../oidc-settings.ts';
import type { Database } from '../store/database.ts';
import type { Sealer } from '../store/secrets.ts';
import type { Keyring } from './auth/keyring.ts';
import type { Sessions } from './auth/sessions.ts';
import type { ConsoleFiles } from './console/files.ts';

/** The Fastify instance that routes are added to: schemas give types, validation and OpenAPI at once. */
export type ApiApp = FastifyInstance<
  Server,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

/** What the routes work with; made in compose.ts. */
export interface ApiDependencies {
  readonly db: Database;
  readonly intake: Intake;
  readonly sealer: Sealer;
  readonly keyring: Keyring;
  readonly sessions: Sessions;
  /** How people sign in to the console by a provider of identity; null: by keys and links alone. */
  readonly oidc: OidcSettings | null;
  /** The web console as it was built; null: it was not, and none is served. */
  readonly console: ConsoleFiles | null;
  /** The service's schedule, for entities without their own. */
  readonly retrySchedule: RetrySchedule;
  /** Tells the relay that deliveries of these origins (row ids) may have become due. */
  readonly wake: (origins: readonly string[]) => void;
  /** Where unexpected failures are told, without personal data. */
  readonly logger: FastifyBaseLogger;
  /** Addresses of proxies, as single ones or networks in CIDR, whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
  /** How it listens over HTTPS; null: over HTTP. */
  readonly tls: TlsOptions | null;
  /** The program's version, for OpenAPI. */
  readonly version: string;
}

/** Adds the calls of one resource. */
export type AddRoutes = (app: ApiApp, deps: ApiDependencies) => void;
