import { Client } from 'pg';
import { SOAP_ACTION } from '../src/domain/entity.ts';
import { countActivity } from '../src/store/activity-counting.ts';
import { Database } from '../src/store/database.ts';
import { migrate } from '../src/store/migrate.ts';
import { fillReferences } from '../src/store/references.ts';

/** How large the service is that is looked at. */
export interface Scale {
  readonly deliveries: number;
  readonly entities: number;
}

/** The days over which the deliveries are spread, the last of which ends now. */
const DAYS = 14;

/** What an endpoint has: the default one, in an address of its own. */
const SETTINGS = JSON.stringify({
  policy: { type: 'none' },
  authentication: { type: 'none' },
  tls: { ca: null, clientCertificate: null },
  envelope: { soapVersion: '1.1', wrapper: true, soapAction: SOAP_ACTION },
});

/** Of 100 entities: how they stand, and since when, by the number of the entity. */
const STANDING = `case when k % 50 = 7 then 'failing' when k % 50 = 11 then 'paused' when k % 100 = 13 then 'suspended'
  when k % 100 = 19 then 'incomplete' else 'well' end`;
const SINCE = `case ${STANDING} when 'failing' then interval '1 day' when 'paused' then interval '10 days'
  when 'suspended' then interval '5 days' when 'incomplete' then interval '2 days' else interval '0' end`;

/** SQL of an id of ours (UUID, version 7) of an instant in milliseconds; `count` and `place` keep it apart from others. */
const idOf = (
  ms: string,
  count: string,
  place: string,
): string => `(encode(substring(int8send(${ms}) from 3), 'hex')
  || '7' || lpad(to_hex(${count}), 3, '0') || '8000' || lpad(to_hex(${place}), 12, '0'))::uuid`;

/*
 * One statement a table, but for those that no page reads: the ids of changes, and reports, which a delivery that is
 * sent meanwhile has. $1: deliveries, $2: entities. Two deliveries a notification, at entities of which a few have much
 * and many have little; one delivery in 50 was exhausted. What is unfinished is held or due later, so that the service
 * has nothing to do while it is measured.
 */
const STATEMENTS: readonly [string, string][] = [
  [
    'entities',
    `insert into nt30.aoc_nt_configuracio_callbacks (organisme, departament, nom_organisme, nom_departament, en_linia,
       diari, envia_anullades, pausat_des_de, motiu_pausa)
     select (9900000000 + k)::text, '1', 'Ajuntament de Vila Inventada ' || k,
       (array['Secretaria', 'Tresoreria', 'Urbanisme', 'Serveis Socials'])[1 + k % 4], true, false, false,
       case when ${STANDING} = 'paused' then now() - ${SINCE} end,
       case when ${STANDING} = 'paused' then 'Manteniment inventat' end
     from generate_series(1, $2::integer) k where $1::integer > 0`,
  ],
  [
    'origins',
    `insert into nt30.aoc_nt_origens (adreca, finestra, sondeig_proper, problema_des_de)
     select 'https://vila-' || k || '.invalid', case when k % 100 = 7 then 1 else 8 end,
       case when k % 100 = 7 then now() + interval '1 hour' end, case when k % 100 = 7 then now() - ${SINCE} end
     from generate_series(1, $2::integer) k where $1::integer > 0`,
  ],
  [
    'endpoints',
    `insert into nt30.aoc_nt_punts_recepcio (entitat, origen, url, temps_maxim_ms, versio_missatge, configuracio, manca,
       suspes_des_de)
     select c.entitat, case when ${STANDING} <> 'incomplete' then o.origen end,
       case when ${STANDING} <> 'incomplete' then o.adreca || '/reports' end, 30000, '4.0', $3::jsonb,
       case when ${STANDING} = 'incomplete' then array['url'] else '{}' end,
       case when ${STANDING} = 'suspended' then now() - ${SINCE} end
     from generate_series(1, $2::integer) k
     join nt30.aoc_nt_configuracio_callbacks c on c.organisme = (9900000000 + k)::text
     join nt30.aoc_nt_origens o on o.adreca = 'https://vila-' || k || '.invalid' where $1::integer > 0`,
  ],
  [
    'health',
    `insert into nt30.aoc_nt_salut_punts (punt, falla_des_de, darrera_fallada, fallades, darrer_resultat, darrer_http, avisos)
     select p.punt, case when ${STANDING} in ('failing', 'suspended') then now() - ${SINCE} end, now(), 12, 'http-error', 503, 1
     from generate_series(1, $2::integer) k
     join nt30.aoc_nt_configuracio_callbacks c on c.organisme = (9900000000 + k)::text
     join nt30.aoc_nt_punts_recepcio p using (entitat)
     where k % 10 = 7 or ${STANDING} = 'suspended' and $1::integer > 0`,
  ],
  [
    'what is delivered',
    `create temporary table f as
     select n, n / 2 as m, at, (extract(epoch from at) * 1000)::bigint as ms, organisation, punt, origen, url,
       case when n % 2 = 0 then 'DIPOSITADA' else 'ACCEPTADA' end as state,
       case when standing <> 'well' and at > since then standing when n % 50 = 0 then 'exhausted' else 'acknowledged'
         end as became,
       900000000000 + n / 2 as notification
     from (
       select n, now() - interval '90 seconds' - (($1::integer - n)::float8 / $1::integer) * interval '${DAYS} days' as at,
         1 + floor($2::integer * power((n / 2 * 7919::bigint) % 1000003 / 1000003.0, 2))::integer as k
       from generate_series(1, $1::integer) n
     ) d join (
       select k, ${STANDING} as standing, now() - ${SINCE} as since, c.organisme as organisation, p.punt, p.origen, p.url
       from generate_series(1, $2::integer) k
       join nt30.aoc_nt_configuracio_callbacks c on c.organisme = (9900000000 + k)::text
       join nt30.aoc_nt_punts_recepcio p using (entitat)
     ) e using (k) order by n`,
  ],
  [
    'notifications',
    `insert into nt30.aoc_nt_notificacions (notificacio, tipus_objecte, creacio, organisme, departament, backoffice, creat)
     select distinct on (notification) notification, 'NOTIFICACIO', 'INTEGRACIO', organisation, '1', 'GESTEXP', at
     from f order by notification, n`,
  ],
  [
    'changes',
    `insert into nt30.aoc_nt_canvis_estat (id, notificacio, estat, ocorregut, ocorregut_text, dades, enviament, rebut)
     select 'canvi-' || n, notification, state, at, to_char(at, 'YYYY-MM-DD"T"HH24:MI:SS.MSOF') || ':00',
       jsonb_build_object('backOffice', 'GESTEXP', 'reference', 'EXP-2026/' || m, 'issuerReference', 'A-' || m,
         'channel', 'DIGITAL', 'expirationDays', 10, 'registry', jsonb_build_object('number', 'S-2026-' || m)),
       ${idOf('ms', '0', 'n')}, at
     from f order by n`,
  ],
  [
    'deliveries',
    `insert into nt30.aoc_nt_enviaments (enviament, tipus_informe, notificacio, organisme, departament, backoffice,
       estat, posicio, situacio, primer, intents, gastats, proper_intent, bloquejat, retingut, darrer_resultat, punt,
       origen, creat, finalitzat)
     select ${idOf('ms', '0', 'n')}, 'OnLine', notification, organisation, '1', 'GESTEXP', state, at,
       case when became in ('acknowledged', 'exhausted') then became
         when became = 'failing' and n % 2 = 0 then 'retrying' else 'waiting' end,
       became in ('acknowledged', 'exhausted') or n % 2 = 0,
       case became when 'acknowledged' then 1 when 'exhausted' then 7 when 'failing' then 3 * (1 - n % 2) else 0 end,
       case became when 'exhausted' then 7 when 'failing' then 3 * (1 - n % 2) else 0 end,
       case when became = 'failing' then now() + interval '1 hour' else at end,
       case when became = 'incomplete' then 'configuration-incomplete' end,
       case when became in ('paused', 'suspended') then became end,
       case became when 'acknowledged' then became when 'exhausted' then 'refused'
         when 'failing' then case when n % 2 = 0 then 'http-error' end end,
       punt, origen, at, case when became in ('acknowledged', 'exhausted') then at + interval '1 second' end
     from f order by n`,
  ],
  [
    'what was said',
    `create temporary table l as
     select f.*, a, ms + 600000 * (a - 1) as began,
       ${idOf('ms + 600000 * (a - 1)', 'a', 'n')} as log
     from f cross join lateral generate_series(1, case became when 'acknowledged' then 1 when 'exhausted' then 7
       when 'failing' then 3 * (1 - n % 2) else 0 end) a
     where ms + 600000 * (a - 1) < extract(epoch from now()) * 1000`,
  ],
  [
    'communications',
    `insert into nt30.aoc_nt_logs_comunicacio (log, enviament, notificacio, organisme, departament, estat, fase, intent,
       inici, durada_ms, punt_recepcio, resultat, http)
     select log, ${idOf('ms', '0', 'n')}, notification, organisation, '1', state, 'FASE_REPORT_ONLINE', a,
       to_timestamp(began / 1000.0), 20 + n % 400, url,
       case became when 'acknowledged' then became when 'exhausted' then 'refused' else 'http-error' end,
       case when became = 'failing' then 503 else 200 end
     from l order by log`,
  ],
  [
    'messages',
    `insert into nt30.aoc_nt_cossos_comunicacio (log, text_error, peticio_capcaleres, peticio_resum, peticio_sobre,
       resposta_capcaleres, resposta)
     select log, case when became <> 'acknowledged' then 'Error inventat' end,
       jsonb_build_object('Idempotency-Key', n, 'User-Agent', repeat(md5(n::text), 2)), md5(n::text), '{}',
       jsonb_build_object('content-type', 'text/xml; charset=utf-8'), repeat(md5(n::text), 8)
     from l order by log`,
  ],
  [
    'audit trail',
    `insert into nt30.aoc_nt_auditoria (registre, moment, nom_autor, accio, organisme, departament, detall)
     select ${idOf('ms', '0', 'n')}, at, 'Operadora inventada', case when n % 2 = 0 then 'entity-paused' else
       'entity-resumed' end, organisation, '1', '{}'
     from f where n % 50 = 0 order by n`,
  ],
  [
    'jobs',
    `insert into nt30.aoc_nt_reenviaments (reenviament, situacio, filtre, ritme, total, reenviats, proper, nom_autor,
       creat, iniciat, finalitzat)
     select ${idOf('ms', '0', 'n')}, 'done', jsonb_build_object('organisation', organisation, 'department', '1', 'kind',
       null, 'state', null, 'status', 'exhausted', 'from', null, 'to', null), 600, 100, 100, at, 'Operadora inventada',
       at, at, at
     from f where n % greatest($1::integer / 60, 1) = 0`,
  ],
  [
    'events',
    `insert into nt30.aoc_nt_esdeveniments (esdeveniment, moment, clau, tipus, organisme, departament, backoffice, dades,
       repartit)
     select ${idOf('ms', '0', 'n')}, at, 'bench:' || n, 'endpoint.recovered', organisation, '1', '', '{}', true
     from f where n % 500 = 0 order by n`,
  ],
];

/** The indexes of the large tables that hold nothing together: they are made again once all is in, which takes less. */
const INDEXES = `
  select c.relname as name, pg_get_indexdef(indexrelid) as made
  from pg_index i join pg_class c on c.oid = i.indexrelid
  where not indisunique and indrelid in ('nt30.aoc_nt_enviaments'::regclass, 'nt30.aoc_nt_logs_comunicacio'::regclass,
    'nt30.aoc_nt_canvis_estat'::regclass)`;

/** Room for gigabytes that come at once, on a server that goes with the benchmark. */
const ROOM = [
  `alter system set max_wal_size = '16GB'`,
  `alter system set checkpoint_timeout = '30min'`,
  'select pg_reload_conf()',
  `set maintenance_work_mem = '1GB'`,
];

/** Which of the values of a run a statement takes. */
function valuesOf(text: string, { deliveries, entities }: Scale): unknown[] {
  const values = [deliveries, entities, SETTINGS];
  return values.slice(0, Math.max(0, ...Array.from(text.matchAll(/\$(\d)/g), ([, place]) => Number(place))));
}

/**
 * Fills a new database as a service would have left it that has worked for weeks: counts of attempts and references
 * are made by the service's own code.
 *
 * @throws what the database refuses
 */
export async function fill(url: string, scale: Scale, tell: (text: string) => void): Promise<void> {
  const db = new Database(url, { connections: 1, onError: (error) => tell(String(error)) });
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await migrate(db);
    const timed = async (name: string, work: () => Promise<unknown>): Promise<void> => {
      const begun = performance.now();
      await work();
      tell(`${((performance.now() - begun) / 1_000).toFixed(1)} s: ${name}`);
    };
    for (const setting of ROOM) await client.query(setting);
    const { rows } = await client.query<{ name: string; made: string }>(INDEXES);
    for (const { name } of rows) await client.query(`drop index nt30.${name}`);
    for (const [name, text] of STATEMENTS) {
      await timed(name, async () => client.query(text, valuesOf(text, scale)));
    }
    await timed('indexes', async () => {
      for (const { made } of rows) await client.query(made);
    });
    await timed('statistics', async () => client.query('vacuum analyze'));
    await timed('references', async () => {
      while (await fillReferences(db));
    });
    await timed('counts of attempts', async () => {
      while (await countActivity(db));
    });
    await client.query('vacuum analyze nt30.aoc_nt_activitat_entitats, nt30.aoc_nt_referencies');
  } finally {
    await client.end();
    await db.close();
  }
}
