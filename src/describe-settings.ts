import { isDeepStrictEqual } from 'node:util';
import { DEFAULT_SETTINGS, type Settings } from './config.ts';
import { formatDuration } from './domain/duration.ts';
import { describePolicy } from './domain/health.ts';

/** A setting as people are shown it. */
export interface DescribedSetting {
  /** Of the environment variable. */
  readonly name: string;
  /** As it would be written; null for what is not set, and for what is a secret or may hold one. */
  readonly value: string | null;
  readonly isSet: boolean;
  readonly isSecret: boolean;
  /** `default` also where the environment says the same. */
  readonly source: 'default' | 'environment';
}

/** What the service runs with. Of secrets, and of addresses that may hold one, only whether they are set. */
export function describeSettings(settings: Settings): DescribedSetting[] {
  const { alerts } = settings;
  const policy = describePolicy(alerts.policy);
  const defaults = describePolicy(DEFAULT_SETTINGS.alerts.policy);
  const shown = (name: string, value: unknown, initial: unknown, text: string | null): DescribedSetting => ({
    name,
    value: text,
    isSet: text !== null,
    isSecret: false,
    source: isDeepStrictEqual(value, initial) ? 'default' : 'environment',
  });
  const plain = (
    name: string,
    of: (from: Settings) => string | number | boolean | null,
  ): DescribedSetting => {
    const value = of(settings);
    return shown(name, value, of(DEFAULT_SETTINGS), value === null ? null : String(value));
  };
  const listed = (name: string, of: (from: Settings) => readonly string[]): DescribedSetting => {
    const value = of(settings);
    return shown(name, value, of(DEFAULT_SETTINGS), value.length === 0 ? null : value.join(','));
  };
  const secret = (name: string, value: unknown): DescribedSetting => ({
    name,
    value: null,
    isSet: value !== null,
    isSecret: true,
    source: value === null ? 'default' : 'environment',
  });
  return [
    secret('DATABASE_URL', settings.databaseUrl),
    plain('SQS_QUEUE_URL', ({ sqsQueueUrl }) => sqsQueueUrl),
    plain('SQS_ENDPOINT', ({ sqsEndpoint }) => sqsEndpoint),
    plain('DATA_DIR', ({ dataDir }) => dataDir),
    plain('HOST', ({ host }) => host),
    plain('PORT', ({ port }) => port),
    plain('METRICS_PORT', ({ metricsPort }) => metricsPort),
    secret('ADMIN_KEY', settings.adminKey),
    secret('SECRETS_KEY', settings.secretsKey),
    secret('SECRETS_KEY_PREVIOUS', settings.secretsKeyPrevious),
    secret('SIGNING_CERTIFICATE', settings.signingCertificate),
    secret('SIGNING_KEY', settings.signingKey),
    secret('TLS_CERTIFICATE', settings.tlsCertificate),
    secret('TLS_KEY', settings.tlsKey),
    listed('RETRY_DELAYS', ({ retrySchedule }) => retrySchedule.map(formatDuration)),
    plain('BODY_RETENTION', ({ bodyRetentionMs }) => formatDuration(bodyRetentionMs)),
    plain('DAILY_REPORT_DELAY', ({ dailyReportDelayMs }) => formatDuration(dailyReportDelayMs)),
    plain('ALLOW_PRIVATE_ENDPOINTS', ({ allowPrivateEndpoints }) => allowPrivateEndpoints),
    listed('ALLOWED_NETWORKS', ({ allowedNetworks }) => allowedNetworks),
    listed('ALLOWED_PORTS', ({ allowedPorts }) =>
      (allowedPorts ?? []).map(({ from, to }) => (from === to ? String(from) : `${from}-${to}`)),
    ),
    plain('REQUIRE_HTTPS', ({ requireHttps }) => requireHttps),
    secret('OUTBOUND_PROXY', settings.outboundProxy),
    listed('TRUSTED_PROXIES', ({ trustedProxies }) => trustedProxies),
    shown('ALERT_AFTER', policy.warnAfter, defaults.warnAfter, policy.warnAfter.join(',') || 'off'),
    shown('SUSPEND_AFTER', policy.suspendAfter, defaults.suspendAfter, policy.suspendAfter),
    secret('ALERT_WEBHOOK_URL', alerts.webhook),
    secret('ALERT_WEBHOOK_SECRET', alerts.webhook),
    secret('SMTP_URL', alerts.mail),
    shown('ALERT_MAIL_FROM', alerts.mail, null, alerts.mail?.from ?? null),
    shown('ALERT_MAIL_TO', alerts.mail, null, alerts.mail?.to.join(',') ?? null),
  ];
}
