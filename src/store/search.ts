import type { Scope } from '../domain/key.ts';
import type { EntityKey } from '../domain/notification.ts';
import { isUuid } from '../domain/uuid.ts';
import { codesOf } from './activity.ts';
import type { Queryable } from './database.ts';
import { readFilledChange } from './references.ts';

/** What a search finds. */
export const HIT_KINDS = ['notification', 'delivery', 'entity'] as const;
type HitKind = (typeof HIT_KINDS)[number];

/** One thing that was found. */
export interface Hit extends EntityKey {
  readonly kind: HitKind;
  /** IdNotificacio, the delivery's id, or `organisation/department`. */
  readonly id: string;
  /** A notification's reference, a delivery's state or kind of report, an entity's names. */
  readonly title: string;
  /** Of a delivery of one. */
  readonly notification: string | null;
}

/** Digits that an IdNotificacio has at the most: xs:long. */
const MAX_DIGITS = 19;
/** Hexadecimal digits that a delivery's id is looked for by: fewer say nothing but when. */
const MIN_HEX = 8;
/** The newest changes that are gone through for a reference that is not filled in yet. */
const FRESH_CHANGES = 5_000;
/**
 * Where a reader knows of some entities alone, what so many others have before theirs is gone through: of a beginning
 * that so many share, more of it finds the rest.
 */
const MOST_OF_OTHERS = 10_000;

/** The condition that a row `t` is of an entity that the reader may know of: looked at in each row, never led by. */
function known(scope: Scope, place: number): string {
  return scope === null
    ? 'true'
    : `coalesce((t.organisme, t.departament) in (select * from unnest($${place}::text[], $${place + 1}::text[])), false)`;
}

const scopeValues = (scope: Scope): unknown[] => (scope === null ? [] : codesOf(scope));

/**
 * Finds notifications by their number or its beginning, or by their reference or its beginning; deliveries by their id
 * or its beginning; entities by their code, or by beginnings of words of their names. Each by an index, but for names, of which there are few.
 *
 * @param text what is looked for, without white space around it
 */
export async function search(db: Queryable, text: string, scope: Scope, limit: number): Promise<Hit[]> {
  if (scope?.length === 0) return [];
  const found = await Promise.all([
    /^\d+$/.test(text) ? byNumber(db, text, scope, limit) : [],
    byDelivery(db, text, scope, limit),
    byReference(db, text, scope, limit),
    byEntity(db, text, scope, limit),
  ]);
  const hits = new Map(found.flat().map((hit) => [`${hit.kind} ${hit.id}`, hit]));
  return [...hits.values()].slice(0, limit);
}

const TITLE = `coalesce((select s.dades ->> 'reference' from nt30.aoc_nt_canvis_estat s
  where s.notificacio = t.notificacio order by s.ocorregut desc, s.canvi desc limit 1), '')`;

const NOTIFICATION = `'notification' as kind, t.notificacio::text as id, ${TITLE} as title,
  t.organisme as organisation, t.departament as department, null as notification`;

/** A number's beginning is a range of numbers of each length. */
async function byNumber(db: Queryable, digits: string, scope: Scope, limit: number): Promise<Hit[]> {
  if (digits.length > MAX_DIGITS) return [];
  const ranges = Array.from(
    { length: digits.startsWith('0') ? 1 : MAX_DIGITS - digits.length + 1 },
    (_, more) => ({
      from: BigInt(digits) * 10n ** BigInt(more),
      to: (BigInt(digits) + 1n) * 10n ** BigInt(more) - 1n,
    }),
  ).filter(({ from }) => from <= MAX_NUMBER);
  return db.query<Hit>(
    `select ${NOTIFICATION} from unnest($1::bigint[], $2::bigint[]) with ordinality r(least, most, place)
     cross join lateral (
       select * from (
         select * from nt30.aoc_nt_notificacions n where n.notificacio between r.least and r.most
         order by n.notificacio limit ${MOST_OF_OTHERS}) t
       where ${known(scope, 4)} order by t.notificacio limit $3) t
     order by r.place, t.notificacio limit $3`,
    [
      ranges.map(({ from }) => String(from)),
      ranges.map(({ to }) => String(to > MAX_NUMBER ? MAX_NUMBER : to)),
      limit,
      ...scopeValues(scope),
    ],
  );
}

const MAX_NUMBER = 2n ** 63n - 1n;

async function byDelivery(db: Queryable, text: string, scope: Scope, limit: number): Promise<Hit[]> {
  const hex = text.toLowerCase().replaceAll('-', '');
  if (!/^[0-9a-f]+$/.test(hex) || hex.length < MIN_HEX || hex.length > 32) return [];
  const bound = (fill: string): string =>
    hex.padEnd(32, fill).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  const [least, most] = [bound('0'), bound('f')];
  if (!isUuid(least)) return [];
  return db.query<Hit>(
    `select 'delivery' as kind, t.enviament::text as id, coalesce(t.estat, t.tipus_informe) as title,
       t.organisme as organisation, t.departament as department, t.notificacio::text as notification
     from nt30.aoc_nt_enviaments t
     where t.enviament between $1::uuid and $2::uuid and ${known(scope, 4)}
     order by t.enviament desc limit $3`,
    [least, most, limit, ...scopeValues(scope)],
  );
}

/**
 * Those that are filled in, in the order of references, so that one that was written whole comes first; and, of the
 * newest changes, those that are not yet.
 */
async function byReference(db: Queryable, text: string, scope: Scope, limit: number): Promise<Hit[]> {
  const after = await readFilledChange(db);
  return db.query<Hit>(
    `select ${NOTIFICATION} from (
       (select r.referencia, r.notificacio from (
           select * from nt30.aoc_nt_referencies where referencia like $1
           order by referencia using ~<~, notificacio limit ${MOST_OF_OTHERS}) r
         join nt30.aoc_nt_notificacions t on t.notificacio = r.notificacio
         where ${known(scope, 4)} order by r.referencia using ~<~, r.notificacio limit $3)
       union
       (select n.referencia, n.notificacio from (
           select s.notificacio, s.dades ->> 'reference' as referencia from nt30.aoc_nt_canvis_estat s
           where s.canvi > $2::bigint order by s.canvi desc limit ${FRESH_CHANGES}) n
         join nt30.aoc_nt_notificacions t on t.notificacio = n.notificacio
         where n.referencia like $1 and ${known(scope, 4)} limit $3)
     ) r
     join nt30.aoc_nt_notificacions t on t.notificacio = r.notificacio
     order by r.referencia using ~<~, t.notificacio limit $3`,
    [`${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`, after, limit, ...scopeValues(scope)],
  );
}

async function byEntity(db: Queryable, text: string, scope: Scope, limit: number): Promise<Hit[]> {
  const [organisation = '', department] = text.split('/', 2);
  const words = text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  if (words.length === 0) return [];
  return db.query<Hit>(
    `select 'entity' as kind, t.organisme || '/' || t.departament as id,
       t.nom_organisme || ', ' || t.nom_departament as title, t.organisme as organisation,
       t.departament as department, null as notification
     from (
       (select entitat from nt30.aoc_nt_configuracio_callbacks t where t.organisme like $1
         and ($2::text is null or t.departament = $2) and ${known(scope, 5)}
         order by t.organisme using ~<~, t.departament limit $4)
       union
       (select entitat from nt30.aoc_nt_configuracio_callbacks t
         where t.paraules @@ to_tsquery('simple', nt30.aoc_nt_cerca($3)) and ${known(scope, 5)} limit $4)
     ) f join nt30.aoc_nt_configuracio_callbacks t using (entitat)
     order by t.organisme, t.departament limit $4`,
    [
      `${organisation.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`,
      department ?? null,
      words.map((word) => `${word}:*`).join(' & '),
      limit,
      ...scopeValues(scope),
    ],
  );
}
