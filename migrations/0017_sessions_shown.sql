-- Sessions as they are shown to those who may end them: by an id that opens nothing, and by how they were begun.

alter table nt30.aoc_nt_sessions
  -- UUID version 7 of its beginning, so that a list is newest first; no token, and no part of one.
  add column identificador uuid,
  add column entrada text check (entrada in ('key', 'link', 'provider'));

-- What is there goes on. A link was not told from the key that made it.
update nt30.aoc_nt_sessions s set
  identificador = (lpad(to_hex(floor(extract(epoch from inici) * 1000)::bigint), 12, '0')
    || '7' || substr(made.hex, 2, 3) || '8' || substr(made.hex, 6, 15))::uuid,
  entrada = case when clau is null then 'provider' else 'key' end
from (select sessio, replace(gen_random_uuid()::text, '-', '') as hex from nt30.aoc_nt_sessions) as made
where made.sessio = s.sessio;

-- Processes of the version before go on beginning sessions while they are replaced.
alter table nt30.aoc_nt_sessions
  alter column identificador set default gen_random_uuid(),
  alter column identificador set not null,
  alter column entrada set default 'key',
  alter column entrada set not null;
create unique index aoc_nt_sessions_identificador on nt30.aoc_nt_sessions (identificador);
