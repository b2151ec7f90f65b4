import { createHash } from 'node:crypto';
import tls from 'node:tls';
import { hostOf, portOf } from '../../domain/address-rules.ts';
import type { Tls } from '../../domain/entity.ts';
import type { Network, Server, TlsSettings } from './connection.ts';
import { TlsMaterialError } from './failure.ts';
import { OriginPool } from './origin-pool.ts';

/** The most pools that are kept while none of them has work. */
const MAX_POOLS = 500;
/** How long a pool without work is kept; with it go its TLS secrets. */
const IDLE_MS = 60_000;

/** The pools of all servers, by everything that changes a connection: origin, CA, client certificate and key. */
export class Pools {
  readonly #network: Network;
  readonly #pools = new Map<string, OriginPool>();
  readonly #sweep = setInterval(() => this.#closeIdle(IDLE_MS), IDLE_MS / 2).unref();

  constructor(network: Network) {
    this.#network = network;
  }

  /** @throws TlsMaterialError where the certificate, key or CA cannot be used */
  get(url: URL, material: Tls): OriginPool {
    const key = url.protocol === 'https:' ? `${url.origin} ${fingerprint(material)}` : url.origin;
    let pool = this.#pools.get(key);
    if (pool === undefined) {
      if (this.#pools.size >= MAX_POOLS) this.#closeIdle(0);
      pool = new OriginPool(serverOf(url, material), this.#network);
      this.#pools.set(key, pool);
    }
    pool.usedAt = performance.now();
    return pool;
  }

  /** Closes every connection. */
  async close(): Promise<void> {
    clearInterval(this.#sweep);
    const pools = Array.from(this.#pools.values());
    this.#pools.clear();
    await Promise.all(pools.map(async (pool) => pool.close()));
  }

  #closeIdle(idleMs: number): void {
    const before = performance.now() - idleMs;
    for (const [key, pool] of this.#pools) {
      if (!pool.idle || pool.usedAt > before) continue;
      this.#pools.delete(key);
      void pool.close();
    }
  }
}

function fingerprint({ ca, clientCertificate, clientKey }: Tls): string {
  if (ca === null && clientCertificate === null && clientKey === null) return '';
  return createHash('sha256')
    .update(JSON.stringify([ca, clientCertificate, clientKey]))
    .digest('base64');
}

function serverOf(url: URL, material: Tls): Server {
  const encrypted = url.protocol === 'https:';
  return {
    origin: url.origin,
    hostname: hostOf(url),
    port: portOf(url),
    tls: encrypted ? tlsSettings(material) : null,
  };
}

function tlsSettings({ ca, clientCertificate, clientKey }: Tls): TlsSettings {
  try {
    const context = tls.createSecureContext({
      minVersion: 'TLSv1.2',
      // The entity's own CA stands in place of the public ones.
      ...(ca === null ? {} : { ca }),
      ...(clientCertificate === null ? {} : { cert: clientCertificate }),
      ...(clientKey === null ? {} : { key: clientKey }),
    });
    return {
      context,
      ownAuthority: ca !== null,
      clientCertificate: clientCertificate !== null,
      session: null,
      verifiedAt: Number.NEGATIVE_INFINITY,
    };
  } catch (error) {
    throw new TlsMaterialError('The CA, the client certificate or its key cannot be used.', { cause: error });
  }
}
