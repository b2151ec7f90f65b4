-- RecuperarReport: an integrator asks for one notification, or for all that changed on a day.

-- A pull is no attempt of a delivery: its rows have none. They say what was asked for and how much was answered.
alter table nt30.aoc_nt_logs_comunicacio
  alter column enviament drop not null,
  add column dia date,
  add column notificacions integer,
  add constraint aoc_nt_logs_comunicacio_enviament
    check (enviament is not null or fase = 'FASE_RECUPERAR_REPORT');

-- The changes of a day, of whatever notification: changes come in the order of time, mostly, so that this index
-- grows at one end. Those of one department are picked from them by their notifications.
create index aoc_nt_canvis_estat_ocorregut on nt30.aoc_nt_canvis_estat (ocorregut, notificacio);

-- Whether a department has a back office of this code.
create index aoc_nt_notificacions_backoffice on nt30.aoc_nt_notificacions (organisme, departament, backoffice)
  where backoffice is not null;
