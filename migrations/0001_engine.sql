-- The engine: configuration, notifications, their changes, deliveries and the communications log.
-- Names are Catalan, as in the service's own description; each table's purpose stands above it.

-- Single values that the service keeps about itself (for example the hash of its network settings).
create table nt30.aoc_nt_parametres (
  nom text primary key,
  valor text not null
);

-- API keys, stored as SHA-256 of the key; the key itself is shown once and kept nowhere.
create table nt30.aoc_nt_claus (
  clau uuid primary key,
  nom text not null,
  rol text not null,
  resum bytea not null unique,
  creat timestamptz not null default now()
);

-- One row for each entity that has a callback configuration.
create table nt30.aoc_nt_configuracio_callbacks (
  entitat bigint generated always as identity primary key,
  organisme text not null,
  departament text not null,
  nom_organisme text not null,
  nom_departament text not null,
  en_linia boolean not null,
  diari boolean not null,
  envia_anullades boolean not null,
  -- The entity's own delays between attempts, as written ("10m"); null: the service's.
  terminis_reintent jsonb,
  versio bigint not null default 1,
  pausat_des_de timestamptz,
  motiu_pausa text,
  creat timestamptz not null default now(),
  modificat timestamptz not null default now(),
  unique (organisme, departament)
);

-- Servers that callbacks are sent to (scheme, host, port). Only the window's size is stored: what is queued
-- or in flight is counted, so that no counter can leak.
create table nt30.aoc_nt_origens (
  origen bigint generated always as identity primary key,
  adreca text not null unique,
  finestra integer not null default 8 check (finestra >= 1),
  sondeig_proper timestamptz,
  sondeig_espera_ms integer not null default 30000,
  -- When it was last seen to recover, while the retries that it had failed are still to be brought forward.
  recuperat timestamptz
);

-- Receiving endpoints: the entity's own (backoffice '') and those of its back offices.
create table nt30.aoc_nt_punts_recepcio (
  punt bigint generated always as identity primary key,
  entitat bigint not null references nt30.aoc_nt_configuracio_callbacks on delete cascade,
  backoffice text not null default '',
  origen bigint references nt30.aoc_nt_origens,
  url text,
  temps_maxim_ms integer not null,
  versio_missatge text not null,
  -- Everything else but the secrets, as the API shows it.
  configuracio jsonb not null,
  -- The secrets, sealed with AES-256-GCM; null where there are none.
  secrets bytea,
  -- What the configuration lacks; empty when callbacks can be sent.
  manca text[] not null default '{}',
  unique (entitat, backoffice)
);

-- One row for each notification: its fixed facts, and the lock that orders all work on it.
create table nt30.aoc_nt_notificacions (
  notificacio bigint primary key,
  tipus_objecte text not null,
  creacio text not null,
  organisme text not null,
  departament text not null,
  backoffice text,
  creat timestamptz not null default now()
);

-- Every change id ever taken, with the hash of its content and its result: answers repeats, and outlives the
-- large tables.
create table nt30.aoc_nt_canvis_rebuts (
  id text primary key,
  resum bytea not null,
  enviament uuid,
  motiu text,
  rebut timestamptz not null default now()
);

-- The changes of state, as given.
create table nt30.aoc_nt_canvis_estat (
  canvi bigint generated always as identity primary key,
  id text not null,
  notificacio bigint not null,
  estat text not null,
  ocorregut timestamptz not null,
  -- The same instant as the caller wrote it: reports repeat its zone and milliseconds.
  ocorregut_text text not null,
  -- What else the change said: notification facts, signer, change of channel.
  dades jsonb not null,
  enviament uuid,
  motiu text,
  rebut timestamptz not null default now()
);
create index aoc_nt_canvis_estat_notificacio on nt30.aoc_nt_canvis_estat (notificacio, ocorregut, canvi);

-- Deliveries: one report to one endpoint. Ids are UUIDs of version 7, made from `creat`, so that the primary
-- key also orders lists and bounds periods.
create table nt30.aoc_nt_enviaments (
  enviament uuid primary key,
  arribada bigint generated always as identity,
  tipus_informe text not null,
  notificacio bigint,
  organisme text not null,
  departament text not null,
  backoffice text,
  estat text,
  -- The place in the notification's line.
  posicio timestamptz not null,
  situacio text not null,
  primer boolean not null,
  tard boolean not null default false,
  intents integer not null default 0,
  gastats integer not null default 0,
  interrupcions integer not null default 0,
  proper_intent timestamptz not null,
  no_abans timestamptz,
  avancat boolean not null default false,
  bloquejat text,
  -- When its last failure said that the origin is in trouble.
  problema_origen timestamptz,
  darrer_resultat text,
  -- When the queue gets its next hint while the delivery stays queued, and how many it got.
  proper_avis timestamptz,
  avisos integer not null default 0,
  arrendament timestamptz,
  punt bigint,
  origen bigint,
  reenviat_de uuid,
  motiu_cancellacio text,
  creat timestamptz not null,
  finalitzat timestamptz
);
-- Lists, each newest first by id: whatever the filters, one of these leads to the newest rows of each
-- combination of the columns before the id (src/store/newest.ts).
create index aoc_nt_enviaments_situacio on nt30.aoc_nt_enviaments (situacio, enviament);
create index aoc_nt_enviaments_estat on nt30.aoc_nt_enviaments (coalesce(estat, ''), situacio, enviament);
create index aoc_nt_enviaments_entitat
  on nt30.aoc_nt_enviaments (organisme, departament, coalesce(estat, ''), situacio, enviament);
create index aoc_nt_enviaments_notificacio on nt30.aoc_nt_enviaments (notificacio, enviament);
-- What the relay may admit, by origin and due time.
create index aoc_nt_enviaments_pendents on nt30.aoc_nt_enviaments (origen, proper_intent)
  where primer and bloquejat is null and situacio in ('waiting', 'retrying');
-- What fills an origin's window.
create index aoc_nt_enviaments_finestra on nt30.aoc_nt_enviaments (origen)
  where situacio in ('queued', 'sending');
-- What a changed configuration touches.
create index aoc_nt_enviaments_inacabats on nt30.aoc_nt_enviaments (punt) where finalitzat is null;
create index aoc_nt_enviaments_reenviats on nt30.aoc_nt_enviaments (reenviat_de) where reenviat_de is not null;
-- Rows change a few times and then rest: vacuum by their number, not by the share of a table that grows.
alter table nt30.aoc_nt_enviaments set (
  autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 5000,
  autovacuum_analyze_scale_factor = 0.02, autovacuum_analyze_threshold = 5000
);

-- The report of each delivery as it was pinned when the change happened: its bytes, from which everything that
-- it says can be read again.
create table nt30.aoc_nt_informes (
  enviament uuid primary key,
  versio text not null,
  contingut text not null
);

-- The communications log: one row for each attempt, and one when a delivery comes to be blocked.
create table nt30.aoc_nt_logs_comunicacio (
  log uuid primary key,
  enviament uuid not null,
  notificacio bigint,
  organisme text not null,
  departament text not null,
  estat text,
  fase text not null,
  intent integer,
  inici timestamptz not null,
  durada_ms integer not null,
  punt_recepcio text,
  resultat text not null,
  http integer,
  codi_error text
);
create index aoc_nt_logs_comunicacio_enviament on nt30.aoc_nt_logs_comunicacio (enviament, log);
-- Lists, as those of deliveries.
create index aoc_nt_logs_comunicacio_resultat on nt30.aoc_nt_logs_comunicacio (resultat, log);
create index aoc_nt_logs_comunicacio_estat
  on nt30.aoc_nt_logs_comunicacio (coalesce(estat, ''), resultat, log);
create index aoc_nt_logs_comunicacio_entitat
  on nt30.aoc_nt_logs_comunicacio (organisme, departament, coalesce(estat, ''), resultat, log);
create index aoc_nt_logs_comunicacio_notificacio on nt30.aoc_nt_logs_comunicacio (notificacio, log);
-- One row for each attempt number of a delivery: no number is given twice.
create unique index aoc_nt_logs_comunicacio_intent on nt30.aoc_nt_logs_comunicacio (enviament, intent)
  where intent is not null;

-- What may quote personal data, apart from the log so that it stays narrow: texts and answers, which go after
-- BODY_RETENTION, and how the request was made.
create table nt30.aoc_nt_cossos_comunicacio (
  log uuid primary key,
  text_error text,
  -- Request: headers (secrets masked), SHA-256 of the body, and what encloses the report in it.
  peticio_capcaleres jsonb,
  peticio_resum text,
  peticio_sobre jsonb,
  resposta_capcaleres jsonb,
  resposta text
);
