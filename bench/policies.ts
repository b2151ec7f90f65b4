import { Type } from 'typebox';
import { createAuthority, keyPair, validNow } from '../test/support/certificates.ts';
import { compare, type Row } from './compare.ts';
import type { Load } from './load.ts';
import type { Stage } from './stage.ts';

const LOAD: Load = { type: 'ndjson' };

/** Deliveries before each policy's measure begins. */
const WARM_UP = 2_000;
const LEAD_IN = 500;

/** What the security policies cost, each as a row of its own. */
export interface PoliciesResult {
  readonly rows: readonly Row[];
}

/**
 * Compares deliveries under each policy with bare POSTs of what they sent, as NDJSON of 100.
 *
 * @param deliveries of one round
 */
export async function policies(
  stage: Stage,
  rounds: number,
  deliveries: number,
  tell: (text: string) => void,
): Promise<PoliciesResult> {
  const subject = await stage.subject();
  const rows: Row[] = [];
  for (const [name, policy] of Object.entries(inventedPolicies())) {
    await stage.configure(subject, policy);
    await stage.receiver.ask(Type.Null(), 'forget');
    const warmUp = { load: LOAD, deliveries: WARM_UP };
    const comparison = { name, load: LOAD, warmUp, leadIn: LEAD_IN, deliveries };
    rows.push(await compare(stage, subject, comparison, rounds, tell));
  }
  return { rows };
}

/** A policy of each kind, as an entity is configured with it. */
function inventedPolicies(): Readonly<Record<string, object>> {
  const signature = (kind: 'RSA-2048' | 'P-256') => {
    const { certificate, key } = createAuthority().issue(['segell.example'], validNow(), keyPair(kind));
    return { type: 'signature', certificate, privateKey: key };
  };
  return {
    none: { type: 'none' },
    'username-token': { type: 'username-token', username: 'usuari', password: 'contrasenya inventada' },
    'signature RSA-2048': signature('RSA-2048'),
    'signature P-256': signature('P-256'),
  };
}
