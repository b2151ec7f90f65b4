import type { Texts } from '../i18n/texts.ts';

/** How an entity's deliveries have fared. */
export const healthTexts = {
  fine: {
    ca: 'Ara mateix no hi ha res que falli.',
    es: 'Ahora mismo no hay nada que falle.',
    en: 'Nothing fails at this moment.',
  },
  waiting: {
    ca: '{count, plural, =0 {} one {# enviament espera.} other {# enviaments esperen.}}',
    es: '{count, plural, =0 {} one {# envío espera.} other {# envíos esperan.}}',
    en: '{count, plural, =0 {} one {# delivery waits.} other {# deliveries wait.}}',
  },
  test: { ca: 'Prova la connexió', es: 'Probar la conexión', en: 'Test the connection' },
  retried: { ca: 'Els que es reintentaran', es: 'Los que se reintentarán', en: 'Those to be retried' },
  spent: { ca: 'Els esgotats', es: 'Los agotados', en: 'The exhausted ones' },
  none: {
    ca: 'Cap enviament acabat en els últims 30 dies',
    es: 'Ningún envío terminado en los últimos 30 días',
    en: 'No delivery has ended in the last 30 days',
  },
  deliveries: {
    ca: 'Enviaments dels últims 30 dies',
    es: 'Envíos de los últimos 30 días',
    en: 'Deliveries of the last 30 days',
  },
  firstTime: { ca: 'Al primer intent', es: 'Al primer intento', en: 'At the first attempt' },
  afterRetries: { ca: 'Després de reintents', es: 'Tras reintentos', en: 'After retries' },
  exhausted: { ca: 'Esgotats', es: 'Agotados', en: 'Exhausted' },
  seeThem: { ca: 'Mostra’ls', es: 'Mostrarlos', en: 'Show them' },
  times: {
    ca: 'Quant triga a respondre',
    es: 'Cuánto tarda en responder',
    en: 'How long it takes to answer',
  },
  timesHelp: {
    ca: 'La meitat dels intents triguen menys que la mediana; un de cada vint, més que el percentil 95.',
    es: 'La mitad de los intentos tardan menos que la mediana; uno de cada veinte, más que el percentil 95.',
    en: 'Half of the attempts take less than the median; one in twenty takes more than the 95th percentile.',
  },
  median: { ca: 'Mediana', es: 'Mediana', en: 'Median' },
  p95: { ca: 'Percentil 95', es: 'Percentil 95', en: '95th percentile' },
  byDay: { ca: 'Dia a dia', es: 'Día a día', en: 'Day by day' },
  day: { ca: 'Dia', es: 'Día', en: 'Day' },
} as const satisfies Texts;

/** The changes of a configuration. */
export const historyTexts = {
  none: { ca: 'Encara no hi ha cap canvi', es: 'Todavía no hay ningún cambio', en: 'No change yet' },
  somebody: { ca: 'Una altra persona', es: 'Otra persona', en: 'Somebody else' },
  nothing: { ca: 'res', es: 'nada', en: 'nothing' },
  yes: { ca: 'sí', es: 'sí', en: 'yes' },
  no: { ca: 'no', es: 'no', en: 'no' },
} as const satisfies Texts;
