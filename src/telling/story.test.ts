import { describe, expect, it } from 'vitest';
import { NO_CALLBACK_REASONS } from '../delivery/ports.ts';
import { LANGUAGES } from '../domain/language.ts';
import { STATES } from '../domain/state.ts';
import { tellDelivery, tellStory } from './story.ts';
import type { StoryDelivery, StoryFacts } from './story-facts.ts';
import {
  AT,
  MINUTE,
  attempt,
  acknowledged,
  late,
  interrupted,
  delivery,
  open,
  change,
  facts,
} from '../../test/support/story-facts.ts';

const told = (of: StoryFacts): string[] => LANGUAGES.map((language) => tellStory(of, language).sentence);

describe('the sentence of a notification says', () => {
  it.each<[string, readonly StoryDelivery[], string, string, string]>([
    [
      'acknowledged at once',
      [delivery()],
      'El dipòsit es va comunicar al primer intent, el 24/11/2026 a les 10:25.',
      'El depósito se comunicó al primer intento, el 24/11/2026 a las 10:25.',
      'The deposit was told at the first attempt, on 2026-11-24 at 10:25.',
    ],
    [
      'acknowledged after two failures',
      [delivery({ spent: 2, attempts: [attempt(1), attempt(2), acknowledged(3)] })],
      'El dipòsit es va comunicar al tercer intent, el 24/11/2026 a les 10:25. Abans, el servei web de l’Ajuntament Inventat va respondre 503 dues vegades.',
      'El depósito se comunicó al tercer intento, el 24/11/2026 a las 10:25. Antes, el servicio web del Ajuntament Inventat respondió 503 dos veces.',
      'The deposit was told at the third attempt, on 2026-11-24 at 10:25. Before that, the web service of Ajuntament Inventat answered 503 twice.',
    ],
    [
      'acknowledged after one failure',
      [
        delivery({
          told: { kind: 'OnLine', state: 'ACCEPTADA' },
          spent: 1,
          attempts: [late(1), acknowledged(2)],
        }),
      ],
      'L’acceptació es va comunicar al segon intent, el 24/11/2026 a les 10:25. Abans, el servei web de l’Ajuntament Inventat no va respondre a temps.',
      'La aceptación se comunicó al segundo intento, el 24/11/2026 a las 10:25. Antes, el servicio web del Ajuntament Inventat no respondió a tiempo.',
      'The acceptance was told at the second attempt, on 2026-11-24 at 10:25. Before that, the web service of Ajuntament Inventat did not answer in time.',
    ],
    [
      'interrupted on our side',
      [delivery({ attempts: [interrupted(1), acknowledged(2)] })],
      'El dipòsit es va comunicar al segon intent, el 24/11/2026 a les 10:25. Un dels intents es va interrompre en aquest servei.',
      'El depósito se comunicó al segundo intento, el 24/11/2026 a las 10:25. Uno de los intentos se interrumpió en este servicio.',
      'The deposit was told at the second attempt, on 2026-11-24 at 10:25. One of the attempts was broken off by this service.',
    ],
    [
      'exhausted',
      [
        delivery({
          status: 'exhausted',
          spent: 7,
          attempts: [1, 2, 3, 4, 5, 6].map((n) => attempt(n)).concat(late(7)),
        }),
      ],
      'El dipòsit no es va poder comunicar i s’han gastat 7 intents: el servei web de l’Ajuntament Inventat va respondre 503 sis vegades i no va respondre a temps una vegada.',
      'El depósito no se pudo comunicar y se han gastado 7 intentos: el servicio web del Ajuntament Inventat respondió 503 seis veces y no respondió a tiempo una vez.',
      'The deposit could not be told, and 7 attempts are spent: the web service of Ajuntament Inventat answered 503 six times and did not answer in time once.',
    ],
    [
      'cancelled, and why',
      [delivery({ status: 'cancelled', cancelReason: 'era una prova.', attempts: [] })],
      'Un operador va cancel·lar l’enviament del dipòsit el 24/11/2026 a les 10:25. El motiu: era una prova.',
      'Un operador canceló el envío del depósito el 24/11/2026 a las 10:25. El motivo: era una prova.',
      'An operator cancelled the delivery of the deposit on 2026-11-24 at 10:25. The reason: era una prova.',
    ],
    [
      'waiting for its configuration',
      [open({ waitingFor: 'configuration', blockedBy: 'configuration-incomplete' })],
      'El dipòsit espera que es completi la configuració de l’entitat.',
      'El depósito espera a que se complete la configuración de la entidad.',
      'The deposit waits until the entity’s configuration is complete.',
    ],
    [
      'waiting for an address that is allowed',
      [open({ waitingFor: 'configuration', blockedBy: 'address-not-allowed' })],
      'El dipòsit espera: no és permès d’enviar a l’adreça configurada.',
      'El depósito espera: no está permitido enviar a la dirección configurada.',
      'The deposit waits: nothing may be sent to the address that is configured.',
    ],
    [
      'waiting for a message version that can say it',
      [open({ waitingFor: 'configuration', blockedBy: 'version-cannot-express' })],
      'El dipòsit espera: la versió 3.2 del missatge no ho pot dir, i cal passar el punt de recepció a la 4.0.',
      'El depósito espera: la versión 3.2 del mensaje no lo puede decir, y hay que pasar el punto de recepción a la 4.0.',
      'The deposit waits: message version 3.2 cannot say it, and the endpoint has to go over to 4.0.',
    ],
    [
      'paused, by whom and why',
      [open({ waitingFor: 'paused', heldSince: AT, holdReason: 'obres' })],
      'El dipòsit espera: un operador va aturar els enviaments de l’entitat el 24/11/2026 a les 10:15. El motiu: obres.',
      'El depósito espera: un operador detuvo los envíos de la entidad el 24/11/2026 a las 10:15. El motivo: obres.',
      'The deposit waits: an operator paused the entity’s deliveries on 2026-11-24 at 10:15. The reason: obres.',
    ],
    [
      'suspended',
      [open({ waitingFor: 'suspended', heldSince: AT })],
      'El dipòsit espera: el servei web només fallava i aquest servei hi va deixar d’enviar el 24/11/2026 a les 10:15.',
      'El depósito espera: el servicio web solo fallaba y este servicio dejó de enviarle el 24/11/2026 a las 10:15.',
      'The deposit waits: the web service did nothing but fail, and this service stopped sending there on 2026-11-24 at 10:15.',
    ],
    [
      'planned again',
      [
        open({
          status: 'retrying',
          waitingFor: 'retry',
          spent: 1,
          nextAttemptAt: AT + 60 * MINUTE,
          attempts: [attempt(1)],
        }),
      ],
      'El dipòsit encara no s’ha pogut comunicar: el servei web de l’Ajuntament Inventat va respondre 503. Es tornarà a provar el 24/11/2026 a les 11:15; en queden 6 intents.',
      'El depósito todavía no se ha podido comunicar: el servicio web del Ajuntament Inventat respondió 503. Se volverá a probar el 24/11/2026 a las 11:15; quedan 6 intentos.',
      'The deposit could not be told yet: the web service of Ajuntament Inventat answered 503. It is tried again on 2026-11-24 at 11:15; left: 6 attempts.',
    ],
    [
      'its turn',
      [open({ waitingFor: 'window' })],
      'El dipòsit espera torn per sortir cap al servidor de l’integrador.',
      'El depósito espera turno para salir hacia el servidor del integrador.',
      'The deposit waits for its turn at the integrator’s server.',
    ],
    [
      'a server that is only probed',
      [open({ waitingFor: 'window', nextProbeAt: AT + 30 * MINUTE })],
      'El dipòsit espera: el servidor de l’integrador no va bé i només s’hi prova un enviament de tant en tant; la prova següent, el 24/11/2026 a les 10:45.',
      'El depósito espera: el servidor del integrador no va bien y solo se le prueba un envío de vez en cuando; la prueba siguiente, el 24/11/2026 a las 10:45.',
      'The deposit waits: the integrator’s server is in trouble, and one delivery is tried there from time to time; the next on 2026-11-24 at 10:45.',
    ],
    [
      'being sent',
      [open({ status: 'sending', attempts: [attempt(1)] })],
      'El dipòsit s’està enviant ara mateix, al segon intent.',
      'El depósito se está enviando ahora mismo, al segundo intento.',
      'The deposit is being sent right now, at the second attempt.',
    ],
    [
      'queued',
      [open({ status: 'queued' })],
      'El dipòsit és a la cua i sortirà de seguida.',
      'El depósito está en la cola y saldrá enseguida.',
      'The deposit is in the queue and goes out at once.',
    ],
    [
      'late',
      [delivery({ late: true })],
      'El dipòsit es va comunicar al primer intent, el 24/11/2026 a les 10:25. Va arribar tard: un estat posterior ja s’havia enviat.',
      'El depósito se comunicó al primer intento, el 24/11/2026 a las 10:25. Llegó tarde: ya se había enviado un estado posterior.',
      'The deposit was told at the first attempt, on 2026-11-24 at 10:25. It came late: a later state had been sent already.',
    ],
    [
      'resent',
      [delivery({ status: 'exhausted', spent: 7 }), delivery({ id: 'd2', resentFrom: 'd1' })],
      'El dipòsit es va comunicar al primer intent, el 24/11/2026 a les 10:25. És un reenviament. Un altre avís va gastar tots els intents.',
      'El depósito se comunicó al primer intento, el 24/11/2026 a las 10:25. Es un reenvío. Otro aviso gastó todos los intentos.',
      'The deposit was told at the first attempt, on 2026-11-24 at 10:25. It is a resend. Another callback spent all its attempts.',
    ],
    [
      'the one that stands first, of a line',
      [
        open({ waitingFor: 'window' }),
        open({ id: 'd2', told: { kind: 'OnLine', state: 'ACCEPTADA' }, waitingFor: 'earlier' }),
      ],
      'El dipòsit espera torn per sortir cap al servidor de l’integrador. Un altre avís encara ha de sortir.',
      'El depósito espera turno para salir hacia el servidor del integrador. Otro aviso todavía tiene que salir.',
      'The deposit waits for its turn at the integrator’s server. Another callback has yet to go out.',
    ],
  ])('%s', (_situation, deliveries, ca, es, en) => {
    expect(told(facts(deliveries))).toEqual([ca, es, en]);
  });

  it.each(NO_CALLBACK_REASONS)('why there is no callback: %s', (reason) => {
    const [ca = '', es = '', en = ''] = told(facts([], { changes: [change({ reason })] }));
    expect(ca).toMatch(/^No hi ha avís del dipòsit: .+\.$/);
    expect(es).toMatch(/^No hay aviso del depósito: .+\.$/);
    expect(en).toMatch(/^There is no callback of the deposit: .+\.$/);
    expect(ca + es + en).not.toContain('undefined');
  });

  it('that a daily report told it', () => {
    const daily = { delivery: 'd9', date: '2026-11-24', status: 'acknowledged', at: AT } as const;
    expect(told(facts([], { changes: [change({ reason: 'callbacks-off', daily })] }))).toEqual([
      'Es va dir a l’informe diari del 24/11/2026, que es va confirmar.',
      'Se dijo en el informe diario del 24/11/2026, que se confirmó.',
      'It was told by the daily report of 2026-11-24, which was acknowledged.',
    ]);
  });

  it('something of every state, whoever the entity is', () => {
    for (const state of STATES) {
      const of = facts([delivery({ told: { kind: 'OnLine', state } })], { entityName: null });
      for (const sentence of told(of)) expect(sentence).toMatch(/^(L’|El |La |The )/);
    }
  });
});

it('a delivery of an earlier state is waited for', () => {
  const waiting = open({ waitingFor: 'earlier' });
  expect(tellDelivery(facts([waiting]), 'd1', 'ca').sentence).toBe(
    'El dipòsit espera que acabi l’enviament d’un estat anterior de la mateixa notificació.',
  );
});

it('a daily report is told as one', () => {
  const daily = delivery({ told: { kind: 'Diari', date: '2026-11-24' } });
  expect(LANGUAGES.map((language) => tellDelivery(facts([daily]), 'd1', language).sentence)).toEqual([
    'L’informe diari del 24/11/2026 es va comunicar al primer intent, el 24/11/2026 a les 10:25.',
    'El informe diario del 24/11/2026 se comunicó al primer intento, el 24/11/2026 a las 10:25.',
    'The daily report of 2026-11-24 was told at the first attempt, on 2026-11-24 at 10:25.',
  ]);
});
