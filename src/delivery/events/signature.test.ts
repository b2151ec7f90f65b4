import { describe, expect, it } from 'vitest';
import { parseWebhookSecret, webhookHeaders } from './signature.ts';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

describe('the signature of a webhook', () => {
  it('is the one of the published test vector', () => {
    const secret = parseWebhookSecret(SECRET);
    if (secret === null) throw new Error('the secret is one');
    const id = 'msg_p5jXN8AQM9LWM0D4loKWxJek';
    expect(webhookHeaders(secret, id, 1_614_265_330, '{"test": 2432232314}')).toEqual({
      'webhook-id': id,
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it.each([SECRET, SECRET.slice(6), `whsec_${Buffer.alloc(64, 1).toString('base64')}`])(
    'takes a secret of 24 to 64 bytes, with its prefix or without: %s',
    (text) => {
      expect(parseWebhookSecret(text)?.length).toBeGreaterThanOrEqual(24);
    },
  );

  it.each([
    '',
    'whsec_',
    'whsec_c2hvcnQ=',
    `whsec_${Buffer.alloc(65).toString('base64')}`,
    'whsec_no base64, but long enough',
  ])('takes nothing else: "%s"', (text) => {
    expect(parseWebhookSecret(text)).toBeNull();
  });
});
