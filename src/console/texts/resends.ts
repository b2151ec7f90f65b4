import type { paths } from '../api/schema.ts';
import type { Text, Texts } from '../i18n/texts.ts';

type Job = paths['/v1/resends/{id}']['get']['responses'][200]['content']['application/json'];
type Item =
  paths['/v1/resends/{id}/items']['get']['responses'][200]['content']['application/json']['items'][number];

/** Sending deliveries again: jobs, and the dialogs that make them. */
export const resendTexts = {
  title: { ca: 'Reenviaments', es: 'Reenvíos', en: 'Resends' },
  resendRows: { ca: 'Reenvia els triats…', es: 'Reenviar los elegidos…', en: 'Resend those selected…' },
  resendFilter: {
    ca: 'Reenvia tot el filtre…',
    es: 'Reenviar todo el filtro…',
    en: 'Resend the whole filter…',
  },
  rowsTitle: { ca: 'Reenvia els triats', es: 'Reenviar los elegidos', en: 'Resend those selected' },
  rowsWhat: {
    ca: '{count, plural, =0 {No se’n pot reenviar cap: encara no han acabat.} one {Es crearà # enviament nou, que tornarà a dir el mateix a l’integrador. L’original no canvia.} other {Es crearan # enviaments nous, que tornaran a dir el mateix als integradors. Els originals no canvien.}}',
    es: '{count, plural, =0 {No se puede reenviar ninguno: aún no han terminado.} one {Se creará # envío nuevo, que volverá a decir lo mismo al integrador. El original no cambia.} other {Se crearán # envíos nuevos, que volverán a decir lo mismo a los integradores. Los originales no cambian.}}',
    en: '{count, plural, =0 {None can be sent again: they are not finished.} one {# new delivery will be made, which tells the integrator the same again. The original does not change.} other {# new deliveries will be made, which tell the integrators the same again. The originals do not change.}}',
  },
  rowsLeft: {
    ca: '{count, plural, one {# encara no ha acabat i es deixa com està.} other {# encara no han acabat i es deixen com estan.}}',
    es: '{count, plural, one {# aún no ha terminado y se deja como está.} other {# aún no han terminado y se dejan como están.}}',
    en: '{count, plural, one {# is not finished and is left as it is.} other {# are not finished and are left as they are.}}',
  },
  rowsDeed: {
    ca: '{count, plural, one {Reenvia’n #} other {Reenvia’n #}}',
    es: '{count, plural, one {Reenviar #} other {Reenviar #}}',
    en: '{count, plural, one {Resend #} other {Resend #}}',
  },
  rowsDone: {
    ca: '{count, plural, =0 {No se n’ha reenviat cap.} one {# reenviat.} other {# reenviats.}}',
    es: '{count, plural, =0 {No se ha reenviado ninguno.} one {# reenviado.} other {# reenviados.}}',
    en: '{count, plural, =0 {None was sent again.} one {# sent again.} other {# sent again.}}',
  },
  rowsFailed: {
    ca: '{count, plural, one {# no s’ha pogut reenviar:} other {# no s’han pogut reenviar:}}',
    es: '{count, plural, one {# no se ha podido reenviar:} other {# no se han podido reenviar:}}',
    en: '{count, plural, one {# could not be sent again:} other {# could not be sent again:}}',
  },
  close: { ca: 'Tanca', es: 'Cerrar', en: 'Close' },
  filterTitle: { ca: 'Reenvia tot el filtre', es: 'Reenviar todo el filtro', en: 'Resend the whole filter' },
  counting: { ca: 'S’està comptant…', es: 'Contando…', en: 'Counting…' },
  preview: {
    ca: '{total, plural, =0 {El filtre no abasta cap enviament.} one {El filtre abasta # enviament} other {El filtre abasta # enviaments}}{total, plural, =0 {} other {{resendable, plural, =0 {, i no se’n reenviarà cap.} one {, i se’n reenviarà #.} other {, i se’n reenviaran #.}}}}',
    es: '{total, plural, =0 {El filtro no abarca ningún envío.} one {El filtro abarca # envío} other {El filtro abarca # envíos}}{total, plural, =0 {} other {{resendable, plural, =0 {, y no se reenviará ninguno.} one {, y se reenviará #.} other {, y se reenviarán #.}}}}',
    en: '{total, plural, =0 {The filter matches no delivery.} one {The filter matches # delivery} other {The filter matches # deliveries}}{total, plural, =0 {} other {{resendable, plural, =0 {, none of which will be sent again.} other {, of which # will be sent again.}}}}',
  },
  left: { ca: 'No es reenvien:', es: 'No se reenvían:', en: 'Not sent again:' },
  pace: { ca: 'Ritme (per minut)', es: 'Ritmo (por minuto)', en: 'Pace (a minute)' },
  paceHelp: {
    ca: '{minutes, plural, =0 {Crear-los trigarà menys d’un minut.} one {Crear-los trigarà un minut.} other {Crear-los trigarà uns # minuts.}}',
    es: '{minutes, plural, =0 {Crearlos tardará menos de un minuto.} one {Crearlos tardará un minuto.} other {Crearlos tardará unos # minutos.}}',
    en: '{minutes, plural, =0 {Making them takes less than a minute.} one {Making them takes a minute.} other {Making them takes some # minutes.}}',
  },
  paceWrong: { ca: 'De 1 a 10.000.', es: 'De 1 a 10.000.', en: 'From 1 to 10,000.' },
  reason: { ca: 'Motiu (opcional)', es: 'Motivo (opcional)', en: 'Reason (optional)' },
  filterWhat: {
    ca: 'Es crearà una feina que es pot aturar, reprendre i cancel·lar. Els enviaments originals no canvien.',
    es: 'Se creará un trabajo que se puede pausar, reanudar y cancelar. Los envíos originales no cambian.',
    en: 'A job is made, which can be paused, resumed and cancelled. The original deliveries do not change.',
  },
  filterDeed: {
    ca: '{count, plural, one {Reenvia’n #} other {Reenvia’n #}}',
    es: '{count, plural, one {Reenviar #} other {Reenviar #}}',
    en: '{count, plural, one {Resend #} other {Resend #}}',
  },
  unbound: {
    ca: 'Filtreu abans per una entitat o per un període: mai no es reenvia tot el que hi ha.',
    es: 'Filtre antes por una entidad o por un período: nunca se reenvía todo lo que hay.',
    en: 'Filter by an entity or a period first: all there is is never sent again.',
  },
  ofNotification: {
    ca: 'El filtre és d’una notificació: trieu els enviaments a la llista.',
    es: 'El filtro es de una notificación: elija los envíos en la lista.',
    en: 'The filter is of one notification: select its deliveries in the list.',
  },
  ofUnfinished: {
    ca: 'El filtre és d’enviaments que encara no han acabat: ja sortiran sols.',
    es: 'El filtro es de envíos que aún no han terminado: ya saldrán solos.',
    en: 'The filter is of deliveries that are not finished: they go out by themselves.',
  },
  job: { ca: 'Reenviament', es: 'Reenvío', en: 'Resend' },
  which: { ca: 'Què', es: 'Qué', en: 'Which' },
  everything: { ca: 'Sense més filtre', es: 'Sin más filtro', en: 'No further filter' },
  progress: { ca: 'Progrés', es: 'Progreso', en: 'Progress' },
  by: { ca: 'Qui', es: 'Quién', en: 'Who' },
  created: { ca: 'Creat', es: 'Creado', en: 'Created' },
  finished: { ca: 'Acabat', es: 'Terminado', en: 'Finished' },
  status: { ca: 'Situació', es: 'Situación', en: 'Status' },
  resent: { ca: 'Reenviats', es: 'Reenviados', en: 'Sent again' },
  skipped: { ca: 'Omesos', es: 'Omitidos', en: 'Left out' },
  pending: { ca: 'Pendents', es: 'Pendientes', en: 'Pending' },
  leftOver: { ca: 'Sense reenviar', es: 'Sin reenviar', en: 'Not sent again' },
  ofTotal: { ca: '{done} de {total}', es: '{done} de {total}', en: '{done} of {total}' },
  none: { ca: 'Encara no hi ha cap reenviament', es: 'Todavía no hay ningún reenvío', en: 'No resend yet' },
  noneHelp: {
    ca: 'Se’n fa un des de la llista d’enviaments, amb un filtre.',
    es: 'Se hace uno desde la lista de envíos, con un filtro.',
    en: 'One is made from the list of deliveries, with a filter.',
  },
  toDeliveries: { ca: 'Ves als enviaments', es: 'Ir a los envíos', en: 'Go to the deliveries' },
  waiting: {
    ca: 'Ara no en crea cap: espera que s’acabin els que ja ha fet.',
    es: 'Ahora no crea ninguno: espera a que terminen los que ya ha hecho.',
    en: 'It makes none now: it waits until those that it has made are finished.',
  },
  pause: { ca: 'Posa en pausa', es: 'Pausar', en: 'Pause' },
  resume: { ca: 'Reprèn', es: 'Reanudar', en: 'Resume' },
  cancel: { ca: 'Cancel·la el reenviament…', es: 'Cancelar el reenvío…', en: 'Cancel the resend…' },
  cancelTitle: { ca: 'Cancel·la el reenviament', es: 'Cancelar el reenvío', en: 'Cancel the resend' },
  cancelWhat: {
    ca: '{count, plural, =0 {No en queda cap per tractar.} one {El que queda no es reenviarà.} other {Els # que queden no es reenviaran.}} Els que ja s’han creat sortiran igualment. No es pot desfer.',
    es: '{count, plural, =0 {No queda ninguno por tratar.} one {El que queda no se reenviará.} other {Los # que quedan no se reenviarán.}} Los que ya se han creado saldrán igualmente. No se puede deshacer.',
    en: '{count, plural, =0 {None is left.} one {The one left will not be sent again.} other {The # left will not be sent again.}} Those that are made go out all the same. It cannot be undone.',
  },
  cancelDeed: { ca: 'Cancel·la’l', es: 'Cancelarlo', en: 'Cancel it' },
  keep: { ca: 'Deixa’l', es: 'Dejarlo', en: 'Keep it' },
  pausedNow: { ca: 'Reenviament en pausa', es: 'Reenvío en pausa', en: 'Resend paused' },
  resumedNow: { ca: 'Reenviament reprès', es: 'Reenvío reanudado', en: 'Resend resumed' },
  cancelledNow: { ca: 'Reenviament cancel·lat', es: 'Reenvío cancelado', en: 'Resend cancelled' },
  items: { ca: 'Enviaments del reenviament', es: 'Envíos del reenvío', en: 'Deliveries of the resend' },
  result: { ca: 'Resultat', es: 'Resultado', en: 'Result' },
  all: { ca: 'Tots', es: 'Todos', en: 'All' },
  original: { ca: 'Original', es: 'Original', en: 'Original' },
  resentAs: { ca: 'Reenviat com a', es: 'Reenviado como', en: 'Sent again as' },
  open: { ca: 'Obre', es: 'Abrir', en: 'Open' },
  noItems: {
    ca: 'Cap enviament no té aquest resultat',
    es: 'Ningún envío tiene este resultado',
    en: 'No delivery has this result',
  },
  entity: { ca: 'Entitat', es: 'Entidad', en: 'Entity' },
  from: { ca: 'des de', es: 'desde', en: 'from' },
  to: { ca: 'fins a', es: 'hasta', en: 'before' },
  perMinute: { ca: '{pace} per minut', es: '{pace} por minuto', en: '{pace} a minute' },
} as const satisfies Texts;

/** Where a job stands. */
export const jobTexts: Readonly<Record<Job['status'], Text>> = {
  running: { ca: 'En marxa', es: 'En marcha', en: 'Running' },
  paused: { ca: 'En pausa', es: 'En pausa', en: 'Paused' },
  cancelled: { ca: 'Cancel·lat', es: 'Cancelado', en: 'Cancelled' },
  done: { ca: 'Acabat', es: 'Terminado', en: 'Done' },
};

/** What became of a delivery of a job. */
export const resultTexts: Readonly<Record<Item['result'], Text>> = {
  pending: { ca: 'Pendent', es: 'Pendiente', en: 'Pending' },
  resent: { ca: 'Reenviat', es: 'Reenviado', en: 'Sent again' },
  skipped: { ca: 'Omès', es: 'Omitido', en: 'Left out' },
};

/** Why a delivery is not sent again. */
export const skipTexts: Readonly<Record<keyof Job['skipped'], Text>> = {
  unfinished: {
    ca: 'encara no havia acabat',
    es: 'aún no había terminado',
    en: 'it was not finished yet',
  },
  'resend-unfinished': {
    ca: 'ja se n’està fent un altre enviament',
    es: 'ya se está haciendo otro envío',
    en: 'another sending of it is under way',
  },
  'acknowledged-since': {
    ca: 'un reenviament ja s’ha confirmat',
    es: 'un reenvío ya se ha confirmado',
    en: 'a resend of it was acknowledged',
  },
  repeated: {
    ca: 'el mateix informe ja surt per un altre',
    es: 'el mismo informe ya sale por otro',
    en: 'the same report goes out for another one',
  },
  'entity-unknown': {
    ca: 'l’entitat ja no està configurada',
    es: 'la entidad ya no está configurada',
    en: 'its entity has no configuration',
  },
  'delivery-gone': { ca: 'ja no existeix', es: 'ya no existe', en: 'it is no longer there' },
};
