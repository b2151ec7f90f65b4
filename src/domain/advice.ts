import { ATTEMPT_ERRORS, type AttemptErrorCode } from './errors.ts';
import type { Language } from './language.ts';

/** A sentence in the languages of those who read it, Catalan first. */
export type Sentence = Readonly<Record<Language, string>>;

/** Codes of HTTP statuses, or of a class of them, that say more of what to mend than that they are no success. */
const HTTP_CODES = [
  'http-3xx',
  'http-401',
  'http-403',
  'http-404',
  'http-405',
  'http-413',
  'http-415',
  'http-429',
  'http-5xx',
] as const;

/**
 * What to mend, for whoever runs the web service, by the `errorCode` of an attempt.
 *
 * @param code of ATTEMPT_ERRORS, or `http-<status>`; null: the attempt was acknowledged
 * @returns null where nothing is to be mended, and for a code that is not known here
 */
export function adviceFor(code: string | null): Sentence | null {
  if (code === null) return null;
  if (isAttemptError(code)) return inLanguages(code);
  if (!/^http-\d+$/.test(code)) return null;
  const known = HTTP_CODES.find((name) => name.replace('xx', code.slice(-2)) === code);
  return known === undefined ? inLanguages('http-status') : HTTP_ADVICE[known];
}

function isAttemptError(code: string): code is AttemptErrorCode {
  return Object.hasOwn(ATTEMPT_ERRORS, code);
}

function inLanguages(code: AttemptErrorCode): Sentence {
  return { ...TRANSLATIONS[code], en: ATTEMPT_ERRORS[code].advice };
}

/** The same for HTTP statuses; docs/errors.md has the English. */
export const HTTP_ADVICE: Readonly<Record<(typeof HTTP_CODES)[number], Sentence>> = {
  'http-3xx': {
    ca: 'El servei web redirigeix a una altra adreça, i les redireccions no se segueixen: configureu l’URL final.',
    es: 'El servicio web redirige a otra dirección, y las redirecciones no se siguen: configure la URL final.',
    en: 'The web service redirects, and redirects are not followed: configure the final URL.',
  },
  'http-401': {
    ca: 'El servei web no accepta les credencials: corregiu l’autenticació configurada.',
    es: 'El servicio web no acepta las credenciales: corrija la autenticación configurada.',
    en: 'The web service does not take the credentials: correct the authentication that is configured.',
  },
  'http-403': {
    ca: 'El servei web no hi deixa entrar: doneu permís a l’usuari, o a les adreces d’aquest servei.',
    es: 'El servicio web no da acceso: dé permiso al usuario, o a las direcciones de este servicio.',
    en: 'The web service gives no access: allow the user, or the addresses of this service.',
  },
  'http-404': {
    ca: 'No hi ha res en aquest camí: corregiu l’URL, o desplegueu-hi el servei web.',
    es: 'No hay nada en esta ruta: corrija la URL, o despliegue ahí el servicio web.',
    en: 'There is nothing at this path: correct the URL, or deploy the web service there.',
  },
  'http-405': {
    ca: 'En aquest camí no s’accepta POST: comproveu que l’URL és la del servei web i no la del seu WSDL.',
    es: 'En esta ruta no se acepta POST: compruebe que la URL es la del servicio web y no la de su WSDL.',
    en: 'POST is not taken at this path: check that the URL is the web service, not its WSDL.',
  },
  'http-413': {
    ca: 'El servei web no accepta missatges d’aquesta mida: apugeu-ne el límit.',
    es: 'El servicio web no acepta mensajes de este tamaño: suba el límite.',
    en: 'The web service does not take messages of this size: raise its limit.',
  },
  'http-415': {
    ca: 'El servei web vol una altra versió de SOAP: la 1.1 va amb text/xml i la 1.2 amb application/soap+xml.',
    es: 'El servicio web quiere otra versión de SOAP: la 1.1 va con text/xml y la 1.2 con application/soap+xml.',
    en: 'The web service wants another SOAP version: 1.1 goes with text/xml, 1.2 with application/soap+xml.',
  },
  'http-429': {
    ca: 'El servei web limita les peticions: apugeu-ne el límit per a aquest servei.',
    es: 'El servicio web limita las peticiones: suba el límite para este servicio.',
    en: 'The web service limits requests: raise the limit for this service.',
  },
  'http-5xx': {
    ca: 'El servei web, o un intermediari, ha fallat: mireu-ne el registre.',
    es: 'El servicio web, o un intermediario, ha fallado: mire su registro.',
    en: 'The web service, or a proxy before it, failed: look at its log.',
  },
};

/** Catalan and Spanish; the English is the registry's own. */
const TRANSLATIONS: Readonly<Record<AttemptErrorCode, Pick<Sentence, 'ca' | 'es'>>> = {
  dns: {
    ca: 'No es pot resoldre el nom del servidor: corregiu l’URL o la seva entrada del DNS.',
    es: 'No se puede resolver el nombre del servidor: corrija la URL o su entrada del DNS.',
  },
  'connect-refused': {
    ca: 'En aquesta adreça no escolta res: engegueu el servei web o corregiu el port.',
    es: 'En esta dirección no escucha nada: arranque el servicio web o corrija el puerto.',
  },
  'connect-timeout': {
    ca: 'El servidor no accepta connexions a temps: mireu si hi ha un tallafoc pel mig.',
    es: 'El servidor no acepta conexiones a tiempo: mire si hay un cortafuegos en medio.',
  },
  'connect-failed': {
    ca: 'La connexió no s’ha pogut fer o s’ha trencat: mireu la xarxa i el servidor.',
    es: 'La conexión no se ha podido hacer o se ha roto: mire la red y el servidor.',
  },
  'connection-lost': {
    ca: 'El servidor ha tancat la connexió abans de respondre: mireu-ne el registre.',
    es: 'El servidor ha cerrado la conexión antes de responder: mire su registro.',
  },
  'tls-untrusted-issuer': {
    ca: 'El servidor de l’integrador ha d’enviar tota la cadena, d’una CA reconeguda; si en té una de pròpia, poseu-la al tls.ca d’aquesta entitat.',
    es: 'El servidor del integrador debe enviar toda la cadena, de una CA reconocida; si tiene una propia, póngala en el tls.ca de esta entidad.',
  },
  'tls-expired': {
    ca: 'L’integrador ha de renovar el certificat caducat del servidor o de l’emissor, o corregir el rellotge si encara no és vàlid; si és el del tls.ca d’aquesta entitat, substituïu-lo.',
    es: 'El integrador debe renovar el certificado caducado del servidor o del emisor, o corregir el reloj si todavía no es válido; si es el del tls.ca de esta entidad, sustitúyalo.',
  },
  'tls-name-mismatch': {
    ca: 'Corregiu el nom del servidor a l’url d’aquesta entitat, o l’integrador ha de posar-hi un certificat per a aquest nom.',
    es: 'Corrija el nombre del servidor en la url de esta entidad, o el integrador debe poner un certificado para ese nombre.',
  },
  'tls-client-certificate-required': {
    ca: 'El servidor de l’integrador demana un certificat de client: poseu tls.clientCertificate i tls.clientKey a aquesta entitat.',
    es: 'El servidor del integrador pide un certificado de cliente: ponga tls.clientCertificate y tls.clientKey en esta entidad.',
  },
  'tls-client-certificate-refused': {
    ca: 'El servidor de l’integrador no accepta el certificat de client d’aquesta entitat: renoveu tls.clientCertificate, o l’integrador ha de confiar en l’emissor.',
    es: 'El servidor del integrador no acepta el certificado de cliente de esta entidad: renueve tls.clientCertificate, o el integrador debe confiar en su emisor.',
  },
  'tls-protocol': {
    ca: 'L’integrador ha d’activar TLS 1.2 o posterior amb un xifratge habitual; si el servidor no parla TLS en aquest port, corregiu l’url d’aquesta entitat.',
    es: 'El integrador debe activar TLS 1.2 o posterior con un cifrado habitual; si el servidor no habla TLS en ese puerto, corrija la url de esta entidad.',
  },
  'tls-failed': {
    ca: 'El text diu el motiu: compareu-lo amb el registre del servidor de l’integrador, que és on sol haver-hi la causa.',
    es: 'El texto dice el motivo: compárelo con el registro del servidor del integrador, que es donde suele estar la causa.',
  },
  'answer-timeout': {
    ca: 'La resposta no ha arribat a temps: feu que el servei web respongui abans de fer la feina.',
    es: 'La respuesta no ha llegado a tiempo: haga que el servicio web responda antes de hacer el trabajo.',
  },
  'http-status': {
    ca: 'El servei web ha respost amb l’estat HTTP del codi: amb 401 i 403 corregiu l’autenticació d’aquesta entitat; si no, mireu el registre del servidor de l’integrador.',
    es: 'El servicio web ha respondido con el estado HTTP del código: con 401 y 403 corrija la autenticación de esta entidad; si no, mire el registro del servidor del integrador.',
  },
  'soap-fault': {
    ca: 'El servei web ha respost amb un SOAP Fault: el text diu per què.',
    es: 'El servicio web ha respondido con un SOAP Fault: el texto dice por qué.',
  },
  'error-element': {
    ca: 'El servei web ha rebutjat l’informe amb un element Error: el text diu per què.',
    es: 'El servicio web ha rechazado el informe con un elemento Error: el texto dice por qué.',
  },
  'not-soap': {
    ca: 'La resposta no és cap missatge SOAP del contracte: comproveu que l’URL és la del servei web.',
    es: 'La respuesta no es un mensaje SOAP del contrato: compruebe que la URL es la del servicio web.',
  },
  'answer-incomplete': {
    ca: 'La resposta s’ha tallat: mireu el servei web i els intermediaris que té al davant.',
    es: 'La respuesta se ha cortado: mire el servicio web y los intermediarios que tiene delante.',
  },
  'not-http': {
    ca: 'La resposta no és HTTP segons l’RFC 9112: mireu el servei web i els intermediaris que té al davant.',
    es: 'La respuesta no es HTTP según la RFC 9112: mire el servicio web y los intermediarios que tiene delante.',
  },
  'too-large': {
    ca: 'La resposta és més gran que el que es llegeix: comproveu que l’URL és la del servei web.',
    es: 'La respuesta es mayor que lo que se lee: compruebe que la URL es la del servicio web.',
  },
  'address-not-allowed': {
    ca: 'Allà no es poden enviar callbacks; el text diu per què: corregiu l’url, o que un administrador ho permeti en engegar el servei.',
    es: 'Allí no se pueden enviar callbacks; el texto dice por qué: corrija la url, o que un administrador lo permita al arrancar el servicio.',
  },
  'configuration-incomplete': {
    ca: 'A la configuració li falta el que diu el text: completeu-la.',
    es: 'A la configuración le falta lo que dice el texto: complétela.',
  },
  'version-cannot-express': {
    ca: 'La versió del missatge no pot dir el que el text anomena: canvieu messageVersion del punt de recepció a 4.0, i l’enviament sortirà.',
    es: 'La versión del mensaje no puede decir lo que el texto nombra: cambie messageVersion del punto de recepción a 4.0, y el envío saldrá.',
  },
  'proxy-failed': {
    ca: 'El servidor intermediari de sortida d’aquest servei no ha respost bé: mireu OUTBOUND_PROXY i el servidor intermediari.',
    es: 'El proxy de salida de este servicio no ha respondido bien: mire OUTBOUND_PROXY y el proxy.',
  },
  'own-resources': {
    ca: 'Aquest servei s’ha quedat sense sòcols o sense xarxa: mireu-ne la màquina.',
    es: 'Este servicio se ha quedado sin sockets o sin red: mire su máquina.',
  },
  cancelled: {
    ca: 'Un operador ha cancel·lat l’enviament durant l’intent; l’integrador potser el té.',
    es: 'Un operador ha cancelado el envío durante el intento; quizá el integrador lo tiene.',
  },
  stopped: {
    ca: 'Aquest servei s’ha aturat durant l’intent; un enviament es repeteix, una prova s’ha de tornar a fer.',
    es: 'Este servicio se ha parado durante el intento; un envío se repite, una prueba hay que volver a hacerla.',
  },
  'lease-expired': {
    ca: 'El procés que enviava s’ha aturat o ha acabat; el text diu si l’integrador pot tenir l’informe. Es torna a enviar.',
    es: 'El proceso que enviaba se ha parado o ha acabado; el texto dice si el integrador puede tener el informe. Se vuelve a enviar.',
  },
};
