import { afterEach } from 'vitest';
import { startTestReceiver, type Reply, type TestReceiver } from './receiver.ts';
import { startTestService, type TestService, type TestServiceOptions } from './service.ts';

/** What a journey starts; it ends with its test, last started, first closed. */
export interface Journey {
  readonly started: (options?: TestServiceOptions) => Promise<TestService>;
  readonly receiving: (reply?: Reply) => Promise<TestReceiver>;
  /** Has something else end with the test. */
  readonly closing: (close: () => Promise<void> | void) => void;
}

/** Sets up one test file. */
export function journeyTest(): Journey {
  const open: (() => Promise<void> | void)[] = [];
  afterEach(async () => {
    for (const close of open.splice(0).toReversed()) await close();
  });
  return {
    async started(options) {
      const t = await startTestService(options);
      open.push(async () => t.close());
      return t;
    },
    async receiving(reply) {
      const receiver = await startTestReceiver(reply);
      open.push(async () => receiver.close());
      return receiver;
    },
    closing: (close) => {
      open.push(close);
    },
  };
}

let last = 910_000_000_000;

/** A notification that no other test of the file speaks of. */
export function fresh(): string {
  last += 1;
  return String(last);
}

/** The same in an order that does not depend on how they came about. */
export function sorted(items: readonly unknown[]): string[] {
  return items
    .map((item) => (typeof item === 'string' ? item : JSON.stringify(item)))
    .sort((a, b) => (a < b ? -1 : Number(a > b)));
}
