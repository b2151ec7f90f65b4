-- The daily report: which changes wait for one, which report took each, and the lines in which reports go out.

-- The changes of entities that have the daily report on, each written in the transaction that took it; entities
-- without it have no row here. A change that waits has no delivery; the cut that takes it names the report. So no
-- watermark decides: a change whose transaction ends after the cut waits for the next one.
create table nt30.aoc_nt_canvis_diaris (
  canvi bigint primary key,
  notificacio bigint not null,
  organisme text not null,
  departament text not null,
  ocorregut timestamptz not null,
  -- The delivery whose report took it.
  enviament uuid
);
-- What waits, by entity.
create index aoc_nt_canvis_diaris_pendents on nt30.aoc_nt_canvis_diaris (organisme, departament, notificacio)
  where enviament is null;

-- The lock that orders the daily reports of an entity (backoffice ''), or of a back office with its own.
create table nt30.aoc_nt_linies_diaries (
  organisme text not null,
  departament text not null,
  backoffice text not null,
  primary key (organisme, departament, backoffice)
);

-- What each daily delivery is: the day, which of the day's messages, and how many notifications it tells.
create table nt30.aoc_nt_informes_diaris (
  enviament uuid primary key,
  organisme text not null,
  departament text not null,
  backoffice text not null,
  dia date not null,
  part integer not null check (part >= 1),
  notificacions integer not null check (notificacions >= 1),
  -- Whether an operator had it sent again.
  reenviament boolean not null default false
);
-- Never twice: one report for each entity, back office and day, in messages numbered from 1.
create unique index aoc_nt_informes_diaris_dia
  on nt30.aoc_nt_informes_diaris (organisme, departament, dia, backoffice, part) where not reenviament;

-- The last day of Europe/Madrid whose reports are made. No change of a day before this file can wait for one.
insert into nt30.aoc_nt_parametres (nom, valor)
values ('diari_fet_fins', to_char((now() at time zone 'Europe/Madrid')::date - 1, 'YYYY-MM-DD'));
