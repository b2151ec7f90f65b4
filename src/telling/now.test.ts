import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../domain/language.ts';
import { tellNow, tellStanding, type ToldNow, type ToldStanding } from './now.ts';

const CALM: ToldNow = {
  level: 'ok',
  waiting: 0,
  isMore: false,
  troubled: 0,
  overdueMs: 0,
  exhaustedLastHour: 0,
  isQueueThere: true,
};

it.each<[Partial<ToldNow>, string, string, string]>([
  [
    {},
    'Tot surt: no hi ha res que esperi.',
    'Todo sale: no hay nada que espere.',
    'Everything goes out: nothing waits.',
  ],
  [
    { waiting: 1 },
    'Tot surt: 1 enviament és de camí.',
    'Todo sale: 1 envío está en camino.',
    'Everything goes out: 1 delivery is under way.',
  ],
  [
    { waiting: 10_000, isMore: true },
    'Tot surt: més de 10.000 enviaments són de camí.',
    'Todo sale: más de 10.000 envíos están en camino.',
    'Everything goes out: more than 10,000 deliveries are under way.',
  ],
  [
    { troubled: 1, waiting: 3 },
    'No tot surt: 1 punt de recepció té problemes. En total esperen 3 enviaments.',
    'No todo sale: 1 punto de recepción tiene problemas. En total esperan 3 envíos.',
    'Not everything goes out: 1 endpoint is in trouble. Waiting in all: 3 deliveries.',
  ],
  [
    { overdueMs: 120_000, exhaustedLastHour: 1 },
    'L’enviament més endarrerit fa 2 minuts que hauria d’haver sortit. En l’última hora 1 enviament ha gastat tots els intents.',
    'El envío más retrasado hace 2 minutos que debería haber salido. En la última hora 1 envío ha gastado todos los intentos.',
    'The delivery that is most overdue should have gone out 2 minutes ago. In the last hour 1 delivery has spent all attempts.',
  ],
  [
    { isQueueThere: false, waiting: 2 },
    'La cua no respon: no surt res fins que torni. Hi ha 2 enviaments que esperen.',
    'La cola no responde: no sale nada hasta que vuelva. Hay 2 envíos que esperan.',
    'The queue does not answer: nothing goes out until it is back. Waiting: 2 deliveries.',
  ],
])('%j is told', (more, ca, es, en) => {
  expect(LANGUAGES.map((language) => tellNow({ ...CALM, ...more }, language))).toEqual([ca, es, en]);
});

const AT = Date.parse('2026-11-24T09:15:00Z');
const FAILING: ToldStanding = {
  cause: 'failing',
  organisationName: 'Ajuntament Inventat',
  since: AT,
  failures: 3,
  last: { outcome: 'http-error', code: 'http-503', httpStatus: 503 },
  missing: [],
  pausedSince: null,
  pauseReason: null,
  waiting: 2,
};

describe('an endpoint', () => {
  it.each<[Partial<ToldStanding>, string, string, string]>([
    [
      {},
      'El servei web de l’Ajuntament Inventat falla des del 24/11/2026 a les 10:15: 3 intents sense confirmar; l’última vegada va respondre 503. És cosa de l’integrador.',
      'El servicio web del Ajuntament Inventat falla desde el 24/11/2026 a las 10:15: 3 intentos sin confirmar; la última vez respondió 503. Es cosa del integrador.',
      'The web service of Ajuntament Inventat has been failing since 2026-11-24 at 10:15: 3 attempts without an acknowledgement; the last time it answered 503. It is the integrator’s to mend.',
    ],
    [
      { failures: 1, last: { outcome: 'unreachable', code: 'connect-refused', httpStatus: null } },
      'El servei web de l’Ajuntament Inventat falla des del 24/11/2026 a les 10:15: 1 intent sense confirmar; no escoltava a la seva adreça. És cosa de l’integrador.',
      'El servicio web del Ajuntament Inventat falla desde el 24/11/2026 a las 10:15: 1 intento sin confirmar; no escuchaba en su dirección. Es cosa del integrador.',
      'The web service of Ajuntament Inventat has been failing since 2026-11-24 at 10:15: 1 attempt without an acknowledgement; it did not listen at its address. It is the integrator’s to mend.',
    ],
    [
      { cause: 'suspended', last: { outcome: 'http-error', code: 'http-401', httpStatus: 401 } },
      'El servei web de l’Ajuntament Inventat només fallava i aquest servei hi va deixar d’enviar: els errors van començar el 24/11/2026 a les 10:15. No es perd res. És cosa de la configuració, o del que l’integrador hi espera.',
      'El servicio web del Ajuntament Inventat solo fallaba y este servicio dejó de enviarle: los errores empezaron el 24/11/2026 a las 10:15. No se pierde nada. Es cosa de la configuración, o de lo que el integrador espera de ella.',
      'The web service of Ajuntament Inventat did nothing but fail, and this service stopped sending there: the failures began on 2026-11-24 at 10:15. Nothing is lost. It is for the configuration to mend, or for what the integrator expects of it.',
    ],
    [
      { cause: 'probed', last: null },
      'El servidor on hi ha el servei web de l’Ajuntament Inventat no va bé des del 24/11/2026 a les 10:15: només s’hi prova un enviament de tant en tant.',
      'El servidor donde está el servicio web del Ajuntament Inventat no va bien desde el 24/11/2026 a las 10:15: solo se le prueba un envío de vez en cuando.',
      'The server of the web service of Ajuntament Inventat has been in trouble since 2026-11-24 at 10:15: one delivery is tried there from time to time.',
    ],
    [
      { cause: 'incomplete', last: null, since: null, missing: ['url'] },
      'A la configuració de l’Ajuntament Inventat li falta l’URL del servei web: els seus enviaments esperen que es completi.',
      'A la configuración del Ajuntament Inventat le falta la URL del servicio web: sus envíos esperan a que se complete.',
      'The configuration of Ajuntament Inventat lacks the URL of the web service: its deliveries wait until it is complete.',
    ],
    [
      { cause: 'paused', last: null, pausedSince: AT, pauseReason: 'obres al servidor' },
      'Un operador va aturar els enviaments de l’Ajuntament Inventat el 24/11/2026 a les 10:15. El motiu: obres al servidor.',
      'Un operador detuvo los envíos del Ajuntament Inventat el 24/11/2026 a las 10:15. El motivo: obres al servidor.',
      'An operator paused the deliveries of Ajuntament Inventat on 2026-11-24 at 10:15. The reason: obres al servidor.',
    ],
  ])('%j is told with whose side it is', (more, ca, es, en) => {
    expect(LANGUAGES.map((language) => tellStanding({ ...FAILING, ...more }, language))).toEqual([
      ca,
      es,
      en,
    ]);
  });
});
