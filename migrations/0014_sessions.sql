-- Sessions of the web console, and the links that begin one.

-- Tokens are kept as SHA-256 alone. Where a session is a key's, what it may do is read from the key each time, so
-- that a key that is revoked, expired or changed counts at once; else it is what stands here.
create table nt30.aoc_nt_sessions (
  sessio bytea primary key,
  clau uuid references nt30.aoc_nt_claus on delete cascade,
  -- Who it is in the audit trail: the key's id, or that of a person who has no key.
  titular uuid not null,
  nom text not null,
  rol text not null check (rol in ('admin', 'operator', 'auditor', 'backend', 'integrator')),
  -- The entities that it reads, [{"organisation","department"}]; null: every one.
  entitats jsonb,
  inici timestamptz not null,
  -- When somebody was last seen at it, to half a minute.
  vista timestamptz not null,
  -- When it ends whatever happens.
  fi timestamptz not null
);
create index aoc_nt_sessions_clau on nt30.aoc_nt_sessions (clau);
create index aoc_nt_sessions_fi on nt30.aoc_nt_sessions (fi);

-- Codes that sign in once, as SHA-256; one that was used is removed.
create table nt30.aoc_nt_enllacos_entrada (
  codi bytea primary key,
  clau uuid not null references nt30.aoc_nt_claus on delete cascade,
  fi timestamptz not null
);
create index aoc_nt_enllacos_entrada_clau on nt30.aoc_nt_enllacos_entrada (clau);
create index aoc_nt_enllacos_entrada_fi on nt30.aoc_nt_enllacos_entrada (fi);
