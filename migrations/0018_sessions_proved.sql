-- When whose session it is last proved who they are: what gives or takes access asks for that anew after a while.

alter table nt30.aoc_nt_sessions
  -- Null: not known, as where a provider of identity let in somebody whom it knew already and did not say since when.
  -- Processes of the version before begin such sessions while they are replaced.
  add column provada timestamptz;

update nt30.aoc_nt_sessions set provada = inici;
