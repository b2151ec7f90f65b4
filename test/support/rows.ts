import { writeReport40 } from '../../src/soap/report-40.ts';
import type { Hold, Status } from '../../src/domain/delivery.ts';
import type { State } from '../../src/domain/state.ts';
import { uuidV7 } from '../../src/domain/uuid.ts';
import type { Outcome } from '../../src/domain/attempt.ts';
import type { Report } from '../../src/domain/report.ts';
import { insertCommunications, type CommunicationRow } from '../../src/store/communication-rows.ts';
import type { Queryable } from '../../src/store/database.ts';

/** The entity of these rows where nothing else is said. */
export const ORGANISATION = '9900000001';
export const DEPARTMENT = '1';

/** Writes an entity's configuration with its endpoint, and answers the row ids. */
export async function insertEntity(
  db: Queryable,
  options: {
    organisation?: string;
    department?: string;
    /** The back office whose own endpoint is written too. */
    backOffice?: string;
    url?: string;
    missing?: readonly string[];
  } = {},
): Promise<{ entity: string; endpoint: string; origin: string }> {
  const { url = 'https://backoffice.example/reports' } = options;
  const [entity] = await db.query<{ id: string }>(
    `insert into nt30.aoc_nt_configuracio_callbacks
       (organisme, departament, nom_organisme, nom_departament, en_linia, diari, envia_anullades)
     values ($1, $2, 'Ajuntament Inventat', 'Secretaria', true, false, true)
     on conflict (organisme, departament) do update set en_linia = true
     returning entitat as id`,
    [options.organisation ?? ORGANISATION, options.department ?? DEPARTMENT],
  );
  const [origin] = await db.query<{ id: string }>(
    `insert into nt30.aoc_nt_origens (adreca) values ($1)
     on conflict (adreca) do update set finestra = nt30.aoc_nt_origens.finestra returning origen as id`,
    [new URL(url).origin],
  );
  const [endpoint] = await db.query<{ id: string }>(
    `insert into nt30.aoc_nt_punts_recepcio
       (entitat, backoffice, origen, url, temps_maxim_ms, versio_missatge, configuracio, manca)
     values ($1, $2, $3, $4, 30000, '4.0', '{}', $5)
     on conflict (entitat, backoffice) do update set manca = excluded.manca returning punt as id`,
    [entity?.id, options.backOffice ?? '', origin?.id, url, options.missing ?? []],
  );
  return { entity: entity?.id ?? '', endpoint: endpoint?.id ?? '', origin: origin?.id ?? '' };
}

/** Writes a notification's row, unless it is there. */
export async function insertNotification(db: Queryable, id: string): Promise<void> {
  await db.query(
    `insert into nt30.aoc_nt_notificacions (notificacio, tipus_objecte, creacio, organisme, departament, backoffice)
     values ($1, 'NOTIFICACIO', 'INTEGRACIO', $2, $3, 'GESTEXP') on conflict do nothing`,
    [id, ORGANISATION, DEPARTMENT],
  );
}

/** What may be said of a delivery's row. */
export interface DeliveryOptions {
  readonly notification?: string;
  readonly organisation?: string;
  readonly department?: string;
  readonly backOffice?: string | null;
  readonly state?: State;
  readonly status?: Status;
  readonly first?: boolean;
  readonly attempts?: number;
  /** Milliseconds since the epoch. */
  readonly createdAt?: number;
  readonly position?: number;
  readonly dueAt?: number;
  readonly blockedBy?: string | null;
  readonly heldBy?: Hold | null;
  readonly lastOutcome?: Outcome | null;
  readonly endpoint?: string | null;
  readonly origin?: string | null;
}

/** Writes a delivery with its notification and its report, and answers its id. */
export async function insertDelivery(db: Queryable, options: DeliveryOptions = {}): Promise<string> {
  const {
    notification = '900000000001',
    state = 'DIPOSITADA',
    status = 'acknowledged',
    createdAt = Date.now(),
  } = options;
  const organisation = options.organisation ?? ORGANISATION;
  const department = options.department ?? DEPARTMENT;
  const backOffice = options.backOffice ?? null;
  const id = uuidV7(createdAt, 0);
  const isFinished = ['acknowledged', 'exhausted', 'cancelled'].includes(status);
  await insertNotification(db, notification);
  await db.query(
    `insert into nt30.aoc_nt_enviaments (enviament, tipus_informe, notificacio, organisme, departament, backoffice,
       estat, posicio, situacio, primer, intents, proper_intent, bloquejat, darrer_resultat, arrendament, punt,
       origen, creat, finalitzat, retingut)
     values ($1, 'OnLine', $2, $3, $4, $5, $6, to_timestamp($7::float8 / 1000), $8, $9, $10,
       to_timestamp($11::float8 / 1000), $12, $13, case when $8 = 'sending' then now() + interval '1 minute' end,
       $14, $15, to_timestamp($16::float8 / 1000), case when $17 then to_timestamp($16::float8 / 1000) end,
       $18)`,
    [
      id,
      notification,
      organisation,
      department,
      backOffice,
      state,
      options.position ?? createdAt,
      status,
      options.first ?? true,
      options.attempts ?? (status === 'waiting' || status === 'queued' ? 0 : 1),
      options.dueAt ?? createdAt,
      options.blockedBy ?? null,
      options.lastOutcome ?? null,
      options.endpoint ?? null,
      options.origin ?? null,
      createdAt,
      isFinished,
      options.heldBy ?? null,
    ],
  );
  const report = inventedReport(notification, state);
  await db.query(`insert into nt30.aoc_nt_informes (enviament, versio, contingut) values ($1, '4.0', $2)`, [
    id,
    writeReport40(report),
  ]);
  return id;
}

/** A report about nobody. */
export function inventedReport(notification: string, state: State): Report {
  return {
    kind: 'OnLine',
    issuer: {
      organisation: ORGANISATION,
      department: DEPARTMENT,
      organisationName: 'Ajuntament Inventat',
      departmentName: 'Secretaria',
      backOffice: null,
    },
    date: '2026-11-24',
    items: [
      {
        state,
        occurredAt: '2026-11-24T10:15:30.123+01:00',
        notification: {
          id: notification,
          kind: 'NOTIFICACIO',
          backOffice: null,
          reference: 'EXP-2026/0001',
          issuerReference: null,
          channel: null,
          expirationDays: null,
          registry: null,
        },
        signer: null,
        channelChange: null,
      },
    ],
  };
}

/** Writes a row of the communications log, and answers its id. */
export async function insertCommunication(
  db: Queryable,
  delivery: string,
  options: Partial<CommunicationRow> = {},
): Promise<string> {
  const startedAt = options.startedAt ?? Date.now();
  const id = uuidV7(startedAt, 0);
  const row: CommunicationRow = {
    id,
    delivery,
    notification: '900000000001',
    organisation: ORGANISATION,
    department: DEPARTMENT,
    state: 'DIPOSITADA',
    phase: 'FASE_REPORT_ONLINE',
    attempt: 1,
    startedAt,
    durationMs: 12,
    endpoint: 'https://backoffice.example/reports',
    outcome: 'acknowledged',
    httpStatus: 200,
    errorCode: null,
    errorText: null,
    requestHeaders: null,
    phases: null,
    requestHash: null,
    envelope: null,
    response: null,
    ...options,
  };
  await insertCommunications(db, [row]);
  return id;
}
