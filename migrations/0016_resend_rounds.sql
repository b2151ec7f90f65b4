-- A job that sends again goes round what it has left for servers that are slow or dead, so that these hold up no
-- others.

alter table nt30.aoc_nt_reenviaments
  -- Which round it is on, from 1; `darrer` is how far it has come in that.
  add column volta integer not null default 1,
  -- Servers (rows of aoc_nt_origens; 0: none) whose deliveries it leaves for the next round.
  add column ajornats bigint[] not null default '{}';

-- Where a delivery that was made counts as unfinished: the server of the one that it sends again; 0: none.
alter table nt30.aoc_nt_reenviaments_enviaments add column origen bigint;
create index aoc_nt_reenviaments_enviaments_origens
  on nt30.aoc_nt_reenviaments_enviaments (reenviament, origen, nou) where nou is not null;
create index aoc_nt_reenviaments_enviaments_pendents
  on nt30.aoc_nt_reenviaments_enviaments (reenviament, enviament) where nou is null and motiu is null;
