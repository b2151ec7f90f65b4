import { createHmac } from 'node:crypto';

/** Begins a secret as Standard Webhooks writes it. */
const SECRET_PREFIX = 'whsec_';
/** Standard Webhooks: 24 to 64 bytes. */
const MIN_SECRET_BYTES = 24;
const MAX_SECRET_BYTES = 64;

/** Reads a secret such as `whsec_MfKQ…`, 24 to 64 bytes in base64; null where it is none. */
export function parseWebhookSecret(text: string): Buffer | null {
  const encoded = text.startsWith(SECRET_PREFIX) ? text.slice(SECRET_PREFIX.length) : text;
  const secret = Buffer.from(encoded, 'base64');
  if (secret.toString('base64').replaceAll('=', '') !== encoded.replaceAll('=', '')) return null;
  return secret.length >= MIN_SECRET_BYTES && secret.length <= MAX_SECRET_BYTES ? secret : null;
}

/**
 * The headers that sign a message by Standard Webhooks 1.0: HMAC-SHA256 of `<id>.<timestamp>.<body>`.
 *
 * @param id the same at each attempt
 * @param seconds since the epoch, of this attempt: a receiver refuses old ones
 */
export function webhookHeaders(
  secret: Buffer,
  id: string,
  seconds: number,
  body: string,
): Readonly<Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string>> {
  const signature = createHmac('sha256', secret).update(`${id}.${seconds}.${body}`).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': `v1,${signature}`,
  };
}
