-- What people look at all the time: whether everything goes out, how much went out, and where something is. No table
-- that a delivery writes gets an index or a column here: what is counted and looked up is filled in behind.

-- What is in trouble, found without reading every endpoint.
create index aoc_nt_salut_punts_fallen on nt30.aoc_nt_salut_punts (punt) where falla_des_de is not null;
create index aoc_nt_origens_problema on nt30.aoc_nt_origens (origen) where problema_des_de is not null;
create index aoc_nt_punts_recepcio_suspesos on nt30.aoc_nt_punts_recepcio (punt) where suspes_des_de is not null;
create index aoc_nt_punts_recepcio_incomplets on nt30.aoc_nt_punts_recepcio (punt) where manca <> '{}';
create index aoc_nt_configuracio_callbacks_pausades on nt30.aoc_nt_configuracio_callbacks (entitat)
  where pausat_des_de is not null;

-- Attempts a minute, of all entities, by the log's outcome; counted from the log behind it (docs/architecture.md).
create table nt30.aoc_nt_activitat (
  minut timestamptz not null,
  resultat text not null,
  intents bigint not null,
  -- Of them, those that spent a delivery's last attempt.
  esgotats bigint not null,
  primary key (minut, resultat)
);

-- The same an hour, by entity and by how long attempts took.
create table nt30.aoc_nt_activitat_entitats (
  organisme text not null,
  departament text not null,
  hora timestamptz not null,
  resultat text not null,
  -- The step of the duration: floor(ln(ms) / ln(1.1)), so that each is a tenth wider than the one before.
  durada_grau smallint not null,
  intents bigint not null,
  -- Of them, acknowledged at a delivery's first attempt, and those that spent a delivery's last.
  primers bigint not null,
  esgotats bigint not null,
  primary key (organisme, departament, hora, resultat, durada_grau)
);
-- By which an hour is counted again, and an old one removed.
create index aoc_nt_activitat_entitats_hora on nt30.aoc_nt_activitat_entitats (hora);

-- Which notification has a reference, filled in behind the changes.
create table nt30.aoc_nt_referencies (
  referencia text not null,
  notificacio bigint not null,
  primary key (notificacio, referencia)
);
create index aoc_nt_referencies_referencia
  on nt30.aoc_nt_referencies (referencia text_pattern_ops, notificacio);

-- Letters as they are searched for: without case and accents. Immutable, so that a column can be made of it.
create function nt30.aoc_nt_cerca(nom text) returns text language sql immutable parallel safe as $$
  select translate(lower(nom), 'àáâäèéêëìíîïòóôöùúûüçñ·’''', 'aaaaeeeeiiiioooouuuucn   ')
$$;
-- The words of both names. Without an index: the service's connections read by plain indexes alone, of which none has
-- words, and entities are thousands, not millions.
alter table nt30.aoc_nt_configuracio_callbacks add column paraules tsvector
  generated always as (to_tsvector('simple', nt30.aoc_nt_cerca(nom_organisme || ' ' || nom_departament))) stored;
create index aoc_nt_configuracio_callbacks_organisme
  on nt30.aoc_nt_configuracio_callbacks (organisme text_pattern_ops, departament);

-- How far the log is counted, by minutes and by hours, and up to which change references are filled in.
insert into nt30.aoc_nt_parametres (nom, valor) values ('activitat', '{}'), ('referencies', '{}');
