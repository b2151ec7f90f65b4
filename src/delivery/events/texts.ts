import { adviceFor } from '../../domain/advice.ts';
import type { CertificateKind } from '../../domain/certificate.ts';
import type { EventType, OperationalEvent } from '../../domain/event.ts';
import { shownInMadrid } from '../../domain/instant.ts';
import type { Language } from '../../domain/language.ts';

/** What an event says to people. */
export interface EventText {
  /** One line: what happened, and to whom. */
  readonly title: string;
  /** Since when, how often, what waits. */
  readonly what: string;
  /** What to do. */
  readonly advice: string;
}

/** An event in plain words, by language. */
export function tellEvent(event: OperationalEvent): Readonly<Record<Language, EventText>> {
  return { ca: tell(event, 'ca'), es: tell(event, 'es'), en: tell(event, 'en') };
}

function tell(event: OperationalEvent, language: Language): EventText {
  const { title, what, advice } = TEXTS[language][event.type](wordsOf(event, language));
  const mend = event.type === 'endpoint.recovered' ? null : adviceFor(event.code);
  return { title, what, advice: [mend?.[language], advice].filter(Boolean).join(' ') };
}

/** What the sentences are made of; texts without line breaks. */
interface Words {
  readonly who: string;
  readonly stage: string;
  readonly since: string;
  readonly last: string;
  readonly at: string;
  /** Attempts that failed, and the last one's code and status. */
  readonly failures: number;
  readonly code: string;
  readonly waiting: number;
  readonly exhausted: number;
  readonly certificate: string;
  readonly ends: string;
  readonly hasEnded: boolean;
  /** Endpoints that use the certificate. */
  readonly endpoints: number;
  /** What follows `entities test` or `entities resume` on a command line. */
  readonly argument: string;
  readonly backOffice: string;
}

function wordsOf(event: OperationalEvent, language: Language): Words {
  const { organisation, department, backOffice, entityName, certificate, origin } = event;
  const shown = (instant: string | null): string =>
    instant === null ? '' : shownInMadrid(Date.parse(instant));
  const whose =
    organisation === null ? '' : `${entityName ?? ''} (${organisation}/${department ?? ''})`.trim();
  const who = [whose, ...(backOffice === null ? [] : [`backoffice ${backOffice}`])].join(', ');
  return {
    who: oneLine(who || (origin ?? '')),
    stage: (event.stage ?? '').replace(/^(\d+)m$/, '$1 min').replace(/^(\d+)([hsd])$/, '$1 $2'),
    since: shown(event.since),
    last: shown(event.lastFailureAt),
    at: shown(event.at),
    failures: event.failures ?? 0,
    code: event.code ?? event.outcome ?? '',
    waiting: event.waiting ?? 0,
    exhausted: event.exhausted ?? 0,
    certificate: certificate === null ? '' : CERTIFICATES[language][certificate.kind],
    ends: shown(certificate?.expiresAt ?? null),
    hasEnded: event.stage === 'ended',
    endpoints: certificate?.endpoints ?? 0,
    argument: oneLine(`${quoted(organisation ?? '')} ${quoted(department ?? '')}`),
    backOffice: backOffice === null ? '' : oneLine(` --back-office ${quoted(backOffice)}`),
  };
}

/** Codes come from outside: one with a line break must not begin a line of a mail. */
function oneLine(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ');
}

/** As an argument of a shell, which must not do what a code says. */
function quoted(text: string): string {
  return /^[\w.-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

const CERTIFICATES: Readonly<Record<Language, Readonly<Record<CertificateKind, string>>>> = {
  ca: {
    server: 'el certificat del servidor',
    client: 'el certificat de client',
    signing: 'el certificat de signatura',
    'service-signing': 'el certificat de signatura d’aquest servei',
    ca: 'la CA pròpia',
  },
  es: {
    server: 'el certificado del servidor',
    client: 'el certificado de cliente',
    signing: 'el certificado de firma',
    'service-signing': 'el certificado de firma de este servicio',
    ca: 'la CA propia',
  },
  en: {
    server: 'the server certificate',
    client: 'the client certificate',
    signing: 'the signing certificate',
    'service-signing': 'this service’s own signing certificate',
    ca: 'the CA of its own',
  },
};

type Sentences = Readonly<Record<EventType, (words: Words) => EventText>>;

const TEXTS: Readonly<Record<Language, Sentences>> = {
  ca: {
    'endpoint.failing': (w) => ({
      title: `Fa ${w.stage} que falla: ${w.who}`,
      what: `Des del ${w.since} no s’ha confirmat cap enviament: ${w.failures} intents fallits seguits, el darrer el ${w.last} (${w.code}). Enviaments que esperen: ${w.waiting}.`,
      advice: 'El servei ho continua provant; no es perd cap enviament mentre li quedin intents.',
    }),
    'endpoint.suspended': (w) => ({
      title: `Suspès: ${w.who}`,
      what: `Només hi ha hagut errors des del ${w.since}: ${w.failures} intents, el darrer el ${w.last} (${w.code}). El servei ja no hi envia res. Enviaments que esperen: ${w.waiting}; no se’n perd cap ni gasten intents.`,
      advice: `Quan estigui arreglat, proveu la connexió: enotum-callbacks entities test ${w.argument}${w.backOffice}. Si la prova es confirma, tot surt sol i en ordre. També es pot reprendre a mà: enotum-callbacks entities resume ${w.argument}.`,
    }),
    'endpoint.recovered': (w) => ({
      title: `Torna a funcionar: ${w.who}`,
      what: `Havia fallat des del ${w.since} fins al ${w.at}, ${w.failures} intents. Enviaments que esperaven: ${w.waiting}.`,
      advice:
        'El que esperava surt en ordre. Els enviaments exhaurits no surten sols: enotum-callbacks deliveries list --status exhausted.',
    }),
    'delivery.exhausted': (w) => ({
      title: `Enviaments exhaurits (${w.exhausted}): ${w.who}`,
      what: `Han gastat tots els intents sense confirmació i no s’enviaran més. El darrer error: ${w.code}, el ${w.last}.`,
      advice:
        'Després torneu-los a enviar (enotum-callbacks deliveries resend), o que l’integrador els recuperi amb RecuperarReport.',
    }),
    'certificate.expiring': (w) => ({
      title: `${w.hasEnded ? 'Ha caducat' : 'Caduca aviat'} ${w.certificate}: ${w.who}`,
      what: `${w.hasEnded ? 'Va caducar' : 'Caduca'} el ${w.ends}. Punts de recepció que el fan servir: ${w.endpoints}.`,
      advice:
        'Renoveu-lo abans que deixi de valer, o traieu-lo si ja no es fa servir: docs/operating.md diu com.',
    }),
  },
  es: {
    'endpoint.failing': (w) => ({
      title: `Hace ${w.stage} que falla: ${w.who}`,
      what: `Desde el ${w.since} no se ha confirmado ningún envío: ${w.failures} intentos fallidos seguidos, el último el ${w.last} (${w.code}). Envíos que esperan: ${w.waiting}.`,
      advice: 'El servicio lo sigue intentando; no se pierde ningún envío mientras le queden intentos.',
    }),
    'endpoint.suspended': (w) => ({
      title: `Suspendido: ${w.who}`,
      what: `Solo ha habido errores desde el ${w.since}: ${w.failures} intentos, el último el ${w.last} (${w.code}). El servicio ya no le envía nada. Envíos que esperan: ${w.waiting}; no se pierde ninguno ni gastan intentos.`,
      advice: `Cuando esté arreglado, pruebe la conexión: enotum-callbacks entities test ${w.argument}${w.backOffice}. Si la prueba se confirma, todo sale solo y en orden. También se puede reanudar a mano: enotum-callbacks entities resume ${w.argument}.`,
    }),
    'endpoint.recovered': (w) => ({
      title: `Vuelve a funcionar: ${w.who}`,
      what: `Había fallado desde el ${w.since} hasta el ${w.at}, ${w.failures} intentos. Envíos que esperaban: ${w.waiting}.`,
      advice:
        'Lo que esperaba sale en orden. Los envíos agotados no salen solos: enotum-callbacks deliveries list --status exhausted.',
    }),
    'delivery.exhausted': (w) => ({
      title: `Envíos agotados (${w.exhausted}): ${w.who}`,
      what: `Han gastado todos los intentos sin confirmación y no se enviarán más. El último error: ${w.code}, el ${w.last}.`,
      advice:
        'Después vuelva a enviarlos (enotum-callbacks deliveries resend), o que el integrador los recupere con RecuperarReport.',
    }),
    'certificate.expiring': (w) => ({
      title: `${w.hasEnded ? 'Ha caducado' : 'Caduca pronto'} ${w.certificate}: ${w.who}`,
      what: `${w.hasEnded ? 'Caducó' : 'Caduca'} el ${w.ends}. Puntos de recepción que lo usan: ${w.endpoints}.`,
      advice: 'Renuévelo antes de que deje de valer, o quítelo si ya no se usa: docs/operating.md dice cómo.',
    }),
  },
  en: {
    'endpoint.failing': (w) => ({
      title: `Failing for ${w.stage}: ${w.who}`,
      what: `No delivery has been acknowledged since ${w.since}: ${w.failures} attempts failed in a row, the last at ${w.last} (${w.code}). Deliveries waiting: ${w.waiting}.`,
      advice: 'The service goes on trying; no delivery is lost while it has attempts left.',
    }),
    'endpoint.suspended': (w) => ({
      title: `Suspended: ${w.who}`,
      what: `There have been nothing but failures since ${w.since}: ${w.failures} attempts, the last at ${w.last} (${w.code}). The service sends nothing there any more. Deliveries waiting: ${w.waiting}; none is lost, and none spends attempts.`,
      advice: `Once it is mended, test the connection: enotum-callbacks entities test ${w.argument}${w.backOffice}. If the test is acknowledged, everything goes out by itself and in order. It can be resumed by hand too: enotum-callbacks entities resume ${w.argument}.`,
    }),
    'endpoint.recovered': (w) => ({
      title: `Works again: ${w.who}`,
      what: `It had failed from ${w.since} to ${w.at}, ${w.failures} attempts. Deliveries that waited: ${w.waiting}.`,
      advice:
        'What waited goes out in order. Exhausted deliveries do not go by themselves: enotum-callbacks deliveries list --status exhausted.',
    }),
    'delivery.exhausted': (w) => ({
      title: `Deliveries exhausted (${w.exhausted}): ${w.who}`,
      what: `They have spent all attempts without an acknowledgement and are not sent any more. The last failure: ${w.code}, at ${w.last}.`,
      advice:
        'Then send them again (enotum-callbacks deliveries resend), or have the integrator recover them with RecuperarReport.',
    }),
    'certificate.expiring': (w) => ({
      title: `${w.hasEnded ? 'Ended' : 'Ends soon'}: ${w.certificate}, ${w.who}`,
      what: `${w.hasEnded ? 'It ended' : 'It ends'} at ${w.ends}. Endpoints that use it: ${w.endpoints}.`,
      advice:
        'Renew it before it counts no more, or take it away where it is used no more: docs/operating.md says how.',
    }),
  },
};
