/**
 * Every error that a user can meet, with its stable code. docs/errors.md has a row for each; a test keeps the
 * two equal.
 */
export interface ErrorDefinition {
  /** The HTTP status where the API answers it; null where it is no answer of the API. */
  readonly status: number | null;
  /** One sentence that says what to do. */
  readonly advice: string;
}

const api = (status: number, advice: string): ErrorDefinition => ({ status, advice });
const local = (advice: string): ErrorDefinition => ({ status: null, advice });

/** What the API answers, as the `code` of a problem (RFC 9457). */
export const PROBLEMS = {
  'invalid-request': api(400, 'Correct the members or parameters that the problem names and send it again.'),
  'invalid-json': api(400, 'Send well-formed JSON in UTF-8.'),
  'no-lines': api(400, 'Send at least one state change.'),
  unauthenticated: api(401, 'Send a valid key: Authorization: Bearer <key>.'),
  'session-ended': api(
    401,
    'Sign in to the console again: a session ends when nobody is at it, with its key, or when somebody ends it.',
  ),
  'sign-in-link-ended': api(401, 'Make another link: each signs in once, within 10 minutes.'),
  'sign-in-failed': api(
    401,
    'Begin again from the console; the provider of identity refused, or the sign-in began elsewhere or over 10 minutes ago.',
  ),
  'no-role': api(
    403,
    'Ask who runs the provider of identity for a role in this service; docs/operating.md says how it is read.',
  ),
  'second-factor-required': api(
    403,
    'Sign in to the console by the provider of identity, with a second factor; OIDC_REQUIRED_ACR and OIDC_REQUIRED_AMR say which.',
  ),
  'identity-provider-away': api(
    503,
    'Try again soon, or sign in with a key; OIDC_ISSUER must lead to the provider.',
  ),
  'not-from-console': api(
    403,
    'Use a key: Authorization: Bearer <key>; a session is the console’s own, which says so in Enotum-Console.',
  ),
  'sign-in-again': api(
    403,
    'Sign in to the console again, and repeat the call: a session gives and takes access for 15 minutes after signing in.',
  ),
  'other-holder': api(
    403,
    'Sign in again as the one whose session it is; to go on as another, sign out first.',
  ),
  forbidden: api(403, 'Use a key of a role that may do this; docs/security.md lists roles and calls.'),
  'not-found': api(404, 'Check the address; the description of all calls is at /openapi.json.'),
  'state-not-reached': api(404, 'Ask for a state that the notification came to; the problem lists them.'),
  'method-not-allowed': api(405, 'Use one of the methods in the Allow header.'),
  'id-conflict': api(409, 'Send a new change under a new id; this one was taken with other content.'),
  'notification-conflict': api(
    409,
    'Send the kind, origin, entity and back office that the notification has.',
  ),
  'transition-not-allowed': api(
    409,
    'Check the state and the instant; the problem lists the states that fit.',
  ),
  'too-many-changes': api(409, 'A notification holds at most 1,000 changes; find out what repeats them.'),
  'delivery-unfinished': api(409, 'Wait until the delivery and its resends are finished, or cancel them.'),
  'delivery-finished': api(409, 'The delivery is finished already; send it again with resend.'),
  'entity-in-use': api(
    409,
    'Wait until its deliveries are finished, or cancel them; changes that wait for a daily report are sent after midnight. Then delete it.',
  ),
  'entity-unknown': api(409, 'Configure the entity first: PUT /v1/entities/{organisation}/{department}.'),
  'key-ended': api(409, 'Make a new key: this one has expired, was revoked, or has a successor already.'),
  'certificate-in-use': api(
    409,
    'Revoke the key that has this certificate, or rotate it: the certificate goes over to its successor.',
  ),
  'last-admin-key': api(409, 'Make another administrator’s key first; then revoke this one.'),
  'no-callback': api(409, 'No report of this state is sent; the reason in the problem says why.'),
  'configuration-incomplete': api(409, 'Complete what the problem lists as missing, with PUT.'),
  'test-under-way': api(409, 'Wait for the end of the test that the entity has under way.'),
  'too-many-deliveries': api(
    409,
    'Narrow the filter, such as by a shorter period: a job has 1,000,000 at most.',
  ),
  'too-many-jobs': api(409, 'Wait until one of the 10 jobs that have not ended does, or cancel one.'),
  'job-ended': api(409, 'The job has ended; make another one.'),
  'precondition-failed': api(
    412,
    'Read the configuration again and repeat the change on its current version.',
  ),
  'too-large': api(413, 'Send at most 10 MB, decompressed, in one request.'),
  'too-many-lines': api(413, 'Send at most 1,000 state changes in one request.'),
  'unsupported-media-type': api(415, 'Send application/json or application/x-ndjson, plain or gzip.'),
  'version-cannot-express': api(
    422,
    'Change messageVersion of the endpoint to 4.0, or look at another state; the problem says what cannot be said.',
  ),
  'too-many-failures': api(
    429,
    'Wait for the seconds in Retry-After, and send a key that works; this address sent too many that do not.',
  ),
  'quota-exceeded': api(
    429,
    'Wait for the seconds in Retry-After; an administrator can give the key a higher limit.',
  ),
  busy: api(503, 'Repeat the request after the seconds in Retry-After: too many like it are under way.'),
  unavailable: api(
    503,
    'Repeat the request after the seconds in Retry-After; what was taken already is answered as a duplicate.',
  ),
  internal: api(500, 'Repeat the request; if it fails again, give the operators its instant.'),
} as const satisfies Record<string, ErrorDefinition>;
export type ProblemCode = keyof typeof PROBLEMS;

/** Why an attempt failed, as the communications log's `errorCode`. `http-<status>` is made of the status. */
export const ATTEMPT_ERRORS = {
  dns: local('The host name cannot be resolved: correct the URL or its DNS entry.'),
  'connect-refused': local('Nothing listens at the address: start the web service or correct the port.'),
  'connect-timeout': local('The server does not accept connections in time: look for a firewall in between.'),
  'connect-failed': local('The connection could not be made or broke: look at the network and the server.'),
  'connection-lost': local('The server closed the connection before it answered: look at its log.'),
  'tls-untrusted-issuer': local(
    'The integrator’s server must send its whole chain, of a CA that is trusted; where it has a CA of its own, put that into this entity’s tls.ca.',
  ),
  'tls-expired': local(
    'The integrator must renew the certificate of its server or of the issuer that has ended, or correct the clock where one is not yet valid; where it is the one in this entity’s tls.ca, replace it there.',
  ),
  'tls-name-mismatch': local(
    'Correct the host in this entity’s url, or the integrator must give its server a certificate for that host.',
  ),
  'tls-client-certificate-required': local(
    'The integrator’s server asks for a client certificate: set tls.clientCertificate and tls.clientKey of this entity.',
  ),
  'tls-client-certificate-refused': local(
    'The integrator’s server refuses this entity’s client certificate: renew tls.clientCertificate, or the integrator must trust its issuer.',
  ),
  'tls-protocol': local(
    'The integrator must turn on TLS 1.2 or newer with a usual cipher; where its server speaks no TLS at that port, correct this entity’s url.',
  ),
  'tls-failed': local(
    'The text has the reason: compare it with the log of the integrator’s server, whose side it mostly is.',
  ),
  'answer-timeout': local('The answer did not come in time: make the web service answer before it works.'),
  'http-status': local(
    'The web service answered with the HTTP status in the code: at 401 and 403 correct this entity’s authentication, else look at the log of the integrator’s server.',
  ),
  'soap-fault': local('The web service answered with a SOAP Fault: its text says why.'),
  'error-element': local('The web service refused the report with an Error element: its text says why.'),
  'not-soap': local('The answer is no SOAP message of the contract: check that the URL is the web service.'),
  'answer-incomplete': local('The answer was cut off: look at the web service and the proxies before it.'),
  'not-http': local(
    'The answer is not HTTP as RFC 9112 has it: look at the web service and the proxies before it.',
  ),
  'too-large': local('The answer is larger than what is read: check that the URL is the web service.'),
  'address-not-allowed': local(
    'Callbacks may not be sent there; the text says why: correct the url, or an administrator allows it by setting.',
  ),
  'configuration-incomplete': local(
    'The configuration lacks what the text names: complete it, and the delivery goes out.',
  ),
  'version-cannot-express': local(
    'The message version cannot say what the text names: change messageVersion of the endpoint to 4.0, and the delivery goes out.',
  ),
  'proxy-failed': local(
    'The outbound proxy of this service could not be used: look at OUTBOUND_PROXY and at the proxy.',
  ),
  'own-resources': local('This service ran out of sockets or had no network: look at its machine.'),
  cancelled: local('An operator cancelled the delivery during the attempt; the integrator may have it.'),
  stopped: local('This service stopped during the attempt; the delivery is sent again.'),
  'lease-expired': local(
    'The process that was sending stood still or ended; the text says whether the integrator may have the report. It is sent again.',
  ),
} as const satisfies Record<string, ErrorDefinition>;
export type AttemptErrorCode = keyof typeof ATTEMPT_ERRORS;

/** What RecuperarReport answers as `CodiError`: the contract's codes. */
export const RECOVER_ERRORS = {
  101: local('The request does not follow the schema: correct what MissatgeError names.'),
  103: local('The report could not be made: ask again later, or, where it is too large, for less.'),
  501: local('The operation is not known here: send PeticioRecuperarReport.'),
  502: local('The role is not enough: use an integrator’s key, and Usuari/Empleat.'),
  504: local('The entity is not known to this key: correct CodiOrganisme and CodiDepartament.'),
  627: local('Give CodiDepartament.'),
  1010: local('The notification is not known to this key: correct IdNotificacio.'),
  1015: local('The notification is another department’s or back office’s: ask as that one.'),
  3015: local('Give DataReport or IdNotificacio.'),
  3021: local('The department has no back office of this code: correct BackOffice, or leave it out.'),
} as const satisfies Record<number, ErrorDefinition>;
export type RecoverErrorCode = keyof typeof RECOVER_ERRORS;

/** How near a certificate's end is. */
export const CERTIFICATE_WARNING_CODES = ['certificate-expiring', 'certificate-expired'] as const;
export type CertificateWarningCode = (typeof CERTIFICATE_WARNING_CODES)[number];

/** What a configuration's `warnings` and the list of certificates say, as `code`. */
export const CERTIFICATE_WARNINGS = {
  'certificate-expiring': local(
    'It ends within 30 days: whoever `what` belongs to renews it before; the old one may stay until then.',
  ),
  'certificate-expired': local('It has ended: renew it now, or take it away where it is used no more.'),
} as const satisfies Record<CertificateWarningCode, ErrorDefinition>;

/** Why an operational event did not go out, as `errorCode` of its notices; a status is added: `http-500`, `smtp-refused-550`. */
export const NOTICE_ERRORS = {
  'address-not-allowed': local(
    'The name in ALERT_WEBHOOK_URL leads to a private or reserved address: correct it, or allow its network with ALERT_WEBHOOK_NETWORKS.',
  ),
  'http-status': local('The webhook’s receiver answered with the status in the code: look at its log.'),
  'smtp-refused': local(
    'The mail server refused the mail with the reply in the code: check ALERT_MAIL_FROM, ALERT_MAIL_TO and the login in SMTP_URL.',
  ),
  timeout: local('No answer came in time: look at the receiver, and for a firewall in between.'),
  unreachable: local(
    'There was no connection, TLS failed, or it broke: check ALERT_WEBHOOK_URL or SMTP_URL, and the certificate of the server.',
  ),
} as const satisfies Record<string, ErrorDefinition>;
export type NoticeErrorCode = keyof typeof NOTICE_ERRORS;

/** Why a command or a start failed: one line on standard error, exit code not 0. */
export const COMMAND_ERRORS = {
  usage: local('Read the help: enotum-callbacks --help.'),
  'invalid-setting': local('Correct the environment variable that the line names.'),
  'secrets-key-required': local('Set SECRETS_KEY (base64, 32 bytes); it is required with DATABASE_URL.'),
  'secrets-key-wrong': local(
    'Start with the SECRETS_KEY of this database: the one it was begun with, or was rotated to last.',
  ),
  'secrets-rotation-unfinished': local(
    'Set SECRETS_KEY_PREVIOUS to the key of before, and run enotum-callbacks keys rotate-secrets to its end.',
  ),
  'secrets-key-not-everywhere': local(
    'Start every process with the new SECRETS_KEY and the old one as SECRETS_KEY_PREVIOUS first; then run it again.',
  ),
  'secrets-unreadable': local(
    'Put these entities again with their secrets, and run it again; all others are under the new key.',
  ),
  'data-dir-in-use': local('Stop the other process, or give this one a DATA_DIR of its own.'),
  'data-dir-version': local(
    'The directory is of another PostgreSQL major version: dump it with that version and load it here.',
  ),
  'data-dir-unreachable': local('Give the postgres user access to every parent folder of DATA_DIR.'),
  'embedded-start-failed': local('Look at the text; DATA_DIR/postgres.log has the server’s own.'),
  'database-unreachable': local('Check DATABASE_URL and that the server accepts connections.'),
  'database-newer': local(
    'The database was migrated by a newer version of this service: start that version.',
  ),
  'database-not-migrated': local('Run enotum-callbacks migrate, or start without --no-migrate.'),
  'queue-unreachable': local('Check SQS_QUEUE_URL, SQS_ENDPOINT, region and credentials.'),
  'queue-shared-required': local('Roles in separate processes need a queue they share: set SQS_QUEUE_URL.'),
  'address-in-use': local('Choose another PORT, or stop what listens there.'),
  'service-unreachable': local('Start the service (npm start) or give its address with --url.'),
  'request-refused': local('The service refused the request; the line says why.'),
  'file-unreadable': local('Check the path and its permissions.'),
  internal: local('Run it again; if it fails again, report the line and what was asked for.'),
  'lines-rejected': local('Correct the lines in the .rejected.ndjson file and import it.'),
} as const satisfies Record<string, ErrorDefinition>;
export type CommandErrorCode = keyof typeof COMMAND_ERRORS;

/** A request that the API refuses: becomes a problem answer. A precondition of the caller's, never a bug. */
export class ProblemError extends Error {
  readonly code: ProblemCode;
  /** Further members of the problem, such as `lines`. */
  readonly members: Readonly<Record<string, unknown>>;

  constructor(code: ProblemCode, detail: string, members: Readonly<Record<string, unknown>> = {}) {
    super(detail);
    this.name = 'ProblemError';
    this.code = code;
    this.members = members;
  }
}

/** What ends a command: told in one line, without a stack trace. */
export class CommandError extends Error {
  readonly code: CommandErrorCode;

  constructor(code: CommandErrorCode, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.name = 'CommandError';
    this.code = code;
  }
}
