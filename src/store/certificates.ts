import { EXPIRY_WARNING_DAYS, type CertificateKind } from '../domain/certificate.ts';
import type { Database, Queryable } from './database.ts';
import { Parameters } from './newest.ts';

const WARNING = `interval '${EXPIRY_WARNING_DAYS} days'`;
const TODAY = `(clock_timestamp() at time zone 'Europe/Madrid')::date`;

/** How long it is remembered that the log has warned of a certificate, in days. */
const REMEMBERED_DAYS = 60;

/** A certificate in use (a row of nt30.aoc_nt_certificats). */
export interface UsedCertificate {
  /** Stable while the same thing uses one certificate after the other. */
  readonly id: string;
  readonly kind: CertificateKind;
  /**
   * The entity and the back office ('' for the entity's own endpoint) that it is configured for; null for a
   * server's, and for the service's own.
   */
  readonly organisation: string | null;
  readonly department: string | null;
  readonly backOffice: string | null;
  /** The server it is used with: scheme, host, port; null for the service's own, and without a URL. */
  readonly origin: string | null;
  /** How many endpoints it matters to. */
  readonly endpoints: number;
  /** Null where an older version wrote the configuration. */
  readonly subject: string | null;
  readonly issuer: string | null;
  readonly fingerprint: string | null;
  readonly expiresAt: Date;
  /** When a server showed it last, to the day; null for configured ones. */
  readonly seenAt: Date | null;
}

/** Which certificates are listed; null where all are. */
export interface CertificateFilters {
  /** Those that end within so many days, or have ended. */
  readonly withinDays: number | null;
  readonly kind: CertificateKind | null;
  /** Those that an endpoint of these uses. */
  readonly organisation: string | null;
  readonly department: string | null;
  /** The place after which the page begins. */
  readonly after: { readonly expiresAtMs: number; readonly id: string } | null;
}

/** SQL of whether the endpoint `p` is signed for by the service: it asks for it and brings no certificate. */
const SIGNED_BY_SERVICE = `p.configuracio #>> '{policy,type}' = 'signature' and p.signatura_caduca is null`;

/** SQL of whether the endpoint `p` uses the certificate `v`. */
const USES = `case v.tipus when 'server' then p.origen = v.origen
  when 'service-signing' then ${SIGNED_BY_SERVICE}
  else p.entitat = v.entitat and p.backoffice = v.backoffice end`;

const COLUMNS = `v.certificat as id, v.tipus as kind, c.organisme as organisation,
  c.departament as department, v.backoffice as "backOffice", o.adreca as origin, v.subjecte as subject,
  v.emissor as issuer, v.empremta as fingerprint, v.caduca as "expiresAt", v.vist as "seenAt",
  case v.tipus
    when 'server' then (
      select count(*)::integer from nt30.aoc_nt_punts_recepcio p where p.origen = v.origen)
    when 'service-signing' then (
      select count(*)::integer from nt30.aoc_nt_punts_recepcio p where ${SIGNED_BY_SERVICE})
    else 1 end as endpoints`;

const NAMES = `left join nt30.aoc_nt_configuracio_callbacks c on c.entitat = v.entitat
  left join nt30.aoc_nt_origens o on o.origen = v.origen`;

/** Reads a page of the certificates in use, those that end first first. */
export async function listCertificates(
  db: Queryable,
  { withinDays, kind, organisation, department, after }: CertificateFilters,
  limit: number,
): Promise<UsedCertificate[]> {
  const parameters = new Parameters();
  const conditions = ['true'];
  if (withinDays !== null) {
    conditions.push(`v.caduca < now() + ${parameters.add(withinDays)}::integer * interval '1 day'`);
  }
  if (kind !== null) conditions.push(`v.tipus = ${parameters.add(kind)}`);
  if (after !== null) {
    const instant = `to_timestamp(${parameters.add(after.expiresAtMs)}::float8 / 1000)`;
    conditions.push(`(v.caduca, v.certificat collate "C") > (${instant}, ${parameters.add(after.id)})`);
  }
  if (organisation !== null || department !== null) {
    const of = [
      ...(organisation === null ? [] : [`c.organisme = ${parameters.add(organisation)}`]),
      ...(department === null ? [] : [`c.departament = ${parameters.add(department)}`]),
    ];
    conditions.push(`exists (
      select from nt30.aoc_nt_punts_recepcio p join nt30.aoc_nt_configuracio_callbacks c using (entitat)
      where ${of.join(' and ')} and ${USES})`);
  }
  return db.query<UsedCertificate>(
    `select ${COLUMNS} from (
       select v.* from nt30.aoc_nt_certificats v where ${conditions.join(' and ')}
       order by v.caduca, v.certificat collate "C" limit ${parameters.add(limit)}::integer
     ) v ${NAMES}
     order by v.caduca, v.certificat collate "C"`,
    parameters.values,
  );
}

/** How the certificates of one kind stand. */
export interface CertificateSummary {
  readonly kind: CertificateKind;
  /** Those that end within the days of the warning, and have not ended. */
  readonly expiring: number;
  readonly expired: number;
  /** Seconds until the first of them ends that has not ended; null where none is. */
  readonly soonestSeconds: number | null;
}

/** Counts the certificates in use, by kind; kinds without any are left out. */
export async function summariseCertificates(db: Queryable): Promise<CertificateSummary[]> {
  return db.query<CertificateSummary>(
    `select tipus as kind,
       count(*) filter (where caduca between now() and now() + ${WARNING})::integer as expiring,
       count(*) filter (where caduca < now())::integer as expired,
       extract(epoch from min(caduca) filter (where caduca >= now()) - now())::float8 as "soonestSeconds"
     from nt30.aoc_nt_certificats group by tipus`,
  );
}

/**
 * Takes the certificates of which the log is to warn now: those that have ended or soon will, each once a day
 * (Europe/Madrid), whoever asks.
 */
export async function takeCertificateWarnings(db: Database): Promise<UsedCertificate[]> {
  const taken = await db.statement<UsedCertificate>(
    `with taken as (
       insert into nt30.aoc_nt_avisos_certificats as a (certificat, caduca, dia)
       select certificat, caduca, ${TODAY} from nt30.aoc_nt_certificats
       where caduca < now() + ${WARNING} order by certificat
       on conflict (certificat) do update set caduca = excluded.caduca, dia = excluded.dia
       where a.dia < excluded.dia or a.caduca <> excluded.caduca
       returning certificat
     )
     select ${COLUMNS} from taken join nt30.aoc_nt_certificats v using (certificat) ${NAMES}
     order by v.caduca, v.certificat`,
    [],
    'take-certificate-warnings',
  );
  await db.statement(
    `delete from nt30.aoc_nt_avisos_certificats where dia < ${TODAY} - ${REMEMBERED_DAYS}`,
    [],
    'forget-certificate-warnings',
  );
  return taken;
}
