-- Where an attempt's time went: {"connectingMs","waitingMs","readingMs"}. Null: not known, as of attempts before this.

alter table nt30.aoc_nt_cossos_comunicacio add column fases jsonb;
