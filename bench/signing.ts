import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { rounded } from './figures.ts';
import { cpuMicros, monotonicMs } from './parts/channel.ts';

/** How long each way of signing is measured, in milliseconds, after a tenth of it to warm up. */
const MEASURE_MS = 2_000;

/** Signatures under way at once where they are made on threads: as many as attempts at a busy moment. */
const AT_ONCE = 50;

/** About as long as a SignedInfo with two references. */
const SIGNED_BYTES = 1_000;

/** What a signature costs by one kind of key. */
interface SigningRow {
  readonly key: string;
  /** `sync` on the event loop, `async` on a thread of the pool. */
  readonly way: 'sync' | 'async';
  readonly cpuMicros: number;
  /** How long each keeps the event loop, in microseconds. */
  readonly loopMicros: number;
  readonly perSecond: number;
}

/** The two ways to sign side by side, for the keys that entities have. */
export async function signing(): Promise<{ readonly rows: readonly SigningRow[] }> {
  const rows: SigningRow[] = [];
  for (const [name, key] of Object.entries(keys())) {
    for (const way of ['sync', 'async'] as const) {
      await run(way, key, MEASURE_MS / 10);
      rows.push({ key: name, way, ...(await run(way, key, MEASURE_MS)) });
    }
  }
  return { rows };
}

function keys(): Readonly<Record<string, KeyObject>> {
  return {
    'RSA 2048': generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey,
    'RSA 4096': generateKeyPairSync('rsa', { modulusLength: 4_096 }).privateKey,
    'EC P-256': generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
  };
}

async function run(
  way: SigningRow['way'],
  key: KeyObject,
  ms: number,
): Promise<Omit<SigningRow, 'key' | 'way'>> {
  const data = Buffer.alloc(SIGNED_BYTES, 'x');
  const input = { key, dsaEncoding: 'ieee-p1363' } as const;
  let count = 0;
  const cpu = cpuMicros();
  const loop = performance.eventLoopUtilization();
  const start = monotonicMs();
  async function lane(): Promise<void> {
    while (monotonicMs() - start < ms) {
      if (way === 'sync') sign('sha256', data, input);
      else await signOnThread(data, input);
      count += 1;
    }
  }
  await Promise.all(Array.from({ length: way === 'sync' ? 1 : AT_ONCE }, lane));
  const wallMs = monotonicMs() - start;
  // What is done on the loop without a pause is not seen as use of it.
  const loopMs = way === 'sync' ? wallMs : performance.eventLoopUtilization(loop).active;
  return {
    cpuMicros: rounded((cpuMicros() - cpu) / count),
    loopMicros: rounded((loopMs * 1_000) / count),
    perSecond: Math.round((count / wallMs) * 1_000),
  };
}

async function signOnThread(
  data: Buffer,
  input: { readonly key: KeyObject; readonly dsaEncoding: 'ieee-p1363' },
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    sign('sha256', data, input, (error, signature) => {
      if (error === null) resolve(signature);
      else reject(error);
    });
  });
}
