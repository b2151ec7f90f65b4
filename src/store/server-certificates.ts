import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { CertificateInfo } from '../domain/certificate.ts';
import type { Database } from './database.ts';

/** A certificate that a server has shown on a connection on which it was verified. */
export interface ShownCertificate extends CertificateInfo {
  /** `originOf` the URL that was connected to. */
  readonly origin: string;
}

/** What a server has shown last. */
export interface SeenCertificate extends CertificateInfo {
  /** When it was seen last, to the day, ISO 8601 in UTC. */
  readonly seenAt: string;
}

/**
 * Writes down what servers have shown, where it is not what they showed last or was seen a day ago.
 *
 * @param shown at most one for each origin
 */
export async function noteServerCertificates(
  db: Database,
  shown: readonly ShownCertificate[],
): Promise<void> {
  await db.statement(
    `insert into nt30.aoc_nt_certificats_servidor as s (origen, empremta, subjecte, emissor, caduca, vist)
     select o.origen, r.fingerprint, r.subject, r.issuer, r."expiresAt", clock_timestamp()
     from json_to_recordset($1) as r(origin text, fingerprint text, subject text, issuer text,
       "expiresAt" timestamptz)
     join nt30.aoc_nt_origens o on o.adreca = r.origin
     order by o.origen
     on conflict (origen) do update set empremta = excluded.empremta, subjecte = excluded.subjecte,
       emissor = excluded.emissor, caduca = excluded.caduca, vist = excluded.vist
     where s.empremta <> excluded.empremta or s.vist < excluded.vist - interval '1 day'`,
    [JSON.stringify(shown)],
    'note-server-certificates',
  );
}

/** SQL of what the server of the endpoint `p` has shown last, for `readSeenCertificate`. */
export const SEEN_CERTIFICATE = `(
  select json_build_object('subject', s.subjecte, 'issuer', s.emissor, 'fingerprint', s.empremta,
    'expiresAt', s.caduca, 'seenAt', s.vist)
  from nt30.aoc_nt_certificats_servidor s where s.origen = p.origen)`;

const seenCertificate = Compile(
  Type.Union([
    Type.Object({
      subject: Type.String(),
      issuer: Type.String(),
      fingerprint: Type.String(),
      expiresAt: Type.String(),
      seenAt: Type.String(),
    }),
    Type.Null(),
  ]),
);

/** @param value as `SEEN_CERTIFICATE` gives it */
export function readSeenCertificate(value: unknown): SeenCertificate | null {
  const seen = seenCertificate.Parse(value);
  return seen === null ? null : { ...seen, expiresAt: iso(seen.expiresAt), seenAt: iso(seen.seenAt) };
}

/** PostgreSQL writes instants in JSON with another form of the zone. */
function iso(instant: string): string {
  return new Date(instant).toISOString();
}
