-- Which certificates are in use, and when they end.

alter table nt30.aoc_nt_punts_recepcio
  -- When the first of the endpoint's own CA's certificates ends; null where it has none of its own.
  add column ca_caduca timestamptz,
  -- Subject, issuer and SHA-256 of the endpoint's certificates, by 'client', 'signing' and 'ca'. Of endpoints
  -- written before this file they follow with their next change.
  add column certificats jsonb not null default '{}';
-- Whom a server's certificate matters to.
create index aoc_nt_punts_recepcio_origen on nt30.aoc_nt_punts_recepcio (origen);

-- The certificate that each server has shown last, on a connection on which it was verified. One row for each
-- origin, whose host is the name that the certificate is for.
create table nt30.aoc_nt_certificats_servidor (
  origen bigint primary key references nt30.aoc_nt_origens on delete cascade,
  empremta text not null,
  subjecte text not null,
  emissor text not null,
  caduca timestamptz not null,
  -- When it was seen last, to the day: connections are many.
  vist timestamptz not null
);

-- The last day, in Europe/Madrid, on which the log warned of a certificate: once, however many processes look.
create table nt30.aoc_nt_avisos_certificats (
  certificat text primary key,
  caduca timestamptz not null,
  dia date not null
);

-- Every certificate in use. A server's counts while an endpoint has its origin.
create view nt30.aoc_nt_certificats as
select 'server:' || s.origen as certificat, 'server' as tipus, null::bigint as entitat, null as backoffice,
  s.origen, s.subjecte, s.emissor, s.empremta, s.caduca, s.vist
from nt30.aoc_nt_certificats_servidor s
where exists (select from nt30.aoc_nt_punts_recepcio p where p.origen = s.origen)
union all
select t.tipus || ':' || p.punt, t.tipus, p.entitat, p.backoffice, p.origen,
  p.certificats #>> array[t.tipus, 'subject'], p.certificats #>> array[t.tipus, 'issuer'],
  p.certificats #>> array[t.tipus, 'fingerprint'], t.caduca, null
from nt30.aoc_nt_punts_recepcio p
cross join lateral (
  values ('client', p.client_caduca), ('signing', p.signatura_caduca), ('ca', p.ca_caduca)
) as t(tipus, caduca)
where t.caduca is not null
union all
select 'service-signing', 'service-signing', null, null, null, s.dades ->> 'subject', s.dades ->> 'issuer',
  s.dades ->> 'fingerprint', (s.dades ->> 'expiresAt')::timestamptz, null
from (
  -- Other parameters are no JSON: the condition must come before the cast, whatever the planner does.
  select case when nom = 'certificat_signatura' then nullif(valor, 'null')::jsonb end as dades
  from nt30.aoc_nt_parametres
) s
where s.dades is not null;
