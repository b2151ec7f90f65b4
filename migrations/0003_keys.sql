-- API keys: roles, the entities that a key reads, expiry, rotation, revocation, limits; and who did what.

alter table nt30.aoc_nt_claus
  add constraint aoc_nt_claus_rol check (rol in ('admin', 'operator', 'auditor', 'backend', 'integrator')),
  -- The key's first characters, by which a leaked one is found; null where the key is not of our making.
  add column prefix text unique,
  -- Given as ADMIN_KEY: a start with another value removes it.
  add column entorn boolean not null default false,
  -- Requests in a minute; null: what its role has.
  add column peticions_minut integer check (peticions_minut > 0),
  add column caduca timestamptz,
  add column revocada timestamptz,
  -- When it was last seen, to the minute.
  add column darrer_us timestamptz,
  -- The key that this one follows; each has one successor at most.
  add column substitueix uuid unique;

update nt30.aoc_nt_claus set entorn = true where nom = 'ADMIN_KEY';

-- The entities that an integrator's key reads. Codes, not rows: a key outlives a configuration that is deleted
-- and made again, and may be made before it.
create table nt30.aoc_nt_claus_entitats (
  clau uuid not null references nt30.aoc_nt_claus on delete cascade,
  organisme text not null,
  departament text not null,
  primary key (clau, organisme, departament)
);

-- Who did what, when, to which entity, key or delivery. Ids are UUIDs of version 7, made from `moment`. The
-- names of keys are repeated, so that a row says who it was when the key is gone.
create table nt30.aoc_nt_auditoria (
  registre uuid primary key,
  moment timestamptz not null,
  -- The key that did it; null: the service itself, at its start.
  autor uuid,
  nom_autor text not null,
  accio text not null,
  organisme text,
  departament text,
  -- The key, and the delivery, that it was done to.
  clau uuid,
  enviament uuid,
  -- What else is worth knowing, such as the names of the members that changed; never a value of a secret.
  detall jsonb not null
);
create index aoc_nt_auditoria_entitat on nt30.aoc_nt_auditoria (organisme, departament, registre);
create index aoc_nt_auditoria_autor on nt30.aoc_nt_auditoria (autor, registre);
create index aoc_nt_auditoria_accio on nt30.aoc_nt_auditoria (accio, registre);

-- Rows are added and never change: not by a mistake of this program, nor by a hurried hand.
create function nt30.aoc_nt_auditoria_nomes_afegir() returns trigger language plpgsql as $$
begin
  raise exception 'nt30.aoc_nt_auditoria takes new rows alone';
end
$$;
create trigger aoc_nt_auditoria_nomes_afegir before update or delete or truncate on nt30.aoc_nt_auditoria
  for each statement execute function nt30.aoc_nt_auditoria_nomes_afegir();
