-- Keys whose holder may show a client certificate instead, at the calls that take one.

-- SHA-256 of the certificate (DER).
alter table nt30.aoc_nt_claus add column certificat bytea;
create unique index aoc_nt_claus_certificat on nt30.aoc_nt_claus (certificat) where revocada is null;
