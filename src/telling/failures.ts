import type { LoggedOutcome } from '../domain/attempt.ts';
import type { Language } from '../domain/language.ts';
import { listed, times } from './grammar.ts';

/** How an attempt failed, as the log has it. */
export interface Failure {
  readonly outcome: LoggedOutcome;
  readonly httpStatus: number | null;
  /** Of docs/errors.md. */
  readonly code: string | null;
}

/** Whose it is to mend a failure: the integrator's, the configuration's (whoever puts it), or this service's own. */
export type Side = 'integrator' | 'configuration' | 'service';

const CONFIGURATION_CODES = new Set([
  'address-not-allowed',
  'configuration-incomplete',
  'version-cannot-express',
  'dns',
  'http-401',
  'http-403',
  'http-404',
  'http-405',
  'tls-client-certificate-required',
  'tls-client-certificate-refused',
]);
const SERVICE_CODES = new Set(['proxy-failed', 'own-resources', 'stopped', 'lease-expired', 'cancelled']);

/** Whose side a failure is on, by its code. What a configuration and a server disagree on counts as the configuration's. */
export function sideOf({ outcome, code }: Pick<Failure, 'outcome' | 'code'>): Side {
  if (outcome === 'interrupted' || SERVICE_CODES.has(code ?? '')) return 'service';
  if (outcome === 'blocked' || CONFIGURATION_CODES.has(code ?? '')) return 'configuration';
  return 'integrator';
}

/** What the integrator’s web service did, as a verb with its objects, past tense: one phrase for each kind. */
type Phrases = Readonly<
  Record<
    | 'refused'
    | 'faulted'
    | 'notSoap'
    | 'incomplete'
    | 'tooLarge'
    | 'notHttp'
    | 'dns'
    | 'connectRefused'
    | 'connectTimeout'
    | 'connectFailed'
    | 'connectionLost'
    | 'tls'
    | 'answerTimeout'
    | 'unreachable',
    string
  > & { readonly http: (status: string) => string }
>;

const PHRASES: Readonly<Record<Language, Phrases>> = {
  ca: {
    http: (status) => `va respondre ${status}`,
    refused: 'va rebutjar l’informe amb un Error',
    faulted: 'va respondre amb un SOAP Fault',
    notSoap: 'va donar una resposta que no és la del contracte',
    incomplete: 'va tallar la resposta',
    tooLarge: 'va donar una resposta massa gran',
    notHttp: 'va donar una resposta que no és HTTP',
    dns: 'no es va trobar pel seu nom',
    connectRefused: 'no escoltava a la seva adreça',
    connectTimeout: 'no va acceptar la connexió a temps',
    connectFailed: 'no va acceptar la connexió',
    connectionLost: 'va tancar la connexió abans de respondre',
    tls: 'no va poder establir una connexió segura',
    answerTimeout: 'no va respondre a temps',
    unreachable: 'no es va poder abastar',
  },
  es: {
    http: (status) => `respondió ${status}`,
    refused: 'rechazó el informe con un Error',
    faulted: 'respondió con un SOAP Fault',
    notSoap: 'dio una respuesta que no es la del contrato',
    incomplete: 'cortó la respuesta',
    tooLarge: 'dio una respuesta demasiado grande',
    notHttp: 'dio una respuesta que no es HTTP',
    dns: 'no se encontró por su nombre',
    connectRefused: 'no escuchaba en su dirección',
    connectTimeout: 'no aceptó la conexión a tiempo',
    connectFailed: 'no aceptó la conexión',
    connectionLost: 'cerró la conexión antes de responder',
    tls: 'no pudo establecer una conexión segura',
    answerTimeout: 'no respondió a tiempo',
    unreachable: 'no se pudo alcanzar',
  },
  en: {
    http: (status) => `answered ${status}`,
    refused: 'refused the report with an Error',
    faulted: 'answered with a SOAP Fault',
    notSoap: 'gave an answer that is not the contract’s',
    incomplete: 'cut its answer off',
    tooLarge: 'gave an answer that is too large',
    notHttp: 'gave an answer that is not HTTP',
    dns: 'was not found by its name',
    connectRefused: 'did not listen at its address',
    connectTimeout: 'did not accept the connection in time',
    connectFailed: 'did not accept the connection',
    connectionLost: 'closed the connection before it answered',
    tls: 'could make no secure connection',
    answerTimeout: 'did not answer in time',
    unreachable: 'could not be reached',
  },
};

const BY_CODE: Readonly<Record<string, Exclude<keyof Phrases, 'http'>>> = {
  dns: 'dns',
  'connect-refused': 'connectRefused',
  'connect-timeout': 'connectTimeout',
  'connect-failed': 'connectFailed',
  'connection-lost': 'connectionLost',
  'answer-timeout': 'answerTimeout',
  'answer-incomplete': 'incomplete',
  'not-http': 'notHttp',
  'too-large': 'tooLarge',
};

/** What the integrator's web service did: “va respondre 503”. */
export function failurePhrase({ outcome, httpStatus, code }: Failure, language: Language): string {
  const phrases = PHRASES[language];
  if (outcome === 'refused') return phrases.refused;
  if (outcome === 'faulted') return phrases.faulted;
  if (outcome === 'http-error')
    return phrases.http(String(httpStatus ?? code?.replace('http-', '') ?? 'HTTP'));
  const known = BY_CODE[code ?? ''];
  if (known !== undefined) return phrases[known];
  if (code?.startsWith('tls-') === true) return phrases.tls;
  return outcome === 'unreachable' ? phrases.unreachable : phrases.notSoap;
}

/**
 * What the web service did in all its failures, each kind once with its number, in the order in which they first
 * came: “va respondre 503 dues vegades i no va respondre a temps una vegada”. One failure alone has no number.
 */
export function failurePhrases(failures: readonly Failure[], language: Language): string {
  const counts = new Map<string, number>();
  for (const failure of failures) {
    const phrase = failurePhrase(failure, language);
    counts.set(phrase, (counts.get(phrase) ?? 0) + 1);
  }
  return listed(
    Array.from(counts, ([phrase, count]) =>
      failures.length === 1 ? phrase : `${phrase} ${times(count, language)}`,
    ),
    language,
  );
}
