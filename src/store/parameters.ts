import { describeRules, type AddressRules } from '../domain/address-rules.ts';
import type { Database, Queryable } from './database.ts';
import { rewriteEntity } from './entities.ts';
import type { Sealer } from './secrets.ts';
import { SERVICE_CERTIFICATE, type ServiceCertificate } from './service-certificate.ts';

/** Sets a parameter; answers the value it had before, null where it had none. */
async function replaceParameter(tx: Queryable, name: string, value: string): Promise<string | null> {
  const [before] = await tx.query<{ value: string }>(
    'select valor as value from nt30.aoc_nt_parametres where nom = $1 for update',
    [name],
  );
  await tx.query(
    `insert into nt30.aoc_nt_parametres (nom, valor) values ($1, $2)
     on conflict (nom) do update set valor = excluded.valor`,
    [name, value],
  );
  return before?.value ?? null;
}

/**
 * Remembers which addresses this start may send to. Where that differs from the last start, deliveries that
 * were blocked for their address are tried again.
 */
export async function noteNetworkSettings(db: Database, rules: AddressRules): Promise<void> {
  await db.transaction(async (tx) => {
    const value = describeRules(rules);
    const before = await replaceParameter(tx, 'xarxa', value);
    if (before === null || before === value) return;
    await tx.query(
      `with picked as (
         select enviament from nt30.aoc_nt_enviaments
         where finalitzat is null and bloquejat = 'address-not-allowed' order by enviament for update
       )
       update nt30.aoc_nt_enviaments e set bloquejat = null, proper_intent = clock_timestamp()
       from picked where e.enviament = picked.enviament`,
    );
  });
}

/**
 * Remembers the service's own signing certificate, and lets the configurations that rely on one follow: their
 * deliveries wait while there is none. What an earlier start left undone is done too, and what a process with
 * other settings could not sign is tried again.
 */
export async function noteServiceCertificate(
  db: Database,
  sealer: Sealer,
  certificate: ServiceCertificate,
): Promise<void> {
  await db.transaction(async (tx) => replaceParameter(tx, SERVICE_CERTIFICATE, JSON.stringify(certificate)));
  // A policy without certificate and key lacks both, or, where the service's own apply, neither.
  const outdated = await db.query<{ organisation: string; department: string }>(
    `select distinct c.organisme as organisation, c.departament as department
     from nt30.aoc_nt_punts_recepcio p join nt30.aoc_nt_configuracio_callbacks c using (entitat)
     where p.configuracio #>> '{policy,type}' = 'signature' and p.configuracio #>> '{policy,certificate}' is null
       and case when $1 then p.manca @> '{policy.certificate,policy.privateKey}' or p.manca = '{}' and exists (
           select from nt30.aoc_nt_enviaments e
           where e.punt = p.punt and e.finalitzat is null and e.bloquejat = 'configuration-incomplete')
         else not p.manca && '{policy.certificate,policy.privateKey}' end`,
    [certificate !== null],
  );
  for (const entity of outdated) await rewriteEntity(db, sealer, entity);
}
