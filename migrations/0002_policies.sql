-- When certificates of an endpoint expire, so that those which soon will can be asked for; null where there is
-- none. The service's own signing certificate stands in aoc_nt_parametres, certificat_signatura.
alter table nt30.aoc_nt_punts_recepcio
  add column signatura_caduca timestamptz,
  add column client_caduca timestamptz;
