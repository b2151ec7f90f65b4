import type { Texts } from '../i18n/texts.ts';

/** When what fails is tried again. */
export const retriesTexts = {
  schedule: { ca: 'Reintents', es: 'Reintentos', en: 'Retries' },
  whose: { ca: 'Calendari', es: 'Calendario', en: 'Schedule' },
  ofService: { ca: 'El del servei', es: 'El del servicio', en: 'The service’s' },
  ofServiceHelp: {
    ca: 'El mateix per a totes les entitats que no en tenen de propi.',
    es: 'El mismo para todas las entidades que no tienen uno propio.',
    en: 'The same for every entity without its own.',
  },
  ofEntity: { ca: 'Un de propi', es: 'Uno propio', en: 'Its own' },
  ofEntityHelp: {
    ca: 'Fins a sis reintents, amb l’espera que trieu entre cada un.',
    es: 'Hasta seis reintentos, con la espera que elija entre cada uno.',
    en: 'Up to six retries, with the wait of your choice before each.',
  },
  afterAttempt: {
    ca: 'Espera després de l’intent {number}',
    es: 'Espera tras el intento {number}',
    en: 'Wait after attempt {number}',
  },
  add: { ca: 'Afegeix un reintent', es: 'Añadir un reintento', en: 'Add a retry' },
  removeLast: { ca: 'Treu l’últim', es: 'Quitar el último', en: 'Remove the last' },
  outageTitle: { ca: 'Què faria una aturada', es: 'Qué haría una parada', en: 'What an outage would do' },
  outageHelp: {
    ca: 'Un enviament que comença just quan el servei web s’atura. Els caps de setmana estan ombrejats.',
    es: 'Un envío que empieza justo cuando el servicio web se para. Los fines de semana están sombreados.',
    en: 'A delivery that begins just as the web service goes away. Weekends are shaded.',
  },
  outageLength: { ca: 'Durada: {length}', es: 'Duración: {length}', en: 'Length: {length}' },
  outage: { ca: 'Aturada', es: 'Parada', en: 'Outage' },
  begins: { ca: 'Comença', es: 'Empieza', en: 'It begins' },
  now: { ca: 'Ara', es: 'Ahora', en: 'Now' },
  friday: {
    ca: 'Divendres vinent a les 18 h',
    es: 'El próximo viernes a las 18 h',
    en: 'Next Friday at 18:00',
  },
  delivered: {
    ca: '{failed, plural, =0 {Es lliura al primer intent: {at}.} one {# intent falla; es lliura {late} més tard: {at}.} other {# intents fallen; es lliura {late} més tard: {at}.}}',
    es: '{failed, plural, =0 {Se entrega al primer intento: {at}.} one {# intento falla; se entrega {late} más tarde: {at}.} other {# intentos fallan; se entrega {late} más tarde: {at}.}}',
    en: '{failed, plural, =0 {Delivered at the first attempt: {at}.} one {# attempt fails; delivered {late} later: {at}.} other {# attempts fail; delivered {late} later: {at}.}}',
  },
  exhausted: {
    ca: 'Els {attempts} intents fallen, l’últim el {at}: l’enviament s’esgota i caldrà reenviar-lo.',
    es: 'Los {attempts} intentos fallan, el último el {at}: el envío se agota y habrá que reenviarlo.',
    en: 'All {attempts} attempts fail, the last one on {at}: the delivery is exhausted, and must be resent.',
  },
  attempts: { ca: 'Intents', es: 'Intentos', en: 'Attempts' },
  attempt: { ca: 'Intent', es: 'Intento', en: 'Attempt' },
  at: { ca: 'Quan', es: 'Cuándo', en: 'When' },
  after: { ca: 'Des del primer', es: 'Desde el primero', en: 'Since the first' },
  first: { ca: 'el primer', es: 'el primero', en: 'the first' },
  outcome: { ca: 'Resultat', es: 'Resultado', en: 'Outcome' },
  fails: { ca: 'Falla', es: 'Falla', en: 'Fails' },
  delivers: { ca: 'Es lliura', es: 'Se entrega', en: 'Delivered' },
  unneeded: { ca: 'No cal', es: 'No hace falta', en: 'Not needed' },
  spread: {
    ca: 'Cada espera varia un 10 % amunt o avall, perquè els que han fallat alhora no tornin alhora. Si molts enviaments fallen, el servei prova l’adreça de tant en tant i els deixa anar quan respon.',
    es: 'Cada espera varía un 10 % arriba o abajo, para que los que fallaron a la vez no vuelvan a la vez. Si muchos envíos fallan, el servicio prueba la dirección de vez en cuando y los suelta cuando responde.',
    en: 'Each wait varies by 10 % either way, so that what failed together does not return together. Where many deliveries fail, the service tries the address now and then, and lets them go once it answers.',
  },
} as const satisfies Texts;
