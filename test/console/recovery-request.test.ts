import { describe, expect, it } from 'vitest';
import { readRecoverMessage } from '../../src/soap/recover-request.ts';
import { recoveryRequest } from '../../src/console/pages/delivery/recovery-request.ts';

const entity = { organisation: '9900000001', department: 'A & <B>' };
const read = (recovery: Parameters<typeof recoveryRequest>[0]) =>
  readRecoverMessage(Buffer.from(recoveryRequest(recovery)), 'text/xml; charset=utf-8');

describe('the request that recovers a report', () => {
  it('is one that the service takes, for a notification', () => {
    expect(read({ ...entity, notification: '900000000001' })).toEqual({
      soapVersion: '1.1',
      request: { entity, backOffice: null, wanted: { notification: '900000000001' } },
    });
  });

  it('is one that the service takes, for a day', () => {
    expect(read({ ...entity, date: '2026-11-02' })).toMatchObject({
      request: { entity, wanted: { date: '2026-11-02' } },
    });
  });
});
