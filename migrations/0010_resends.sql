-- Resends in bulk: jobs that send again what a filter matches, worked in small pieces by the scheduler.

create table nt30.aoc_nt_reenviaments (
  reenviament uuid primary key,
  situacio text not null check (situacio in ('running', 'paused', 'cancelled', 'done')),
  -- As the API shows it.
  filtre jsonb not null,
  motiu text,
  -- The most deliveries that are made in a minute.
  ritme integer not null check (ritme > 0),
  total integer not null,
  -- The last delivery that was dealt with, in the order of their ids, and what became of those up to it.
  darrer uuid,
  reenviats integer not null default 0,
  -- By reason, how many were passed over.
  omesos jsonb not null default '{}',
  -- When its next piece may be worked, so that the pace is kept.
  proper timestamptz not null,
  -- Whether it waits for deliveries that it has made: as many as may be are unfinished.
  espera boolean not null default false,
  -- The key that made it; its name is repeated, so that a row says who it was when the key is gone.
  autor uuid,
  nom_autor text not null,
  creat timestamptz not null,
  iniciat timestamptz,
  finalitzat timestamptz
);
-- The jobs that have not ended: few.
create index aoc_nt_reenviaments_inacabats on nt30.aoc_nt_reenviaments (proper) where finalitzat is null;

-- What a job's filter matched at its instant, and what became of each: `nou` is the delivery that was made, `motiu`
-- why none was; neither: it was not dealt with yet.
create table nt30.aoc_nt_reenviaments_enviaments (
  reenviament uuid not null,
  enviament uuid not null,
  nou uuid,
  motiu text,
  primary key (reenviament, enviament)
);
-- Those that were passed over, and those that were made: few or many, none is looked for among the others.
create index aoc_nt_reenviaments_enviaments_nous
  on nt30.aoc_nt_reenviaments_enviaments (reenviament, enviament) where nou is not null;
create index aoc_nt_reenviaments_enviaments_omesos
  on nt30.aoc_nt_reenviaments_enviaments (reenviament, enviament) where motiu is not null;
