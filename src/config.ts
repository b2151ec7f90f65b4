import { DEFAULT_ALERTS, readAlerts } from './alert-settings.ts';
import type { AlertSettings } from './delivery/trouble/desk.ts';
import {
  DEFAULT_ADDRESS_RULES,
  isNetwork,
  type AddressRules,
  type PortRange,
} from './domain/address-rules.ts';
import { CommandError } from './domain/errors.ts';
import { parseDuration } from './domain/duration.ts';
import { DEFAULT_RETRY_SCHEDULE, parseRetrySchedule, type RetrySchedule } from './domain/retry-policy.ts';
import { readOidc, type OidcSettings } from './oidc-settings.ts';

/** The parts that one process may run; all by default. */
export const ROLES = ['api', 'relay', 'worker', 'scheduler'] as const;
export type Role = (typeof ROLES)[number];

/** What the environment says, parsed; null where it says nothing. */
export interface Settings extends AddressRules {
  /** PostgreSQL's URL; null: the embedded one in `dataDir`. */
  readonly databaseUrl: string | null;
  /** The queue's URL; null with `sqsEndpoint` null: the embedded queue. */
  readonly sqsQueueUrl: string | null;
  readonly sqsEndpoint: string | null;
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  /** Where health and metrics listen; null: with the API. */
  readonly metricsPort: number | null;
  readonly adminKey: string | null;
  /** 32 bytes; null: made in `dataDir`. */
  readonly secretsKey: Buffer | null;
  /** The key before it, while keys are changed: opens what is still under it. */
  readonly secretsKeyPrevious: Buffer | null;
  /** The service's own certificate and key to sign messages with: PEM, or paths of files that hold it. */
  readonly signingCertificate: string | null;
  readonly signingKey: string | null;
  /** What the API proves itself by over HTTPS: PEM, or paths of files that hold it; null: it listens for HTTP. */
  readonly tlsCertificate: string | null;
  readonly tlsKey: string | null;
  readonly retrySchedule: RetrySchedule;
  readonly bodyRetentionMs: number;
  /** From a day's end, at midnight in Europe/Madrid, to the making of its daily reports. */
  readonly dailyReportDelayMs: number;
  /** When people are told of trouble, and how; and when an endpoint is suspended. */
  readonly alerts: AlertSettings;
  /** Addresses or networks in CIDR of the proxies whose X-Forwarded-For is believed; none by default. */
  readonly trustedProxies: readonly string[];
  /** How long a session of the console lasts while nobody is at it. */
  readonly sessionIdleMs: number;
  /** How people sign in to the console by a provider of identity; null: by keys and links alone. */
  readonly oidc: OidcSettings | null;
}

/** The settings where the environment says nothing. */
export const DEFAULT_SETTINGS: Settings = {
  databaseUrl: null,
  sqsQueueUrl: null,
  sqsEndpoint: null,
  dataDir: './data',
  host: '127.0.0.1',
  port: 8080,
  metricsPort: null,
  adminKey: null,
  secretsKey: null,
  secretsKeyPrevious: null,
  signingCertificate: null,
  signingKey: null,
  tlsCertificate: null,
  tlsKey: null,
  retrySchedule: DEFAULT_RETRY_SCHEDULE,
  bodyRetentionMs: parseDuration('90d') ?? 0,
  dailyReportDelayMs: 300_000,
  ...DEFAULT_ADDRESS_RULES,
  alerts: DEFAULT_ALERTS,
  trustedProxies: [],
  sessionIdleMs: 30 * 60_000,
  oidc: null,
};

/** A daily report comes on the day after its own. */
const MAX_DAILY_REPORT_DELAY_MS = 12 * 3_600_000;

/** Within the 12 h that a session lasts at most. */
const SESSION_IDLE_MS = { min: 60_000, max: 12 * 3_600_000 };

/** The shortest administrator's key that is taken. */
const MIN_ADMIN_KEY_LENGTH = 32;

/**
 * Reads the settings from environment variables; an empty one counts as absent.
 *
 * @throws CommandError `invalid-setting` that names the variable, never its value where it is a secret
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const text = (name: string): string | null => (env[name] ?? '').trim() || null;
  const databaseUrl = url('DATABASE_URL', text('DATABASE_URL'), ['postgres:', 'postgresql:']);
  const secretsKey = readSecretsKey('SECRETS_KEY', text('SECRETS_KEY'));
  if (databaseUrl !== null && secretsKey === null) {
    throw new CommandError('secrets-key-required', 'SECRETS_KEY is not set');
  }
  const adminKey = text('ADMIN_KEY');
  if (adminKey !== null && adminKey.length < MIN_ADMIN_KEY_LENGTH) {
    throw new CommandError(
      'invalid-setting',
      `ADMIN_KEY must have at least ${MIN_ADMIN_KEY_LENGTH} characters`,
    );
  }
  return {
    databaseUrl,
    secretsKey,
    secretsKeyPrevious: readSecretsKey('SECRETS_KEY_PREVIOUS', text('SECRETS_KEY_PREVIOUS')),
    adminKey,
    sqsQueueUrl: url('SQS_QUEUE_URL', text('SQS_QUEUE_URL'), ['http:', 'https:']),
    sqsEndpoint: url('SQS_ENDPOINT', text('SQS_ENDPOINT'), ['http:', 'https:']),
    dataDir: text('DATA_DIR') ?? DEFAULT_SETTINGS.dataDir,
    host: text('HOST') ?? DEFAULT_SETTINGS.host,
    port: port('PORT', text('PORT')) ?? DEFAULT_SETTINGS.port,
    metricsPort: port('METRICS_PORT', text('METRICS_PORT')),
    signingCertificate: text('SIGNING_CERTIFICATE'),
    signingKey: text('SIGNING_KEY'),
    tlsCertificate: text('TLS_CERTIFICATE'),
    tlsKey: text('TLS_KEY'),
    retrySchedule: readRetryDelays(text('RETRY_DELAYS')),
    bodyRetentionMs: readRetention(text('BODY_RETENTION')),
    dailyReportDelayMs: readDailyReportDelay(text('DAILY_REPORT_DELAY')),
    allowPrivateEndpoints: readFlag('ALLOW_PRIVATE_ENDPOINTS', text('ALLOW_PRIVATE_ENDPOINTS')),
    allowedNetworks: readNetworks('ALLOWED_NETWORKS', text('ALLOWED_NETWORKS')),
    allowedPorts: readPorts(text('ALLOWED_PORTS')),
    requireHttps: readFlag('REQUIRE_HTTPS', text('REQUIRE_HTTPS')),
    outboundProxy: readOutboundProxy(text('OUTBOUND_PROXY')),
    trustedProxies: readNetworks('TRUSTED_PROXIES', text('TRUSTED_PROXIES')),
    alerts: readAlerts(text),
    sessionIdleMs: readSessionIdle(text('SESSION_IDLE')),
    oidc: readOidc(text),
  };
}

function url(name: string, value: string | null, protocols: readonly string[]): string | null {
  if (value === null) return null;
  if (!URL.canParse(value) || !protocols.includes(new URL(value).protocol)) {
    throw new CommandError('invalid-setting', `${name} must be a URL of ${protocols.join(' or ')}`);
  }
  return value;
}

function port(name: string, value: string | null): number | null {
  if (value === null) return null;
  if (!/^\d{1,5}$/.test(value) || Number(value) > 65_535) {
    throw new CommandError('invalid-setting', `${name} must be a port number, 0 to 65535`);
  }
  return Number(value);
}

function readSecretsKey(name: string, value: string | null): Buffer | null {
  if (value === null) return null;
  const key = Buffer.from(value, 'base64');
  if (key.length !== 32 || !/^[A-Za-z0-9+/]{43}=$/.test(value)) {
    throw new CommandError('invalid-setting', `${name} must be 32 bytes in base64`);
  }
  return key;
}

function readRetryDelays(value: string | null): RetrySchedule {
  if (value === null) return DEFAULT_SETTINGS.retrySchedule;
  const schedule = parseRetrySchedule(value.split(','));
  if (schedule === null) {
    throw new CommandError(
      'invalid-setting',
      'RETRY_DELAYS must be 1 to 6 durations such as 1m,10m,1h, each at most 7d',
    );
  }
  return schedule;
}

function readRetention(value: string | null): number {
  if (value === null) return DEFAULT_SETTINGS.bodyRetentionMs;
  const ms = parseDuration(value);
  if (ms === null) throw new CommandError('invalid-setting', 'BODY_RETENTION must be a duration such as 90d');
  return ms;
}

function readDailyReportDelay(value: string | null): number {
  if (value === null) return DEFAULT_SETTINGS.dailyReportDelayMs;
  const ms = parseDuration(value);
  if (ms === null || ms > MAX_DAILY_REPORT_DELAY_MS) {
    throw new CommandError(
      'invalid-setting',
      'DAILY_REPORT_DELAY must be a duration such as 5m, at most 12h',
    );
  }
  return ms;
}

function readSessionIdle(value: string | null): number {
  if (value === null) return DEFAULT_SETTINGS.sessionIdleMs;
  const ms = parseDuration(value);
  if (ms === null || ms < SESSION_IDLE_MS.min || ms > SESSION_IDLE_MS.max) {
    throw new CommandError('invalid-setting', 'SESSION_IDLE must be a duration such as 30m, 1m to 12h');
  }
  return ms;
}

function readFlag(name: string, value: string | null): boolean {
  if (value === null || value === 'false') return false;
  if (value === 'true') return true;
  throw new CommandError('invalid-setting', `${name} must be true or false`);
}

function readNetworks(name: string, value: string | null): readonly string[] {
  if (value === null) return [];
  const networks = value.split(',').map((network) => network.trim());
  if (networks.every(isNetwork)) return networks;
  throw new CommandError(
    'invalid-setting',
    `${name} must be addresses or networks such as 10.0.0.0/8,192.0.2.7`,
  );
}

function readPorts(value: string | null): readonly PortRange[] | null {
  if (value === null) return null;
  return value.split(',').map((text) => {
    const [first, last = first] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text.trim())?.slice(1) ?? [];
    const range = { from: Number(first), to: Number(last) };
    if (range.from >= 1 && range.from <= range.to && range.to <= 65_535) return range;
    throw new CommandError('invalid-setting', 'ALLOWED_PORTS must be ports and ranges such as 443,8000-8099');
  });
}

/** Its value may hold a password: no error shows it. */
function readOutboundProxy(value: string | null): string | null {
  if (value === null) return null;
  const proxy = URL.canParse(value) ? new URL(value) : null;
  const isBare = proxy !== null && proxy.pathname === '/' && proxy.search === '' && proxy.hash === '';
  if (isBare && /^https?:$/.test(proxy.protocol)) return value;
  throw new CommandError('invalid-setting', 'OUTBOUND_PROXY must be an http or https URL without a path');
}
