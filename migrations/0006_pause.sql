-- Pause and resume: what holds an entity's deliveries back is marked on each of them, so that the relay, which
-- looks for what is due all the time, finds by its partial index only what may go, and never asks the configuration.

-- Null: nothing holds it. 'paused': an operator does. 'suspended': the service itself.
alter table nt30.aoc_nt_enviaments add column retingut text;

-- What the relay may admit, by origin and due time.
drop index nt30.aoc_nt_enviaments_pendents;
create index aoc_nt_enviaments_pendents on nt30.aoc_nt_enviaments (origen, proper_intent)
  where primer and bloquejat is null and retingut is null and situacio in ('waiting', 'retrying');

-- Tests of an entity's connection that are under way: one of each entity at a time, whichever process runs it.
create table nt30.aoc_nt_proves (
  entitat bigint primary key,
  prova uuid not null,
  -- When it is over in any case, though its process may have ended without saying so.
  fins timestamptz not null
);
