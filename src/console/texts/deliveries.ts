import type { paths } from '../api/schema.ts';
import type { Language } from '../i18n/language.ts';
import { sayIn, type Text, type Texts } from '../i18n/texts.ts';

type DeliveryQuery = NonNullable<paths['/v1/deliveries']['get']['parameters']['query']>;
type CommunicationQuery = NonNullable<paths['/v1/communications']['get']['parameters']['query']>;
type Delivery =
  paths['/v1/deliveries']['get']['responses'][200]['content']['application/json']['items'][number];
type Communication =
  paths['/v1/communications']['get']['responses'][200]['content']['application/json']['items'][number];

export type Status = NonNullable<DeliveryQuery['status']>;
export type State = NonNullable<DeliveryQuery['state']>;
export type Kind = NonNullable<DeliveryQuery['kind']>;
export type Outcome = NonNullable<CommunicationQuery['outcome']>;

/** Where a delivery stands. */
export const statusTexts: Readonly<Record<Status, Text>> = {
  waiting: { ca: 'Espera', es: 'Espera', en: 'Waiting' },
  queued: { ca: 'A la cua', es: 'En la cola', en: 'In the queue' },
  sending: { ca: 'S’està enviant', es: 'Enviándose', en: 'Being sent' },
  retrying: { ca: 'Es reintentarà', es: 'Se reintentará', en: 'To be retried' },
  acknowledged: { ca: 'Confirmat', es: 'Confirmado', en: 'Acknowledged' },
  exhausted: { ca: 'Esgotat', es: 'Agotado', en: 'Exhausted' },
  cancelled: { ca: 'Cancel·lat', es: 'Cancelado', en: 'Cancelled' },
};

/** Why an unfinished delivery is not going out now. */
export const waitingTexts: Readonly<Record<NonNullable<Delivery['waitingFor']>, Text>> = {
  earlier: {
    ca: 'un estat anterior encara no s’ha comunicat',
    es: 'un estado anterior aún no se ha comunicado',
    en: 'an earlier state is not told yet',
  },
  window: { ca: 'espera torn', es: 'espera turno', en: 'waits for its turn' },
  configuration: {
    ca: 'falta configuració',
    es: 'falta configuración',
    en: 'its configuration lacks something',
  },
  paused: { ca: 'entitat en pausa', es: 'entidad en pausa', en: 'its entity is paused' },
  suspended: { ca: 'adreça suspesa', es: 'dirección suspendida', en: 'its address is suspended' },
  retry: { ca: 'espera el pròxim intent', es: 'espera el próximo intento', en: 'waits for its next attempt' },
};

/** How an attempt or a pull ended. */
export const outcomeTexts: Readonly<Record<Outcome, Text>> = {
  acknowledged: { ca: 'Confirmat', es: 'Confirmado', en: 'Acknowledged' },
  refused: {
    ca: 'Rebutjat per l’integrador',
    es: 'Rechazado por el integrador',
    en: 'Refused by the integrator',
  },
  faulted: { ca: 'Error SOAP', es: 'Error SOAP', en: 'SOAP fault' },
  unreadable: { ca: 'Resposta il·legible', es: 'Respuesta ilegible', en: 'Answer not readable' },
  'http-error': { ca: 'Error HTTP', es: 'Error HTTP', en: 'HTTP error' },
  unreachable: { ca: 'Sense connexió', es: 'Sin conexión', en: 'No connection' },
  blocked: { ca: 'No s’ha pogut enviar', es: 'No se ha podido enviar', en: 'Could not be sent' },
  interrupted: { ca: 'Interromput', es: 'Interrumpido', en: 'Interrupted' },
  answered: { ca: 'Informe recuperat', es: 'Informe recuperado', en: 'Report pulled' },
};

/** The states of a notification that are told, as people say them; the contract’s own words are in capitals. */
export const stateTexts: Readonly<Record<State, Text>> = {
  PENDENT: { ca: 'Pendent', es: 'Pendiente', en: 'Pending' },
  REGISTRADA: { ca: 'Registrada', es: 'Registrada', en: 'Registered' },
  DIPOSITADA: { ca: 'Dipositada', es: 'Depositada', en: 'Deposited' },
  ACCEPTADA: { ca: 'Acceptada', es: 'Aceptada', en: 'Accepted' },
  REBUTJADA: { ca: 'Rebutjada', es: 'Rechazada', en: 'Rejected' },
  EXPIRADA: { ca: 'Expirada', es: 'Expirada', en: 'Expired' },
  ERROR: { ca: 'Error', es: 'Error', en: 'Error' },
  ANUL·LADA: { ca: 'Anul·lada', es: 'Anulada', en: 'Annulled' },
};

/** The kinds of reports. */
export const kindTexts: Readonly<Record<Kind, Text>> = {
  OnLine: { ca: 'D’un canvi d’estat', es: 'De un cambio de estado', en: 'Of a change of state' },
  Diari: { ca: 'Informe diari', es: 'Informe diario', en: 'Daily report' },
};

/** The phases of the communications log. */
export const phaseTexts: Readonly<Record<Communication['phase'], Text>> = {
  FASE_REPORT_ONLINE: { ca: 'Avís', es: 'Aviso', en: 'Callback' },
  FASE_REPORT_DIARI: { ca: 'Informe diari', es: 'Informe diario', en: 'Daily report' },
  FASE_RECUPERAR_REPORT: { ca: 'Consulta', es: 'Consulta', en: 'Pull' },
};

/** A state, or a kind of report, in words; what is neither stays as it is. */
export function sayState(language: Language, name: string): string {
  const texts: Texts = { ...stateTexts, ...kindTexts };
  const text = texts[name];
  return text === undefined ? name : sayIn(language, text);
}
