import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sender } from '../../src/delivery/ports.ts';
import { createSender } from '../../src/delivery/post/sender.ts';
import type { AttemptResult } from '../../src/domain/attempt.ts';
import { DEFAULT_ENDPOINT, type EnvelopeOptions } from '../../src/domain/entity.ts';
import type { Report } from '../../src/domain/report.ts';
import { contentHeaders, writeEnvelope } from '../../src/soap/envelope.ts';
import { writeReport40 } from '../../src/soap/report-40.ts';
import { withDocument } from '../contracts/schema.ts';
import { reportToBeAnswered, REPORTS } from './reports.ts';
import { FAULT_TEXT, PROVING_ELEMENTS, REFUSAL_TEXT, type RunningStack, type Stack } from './stack.ts';
import { java } from './stacks/java.ts';
import { nodePlain } from './stacks/node-plain.ts';
import { nodeSoap } from './stacks/node-soap.ts';
import { php } from './stacks/php.ts';
import { python, spyne } from './stacks/python.ts';

const STACKS: readonly Stack[] = [nodePlain, nodeSoap, php, java, python, spyne];
const WRAPPED = DEFAULT_ENDPOINT.envelope;
const ENVELOPES: readonly EnvelopeOptions[] = [
  WRAPPED,
  { ...WRAPPED, soapVersion: '1.2' },
  { ...WRAPPED, wrapper: false },
  { ...WRAPPED, soapVersion: '1.2', wrapper: false },
];

for (const { name, needs, available } of STACKS) {
  if (!available) process.stderr.write(`SKIPPED: the receiver on ${name} needs ${needs}\n`);
}

describe.each(STACKS)('a receiver on $name (runs where there is $needs)', (stack) => {
  let running: RunningStack;
  let sender: Sender;
  beforeAll(async () => {
    if (!stack.available) return;
    running = await stack.start();
    sender = createSender({ allowPrivateEndpoints: true, userAgent: 'enotum-callbacks/0.0.0' });
  });
  afterAll(async () => {
    if (!stack.available) return;
    await sender.close();
    await running.close();
  });

  async function send(report: Report, envelope: EnvelopeOptions): Promise<AttemptResult> {
    return sender.send(
      {
        endpoint: { ...DEFAULT_ENDPOINT, url: running.url, envelope },
        body: Buffer.from(writeEnvelope(writeReport40(report), envelope)),
        headers: contentHeaders(envelope),
        secrets: [],
        timeoutMs: 20_000,
        writeBefore: performance.now() + 20_000,
      },
      new AbortController().signal,
    );
  }

  describe.runIf(stack.available).each(ENVELOPES)('SOAP $soapVersion, with wrapper: $wrapper', (envelope) => {
    if (!stack.takes(envelope)) {
      it('is not made for it, and nothing that it answers acknowledges', async () => {
        for (const { report } of REPORTS) {
          const { outcome } = await send(report, envelope);
          expect(['faulted', 'http-error']).toContain(outcome);
        }
      });
      return;
    }

    it.each(REPORTS)('reads and acknowledges a report: $name', async ({ report }) => {
      const { outcome, errorText, response } = await send(report, envelope);
      expect({ outcome, errorText }).toEqual({ outcome: 'acknowledged', errorText: null });
      expect(decodeURIComponent(response?.headers['x-received'] ?? '')).toBe(provingTexts(report).join('\n'));
    });

    it('refuses with an Error', async () => {
      expect(await send(reportToBeAnswered('REFUSE'), envelope)).toMatchObject({
        outcome: 'refused',
        errorCode: 'error-element',
        errorText: REFUSAL_TEXT,
      });
    });

    it('refuses with an empty Error', async () => {
      expect(await send(reportToBeAnswered('EMPTY'), envelope)).toMatchObject({ outcome: 'refused' });
    });

    it('fails with a Fault', async () => {
      expect(await send(reportToBeAnswered('FAULT'), envelope)).toMatchObject({
        outcome: 'faulted',
        errorCode: 'soap-fault',
        errorText: expect.stringContaining(FAULT_TEXT),
      });
    });

    it('never acknowledges when it crashes', async () => {
      const { outcome } = await send(reportToBeAnswered('CRASH'), envelope);
      expect(['faulted', 'http-error', 'unreachable']).toContain(outcome);
    });
  });
});

/** What a receiver must have read of a report, as libxml2 finds it. */
function provingTexts(report: Report): string[] {
  const names = PROVING_ELEMENTS.map((name) => `self::nt:${name}`).join(' or ');
  return withDocument(writeReport40(report), (document) =>
    document.find(`//*[${names}]`, { nt: 'http://www.aocat.net/NT/v4.0' }).map(({ content }) => content),
  );
}
