import type { Window } from '../domain/window.ts';
import type { Queryable } from './database.ts';
import { epochMs } from './instants.ts';

/** The window of one origin, locked by the transaction that read it. */
export interface OriginWindow extends Window {
  readonly id: string;
}

/** Locks origins in ascending id and reads their windows: the last lock in the order. */
export async function lockWindows(tx: Queryable, origins: readonly string[]): Promise<OriginWindow[]> {
  return tx.query<{
    id: string;
    size: number;
    probeAt: number | null;
    probeDelayMs: number;
    troubledSince: number | null;
    recoveredAt: number | null;
  }>(
    `select origen as id, finestra as size, ${epochMs('sondeig_proper')} as "probeAt",
       sondeig_espera_ms as "probeDelayMs", ${epochMs('problema_des_de')} as "troubledSince",
       ${epochMs('recuperat')} as "recoveredAt"
     from nt30.aoc_nt_origens where origen = any($1::bigint[]) order by origen for no key update`,
    [origins],
    'lock-windows',
  );
}

/** Writes windows that the transaction has locked. */
export async function writeWindows(tx: Queryable, windows: readonly OriginWindow[]): Promise<void> {
  if (windows.length === 0) return;
  await tx.query(
    `update nt30.aoc_nt_origens o set finestra = w.size, sondeig_proper = to_timestamp(w."probeAt" / 1000),
       sondeig_espera_ms = w."probeDelayMs", problema_des_de = to_timestamp(w."troubledSince" / 1000),
       recuperat = to_timestamp(w."recoveredAt" / 1000)
     from json_to_recordset($1) as w(id bigint, size integer, "probeAt" float8, "probeDelayMs" integer,
       "troubledSince" float8, "recoveredAt" float8)
     where o.origen = w.id`,
    [JSON.stringify(windows)],
    'write-windows',
  );
}
