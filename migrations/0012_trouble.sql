-- An endpoint that fails: since when, how often, what was told of it, and whether the service holds its deliveries
-- back; and the events that are told to those who run the service.

-- Since when an origin has been only probed; null while it is not.
alter table nt30.aoc_nt_origens add column problema_des_de timestamptz;

-- Since when the service itself holds the endpoint's deliveries back ('suspended' in aoc_nt_enviaments.retingut).
alter table nt30.aoc_nt_punts_recepcio add column suspes_des_de timestamptz;

-- The health of endpoints at which an attempt has failed once: one that never failed has no row, and nothing is
-- written while all is well. Without a foreign key: its check would wait for a configuration that is being put,
-- which waits for the deliveries of who writes here. The scheduler removes rows whose endpoint is gone.
create table nt30.aoc_nt_salut_punts (
  punt bigint primary key,
  -- The first failure since the last acknowledgement; null where the last that is known is an acknowledgement.
  falla_des_de timestamptz,
  -- Of the failures since then: the last one, and how many.
  darrera_fallada timestamptz,
  fallades integer not null default 0,
  darrer_resultat text,
  darrer_codi text,
  darrer_http integer,
  -- How many stages of warning were told of this time of failures.
  avisos integer not null default 0,
  -- Deliveries exhausted that were not told of yet, and when such were told of last.
  esgotats integer not null default 0,
  esgotats_dits timestamptz
);

-- Operational events, written in the transaction of what they tell. Ids are UUIDs of version 7, made from `moment`.
create table nt30.aoc_nt_esdeveniments (
  esdeveniment uuid primary key,
  moment timestamptz not null,
  -- What it tells, once: a second event of the same key is none.
  clau text not null unique,
  tipus text not null,
  -- The endpoint that it is about; null for a server's certificate and the service's own.
  organisme text,
  departament text,
  backoffice text,
  -- What else it says; no personal data, no secrets.
  dades jsonb not null,
  -- Whether its notices were made, one for each channel that is configured.
  repartit boolean not null default false
);
create index aoc_nt_esdeveniments_per_repartir on nt30.aoc_nt_esdeveniments (esdeveniment) where not repartit;
create index aoc_nt_esdeveniments_tipus on nt30.aoc_nt_esdeveniments (tipus, esdeveniment);
create index aoc_nt_esdeveniments_entitat on nt30.aoc_nt_esdeveniments (organisme, departament, esdeveniment);

-- The outbox: what goes out of an event by a channel ('webhook', 'mail').
create table nt30.aoc_nt_avisos_esdeveniments (
  esdeveniment uuid not null references nt30.aoc_nt_esdeveniments on delete cascade,
  canal text not null,
  intents integer not null default 0,
  -- From when it may be sent; while one sends it, until when nobody else does; null once it is sent or given up.
  proper_intent timestamptz,
  enviat timestamptz,
  codi_error text,
  primary key (esdeveniment, canal)
);
create index aoc_nt_avisos_esdeveniments_pendents
  on nt30.aoc_nt_avisos_esdeveniments (canal, esdeveniment) where proper_intent is not null;
