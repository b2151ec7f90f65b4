import { shownInMadrid } from '../../domain/instant.ts';
import type { Language } from '../../domain/language.ts';
import type { CommunicationView } from '../../store/communications.ts';
import type { DeliveryView } from '../../store/deliveries.ts';

type Title = Readonly<Record<Language, string>>;

/** A column of an export: its title, and what a row has there. */
export interface CsvColumn<Row> {
  readonly title: Title;
  readonly value: (row: Row) => string | number | boolean | null;
}

const named = (ca: string, es: string, en: string): Title => ({ ca, es, en });

/** An instant in Europe/Madrid as people and spreadsheets read it, and as it is, in UTC. */
function instants<Row>(title: Title, read: (row: Row) => string | null): CsvColumn<Row>[] {
  const madrid = named(`${title.ca} (Madrid)`, `${title.es} (Madrid)`, `${title.en} (Madrid)`);
  const utc = named(`${title.ca} (UTC)`, `${title.es} (UTC)`, `${title.en} (UTC)`);
  const shown = (instant: string | null): string | null =>
    instant === null ? null : shownInMadrid(Date.parse(instant));
  return [
    { title: madrid, value: (row) => shown(read(row)) },
    { title: utc, value: read },
  ];
}

const ORGANISATION = named('Organisme', 'Organismo', 'Organisation');
const DEPARTMENT = named('Departament', 'Departamento', 'Department');
const NOTIFICATION = named('Notificació', 'Notificación', 'Notification');

/** An export of deliveries. Codes stand as the API has them. */
export const DELIVERY_COLUMNS: readonly CsvColumn<DeliveryView>[] = [
  { title: named('Enviament', 'Envío', 'Delivery'), value: ({ id }) => id },
  { title: NOTIFICATION, value: ({ notification }) => notification },
  { title: named('Estat', 'Estado', 'State'), value: ({ state }) => state },
  { title: ORGANISATION, value: ({ organisation }) => organisation },
  { title: DEPARTMENT, value: ({ department }) => department },
  { title: named('Backoffice', 'Backoffice', 'Back office'), value: ({ backOffice }) => backOffice },
  { title: named('Tipus d’informe', 'Tipo de informe', 'Kind of report'), value: ({ kind }) => kind },
  {
    title: named('Dia de l’informe', 'Día del informe', 'Day of the report'),
    value: ({ daily }) => daily?.date ?? null,
  },
  { title: named('Situació', 'Situación', 'Status'), value: ({ status }) => status },
  { title: named('Espera', 'Espera', 'Waits for'), value: ({ waitingFor }) => waitingFor },
  { title: named('Tardà', 'Tardío', 'Late'), value: ({ late }) => late },
  { title: named('Intents', 'Intentos', 'Attempts'), value: ({ attempts }) => attempts },
  {
    title: named('Darrer resultat', 'Último resultado', 'Last outcome'),
    value: ({ lastOutcome }) => lastOutcome,
  },
  ...instants<DeliveryView>(named('Creat', 'Creado', 'Created'), ({ createdAt }) => createdAt),
  ...instants<DeliveryView>(named('Acabat', 'Acabado', 'Finished'), ({ finishedAt }) => finishedAt),
  ...instants<DeliveryView>(
    named('Intent següent', 'Intento siguiente', 'Next attempt'),
    ({ nextAttemptAt }) => nextAttemptAt,
  ),
  { title: named('Reenviat de', 'Reenviado de', 'Resent from'), value: ({ resentFrom }) => resentFrom },
  {
    title: named('Motiu de cancel·lació', 'Motivo de cancelación', 'Reason of cancelling'),
    value: ({ cancelReason }) => cancelReason,
  },
];

/** An export of the communications log. */
export const COMMUNICATION_COLUMNS: readonly CsvColumn<CommunicationView>[] = [
  { title: named('Comunicació', 'Comunicación', 'Communication'), value: ({ id }) => id },
  ...instants<CommunicationView>(named('Inici', 'Inicio', 'Started'), ({ startedAt }) => startedAt),
  { title: named('Enviament', 'Envío', 'Delivery'), value: ({ delivery }) => delivery },
  { title: NOTIFICATION, value: ({ notification }) => notification },
  { title: ORGANISATION, value: ({ organisation }) => organisation },
  { title: DEPARTMENT, value: ({ department }) => department },
  { title: named('Fase', 'Fase', 'Phase'), value: ({ phase }) => phase },
  { title: named('Intent', 'Intento', 'Attempt'), value: ({ attempt }) => attempt },
  { title: named('Durada (ms)', 'Duración (ms)', 'Duration (ms)'), value: ({ durationMs }) => durationMs },
  { title: named('Adreça', 'Dirección', 'Endpoint'), value: ({ endpoint }) => endpoint },
  { title: named('Resultat', 'Resultado', 'Outcome'), value: ({ outcome }) => outcome },
  { title: named('HTTP', 'HTTP', 'HTTP'), value: ({ httpStatus }) => httpStatus },
  { title: named('Codi d’error', 'Código de error', 'Error code'), value: ({ errorCode }) => errorCode },
  { title: named('Text d’error', 'Texto de error', 'Error text'), value: ({ errorText }) => errorText },
];

/** What ends an export that is not whole. */
export const CUT_OFF: Title = named(
  'Aquí s’acaba: una exportació té com a màxim aquest nombre de files. Demaneu-ne la resta amb un període anterior.',
  'Aquí se acaba: una exportación tiene como máximo este número de filas. Pida el resto con un período anterior.',
  'It ends here: an export has this number of rows at the most. Ask for the rest by an earlier period.',
);
