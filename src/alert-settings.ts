import { parseWebhookSecret } from './delivery/events/signature.ts';
import type { MailSettings } from './delivery/events/mail.ts';
import type { WebhookSettings } from './delivery/events/webhook.ts';
import type { AlertSettings } from './delivery/trouble/desk.ts';
import { isNetwork } from './domain/address-rules.ts';
import { parseDuration } from './domain/duration.ts';
import { CommandError } from './domain/errors.ts';
import { DEFAULT_TROUBLE_POLICY, MAX_STAGES, type TroublePolicy } from './domain/health.ts';

/** The settings where the environment says nothing: events are kept, and told by no channel. */
export const DEFAULT_ALERTS: AlertSettings = { policy: DEFAULT_TROUBLE_POLICY, webhook: null, mail: null };

const SUBMISSION_PORT = 587;
const SUBMISSIONS_PORT = 465;
/** The most addresses that a mail goes to. */
const MAX_RECIPIENTS = 20;

/**
 * Reads when people are told of trouble, and how.
 *
 * @param text the value of a variable; null where it is absent or empty
 * @throws CommandError `invalid-setting` that names the variable, never its value where it is a secret
 */
export function readAlerts(text: (name: string) => string | null): AlertSettings {
  return { policy: readPolicy(text), webhook: readWebhook(text), mail: readMail(text) };
}

function readPolicy(text: (name: string) => string | null): TroublePolicy {
  const stages = text('ALERT_AFTER');
  const suspend = text('SUSPEND_AFTER');
  return {
    stagesMs: stages === null ? DEFAULT_TROUBLE_POLICY.stagesMs : readStages(stages),
    suspendAfterMs: suspend === null ? DEFAULT_TROUBLE_POLICY.suspendAfterMs : readSuspension(suspend),
  };
}

function readStages(value: string): number[] {
  if (value === 'off') return [];
  const stages = value.split(',').map(parseDuration);
  const ascending = stages.every((stage, place) => stage !== null && stage > (stages[place - 1] ?? 0));
  if (!ascending || stages.length > MAX_STAGES) {
    throw invalid(`ALERT_AFTER must be 1 to ${MAX_STAGES} ascending durations such as 15m,4h,24h, or off`);
  }
  return stages.flatMap((stage) => stage ?? []);
}

function readSuspension(value: string): number | null {
  if (value === 'off') return null;
  const ms = parseDuration(value);
  if (ms === null || ms === 0) throw invalid('SUSPEND_AFTER must be a duration such as 5d, or off');
  return ms;
}

function readWebhook(text: (name: string) => string | null): WebhookSettings | null {
  const url = text('ALERT_WEBHOOK_URL');
  const secret = text('ALERT_WEBHOOK_SECRET');
  const networks =
    text('ALERT_WEBHOOK_NETWORKS')
      ?.split(',')
      .map((network) => network.trim()) ?? [];
  if (!networks.every(isNetwork)) {
    throw invalid('ALERT_WEBHOOK_NETWORKS must be addresses or networks in CIDR, with commas between them');
  }
  if (url === null && secret === null) return null;
  if (url === null || secret === null) {
    throw invalid('ALERT_WEBHOOK_URL and ALERT_WEBHOOK_SECRET must be set both or neither');
  }
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || !['http:', 'https:'].includes(parsed.protocol) || parsed.username !== '') {
    throw invalid('ALERT_WEBHOOK_URL must be a URL of http: or https:, without a user');
  }
  const bytes = parseWebhookSecret(secret);
  if (bytes === null) throw invalid('ALERT_WEBHOOK_SECRET must be whsec_ and 24 to 64 bytes in base64');
  return { url, secret: bytes, networks };
}

function readMail(text: (name: string) => string | null): MailSettings | null {
  const url = text('SMTP_URL');
  const from = text('ALERT_MAIL_FROM');
  const to = text('ALERT_MAIL_TO');
  if (url === null && from === null && to === null) return null;
  if (url === null || from === null || to === null) {
    throw invalid('SMTP_URL, ALERT_MAIL_FROM and ALERT_MAIL_TO must be set all or none');
  }
  const recipients = to.split(',').map((address) => address.trim());
  if (!isAddress(from)) throw invalid('ALERT_MAIL_FROM must be a mail address');
  if (recipients.length > MAX_RECIPIENTS || !recipients.every(isAddress)) {
    throw invalid(`ALERT_MAIL_TO must be 1 to ${MAX_RECIPIENTS} mail addresses, with commas between them`);
  }
  return { ...readServer(url), from, to: recipients };
}

function readServer(url: string): Pick<MailSettings, 'host' | 'port' | 'secure' | 'login'> {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  const isSmtp = parsed?.protocol === 'smtp:' || parsed?.protocol === 'smtps:';
  if (parsed === null || !isSmtp || parsed.hostname === '' || parsed.search !== '') {
    throw invalid('SMTP_URL must be such as smtp://user:password@mail.example:587, or smtps://…');
  }
  const secure = parsed.protocol === 'smtps:';
  return {
    host: parsed.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: parsed.port === '' ? (secure ? SUBMISSIONS_PORT : SUBMISSION_PORT) : Number(parsed.port),
    secure,
    login:
      parsed.username === '' ? null : { user: decoded(parsed.username), password: decoded(parsed.password) },
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalid('SMTP_URL must have user and password percent-encoded');
  }
}

/** One address without a display name: what has a comma or a line break would be more than one. */
function isAddress(text: string): boolean {
  return /^[^\s<>,;"()]{1,64}@[^\s<>,;"()@]{1,255}$/.test(text);
}

function invalid(sentence: string): CommandError {
  return new CommandError('invalid-setting', sentence);
}
