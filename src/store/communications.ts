import type { AttemptPhases, LoggedMessage, LoggedOutcome, LoggedPhase } from '../domain/attempt.ts';
import type { Status } from '../domain/delivery.ts';
import type { SentEnvelope } from '../domain/entity.ts';
import type { Queryable } from './database.ts';
import { DELIVERIES } from './deliveries.ts';
import { ENTITY_NAME, joinEntity } from './entity-names.ts';
import type { ListedTable } from './newest-query.ts';
import { newestIds, Parameters, type ListFilters } from './newest.ts';

/** A row of the communications log as it is shown. Times are ISO 8601 in UTC with milliseconds. */
export interface CommunicationView {
  readonly id: string;
  /** Null for a pull, which is no attempt of a delivery. */
  readonly delivery: string | null;
  readonly notification: string | null;
  readonly organisation: string;
  readonly department: string;
  /** The names that the entity has now; null where it has no configuration. */
  readonly entityName: string | null;
  readonly phase: LoggedPhase;
  /** The attempt's number; null where nothing was attempted. */
  readonly attempt: number | null;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly endpoint: string | null;
  readonly outcome: LoggedOutcome;
  readonly httpStatus: number | null;
  readonly errorCode: string | null;
  /** Null also once BODY_RETENTION is over. */
  readonly errorText: string | null;
  /**
   * What a pull asked for where it was a day (`YYYY-MM-DD`), and how many notifications it was answered; null for
   * an attempt.
   */
  readonly pull: { readonly date: string | null; readonly notifications: number | null } | null;
}

/** What is kept of the request: its body is the report in its envelope. */
export interface KeptRequest {
  /** As sent, secrets masked. */
  readonly headers: Readonly<Record<string, string>>;
  /** SHA-256 of the body, hex; null where none was built. */
  readonly bodyHash: string | null;
  readonly envelope: SentEnvelope | null;
  /** The report's bytes as they were pinned, in message version 4.0; null where they are gone. */
  readonly report: string | null;
}

/** A row of the log with its messages; each is null where there was none, or once BODY_RETENTION is over. */
export interface CommunicationDetail {
  readonly communication: CommunicationView;
  /** Where its time went; null where nothing was sent, or that is not known. */
  readonly phases: AttemptPhases | null;
  readonly request: KeptRequest | null;
  readonly response: LoggedMessage | null;
  /** The rows of the same delivery before and after it; null where there is none, and for a pull. */
  readonly previous: string | null;
  readonly next: string | null;
}

/** The log's filters: `result` is the outcome. */
export interface CommunicationFilters extends ListFilters {
  /** The status of the delivery now; null: any. */
  readonly status: Status | null;
}

/** The communications log, as src/store/newest.ts lists it. */
const COMMUNICATIONS: ListedTable = {
  name: 'nt30.aoc_nt_logs_comunicacio',
  id: 'log',
  result: 'resultat',
};

/**
 * Up to so many deliveries of a status, their attempts are looked up and sorted; with more, the log is walked
 * and each row's delivery looked at, since every few rows one fits.
 */
const FEW_DELIVERIES = 3_000;

const COLUMNS = `
  l.log as id, l.enviament as delivery, l.notificacio as notification, l.organisme as organisation,
  l.departament as department, ${ENTITY_NAME} as "entityName", l.fase as phase, l.intent as attempt, l.inici as started_at,
  l.durada_ms as "durationMs", l.punt_recepcio as endpoint, l.resultat as outcome, l.http as "httpStatus",
  l.codi_error as "errorCode", b.text_error as "errorText",
  case when l.enviament is null then json_build_object('date', l.dia, 'notifications', l.notificacions) end as pull`;

const select = (ids: string): string => `
select ${COLUMNS} from (${ids}) page
join nt30.aoc_nt_logs_comunicacio l on l.log = page.id
left join nt30.aoc_nt_cossos_comunicacio b on b.log = l.log
${joinEntity('l')}`;

type Row = Omit<CommunicationView, 'startedAt'> & { started_at: Date };

function toView({ started_at, ...rest }: Row): CommunicationView {
  return { ...rest, startedAt: started_at.toISOString() };
}

/**
 * Reads the log, newest first by the attempts' start, at most `limit`.
 *
 * A row's id is made of its attempt's start and the row is written at its end. So going on from a page's last
 * id shows no row twice and leaves out none that was there when the first page was read; but of the attempts
 * under way meanwhile, those that began before the last id appear behind it, those after it do not.
 */
export async function listCommunications(
  db: Queryable,
  { status, ...filters }: CommunicationFilters,
  limit: number,
): Promise<CommunicationView[]> {
  const parameters = new Parameters();
  const ids = await idsOf(db, status, filters, limit, parameters);
  const rows = await db.query<Row>(`${select(ids)} order by l.log desc`, parameters.values);
  return rows.map(toView);
}

async function idsOf(
  db: Queryable,
  status: Status | null,
  filters: ListFilters,
  limit: number,
  parameters: Parameters,
): Promise<string> {
  if (status === null) return newestIds(COMMUNICATIONS, filters, limit, parameters);
  const few = await findFewDeliveries(db, status, filters);
  if (few !== null) return attemptsOf(few, filters, limit, parameters);
  // As a subquery it is looked up by key for each row in turn; as a join it could become a scan.
  const matches = () => `(select e.situacio from nt30.aoc_nt_enviaments e where e.enviament = t.enviament)
    = ${parameters.add(status)}`;
  return newestIds(COMMUNICATIONS, filters, limit, parameters, matches);
}

/** SQL of whether delivery `t` has a row in the log: thousands may wait that have none. */
const WAS_LOGGED = '(t.intents > 0 or t.darrer_resultat is not null)';

/** The deliveries of a status whose attempts may fit; null where they are more than a few. */
async function findFewDeliveries(
  db: Queryable,
  status: Status,
  filters: ListFilters,
): Promise<string[] | null> {
  const parameters = new Parameters();
  // The period is the attempts', which may be long after their delivery was made.
  const wanted = { ...filters, result: status, floor: null, ceiling: null };
  const ids = newestIds(DELIVERIES, wanted, FEW_DELIVERIES + 1, parameters, () => WAS_LOGGED);
  const rows = await db.query<{ id: string }>(ids, parameters.values);
  return rows.length > FEW_DELIVERIES ? null : rows.map(({ id }) => id);
}

/** The query of the newest attempts of some deliveries. */
function attemptsOf(
  deliveries: readonly string[],
  { result, floor, ceiling }: ListFilters,
  limit: number,
  parameters: Parameters,
): string {
  const conditions = ['t.enviament = d.enviament'];
  if (result !== null) conditions.push(`t.resultat = ${parameters.add(result)}`);
  if (floor !== null) conditions.push(`t.log >= ${parameters.add(floor)}::uuid`);
  if (ceiling !== null) conditions.push(`t.log < ${parameters.add(ceiling)}::uuid`);
  const count = `${parameters.add(limit)}::integer`;
  // The inner limit binds nothing that the outer one would not; it keeps the lookup by delivery.
  return `select s.id from unnest(${parameters.add(deliveries)}::uuid[]) d(enviament)
    cross join lateral (
      select t.log as id from ${COMMUNICATIONS.name} t where ${conditions.join(' and ')}
      order by t.log desc limit ${count}
    ) s order by s.id desc limit ${count}`;
}

/** Reads all attempts of a delivery in the order in which they began. */
export async function listAttempts(db: Queryable, delivery: string): Promise<CommunicationView[]> {
  const ids = 'select log as id from nt30.aoc_nt_logs_comunicacio where enviament = $1::uuid';
  const rows = await db.query<Row>(`${select(ids)} order by l.log`, [delivery]);
  return rows.map(toView);
}

/** Reads one row of the log with its messages; null where there is none. */
export async function findCommunication(db: Queryable, id: string): Promise<CommunicationDetail | null> {
  const [row] = await db.query<
    Row & {
      phases: AttemptPhases | null;
      request_headers: Record<string, string> | null;
      request_hash: string | null;
      envelope: SentEnvelope | null;
      report: string | null;
      response_headers: Record<string, string> | null;
      response_body: string | null;
      previous: string | null;
      next: string | null;
    }
  >(
    `select ${COLUMNS}, b.fases as phases, b.peticio_capcaleres as request_headers, b.peticio_resum as request_hash,
       b.peticio_sobre as envelope, i.contingut as report, b.resposta_capcaleres as response_headers,
       b.resposta as response_body,
       (select p.log from nt30.aoc_nt_logs_comunicacio p where p.enviament = l.enviament and p.log < l.log
        order by p.log desc limit 1) as previous,
       (select n.log from nt30.aoc_nt_logs_comunicacio n where n.enviament = l.enviament and n.log > l.log
        order by n.log limit 1) as next
     from nt30.aoc_nt_logs_comunicacio l
     left join nt30.aoc_nt_cossos_comunicacio b on b.log = l.log
     ${joinEntity('l')}
     left join nt30.aoc_nt_informes i on i.enviament = l.enviament
     where l.log = $1::uuid`,
    [id],
  );
  if (row === undefined) return null;
  const { request_headers, request_hash, envelope, report, response_headers, response_body, ...shown } = row;
  const { previous, next, phases, ...rest } = shown;
  return {
    previous,
    next,
    phases,
    communication: toView(rest),
    request:
      request_headers === null
        ? null
        : { headers: request_headers, bodyHash: request_hash, envelope, report },
    response:
      response_headers === null && response_body === null
        ? null
        : { headers: response_headers ?? {}, body: response_body },
  };
}
