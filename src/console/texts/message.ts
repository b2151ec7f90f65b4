import type { Texts } from '../i18n/texts.ts';

/** Messages of attempts: what was asked, what was answered, and how they differ. */
export const messageTexts = {
  request: { ca: 'Petició', es: 'Petición', en: 'Request' },
  answer: { ca: 'Resposta', es: 'Respuesta', en: 'Answer' },
  headers: {
    ca: '{count, plural, one {# capçalera} other {# capçaleres}}',
    es: '{count, plural, one {# cabecera} other {# cabeceras}}',
    en: '{count, plural, one {# header} other {# headers}}',
  },
  messages: { ca: 'Missatges', es: 'Mensajes', en: 'Messages' },
  difference: {
    ca: 'Diferències amb l’anterior',
    es: 'Diferencias con el anterior',
    en: 'Difference to the one before',
  },
  phases: {
    ca: 'En què s’ha anat el temps de l’intent',
    es: 'En qué se ha ido el tiempo del intento',
    en: 'Where the attempt’s time went',
  },
  connecting: { ca: 'Connectar i enviar', es: 'Conectar y enviar', en: 'Connecting and sending' },
  waiting: { ca: 'Esperar la resposta', es: 'Esperar la respuesta', en: 'Waiting for the answer' },
  reading: { ca: 'Llegir la resposta', es: 'Leer la respuesta', en: 'Reading the answer' },
  views: { ca: 'Què es mostra', es: 'Qué se muestra', en: 'What is shown' },
  same: {
    ca: 'És igual que la de l’intent anterior.',
    es: 'Es igual que la del intento anterior.',
    en: 'It is the same as that of the attempt before.',
  },
  skipped: {
    ca: '{count, plural, one {# línia igual} other {# línies iguals}}',
    es: '{count, plural, one {# línea igual} other {# líneas iguales}}',
    en: '{count, plural, one {# line the same} other {# lines the same}}',
  },
  fold: { ca: 'Plega-ho tot', es: 'Plegar todo', en: 'Fold all' },
  unfold: { ca: 'Desplega-ho tot', es: 'Desplegar todo', en: 'Unfold all' },
  hidden: {
    ca: 'Els missatges tenen dades personals: el vostre rol no els pot veure.',
    es: 'Los mensajes tienen datos personales: su rol no puede verlos.',
    en: 'Messages have personal data in them: your role may not see them.',
  },
  noRequest: { ca: 'No se’n va enviar cap.', es: 'No se envió ninguna.', en: 'None was sent.' },
  noAnswer: { ca: 'No en va arribar cap.', es: 'No llegó ninguna.', en: 'None came.' },
  notKept: {
    ca: 'Ja no es conserva.',
    es: 'Ya no se conserva.',
    en: 'It is kept no longer.',
  },
  emptyBody: { ca: 'Sense contingut.', es: 'Sin contenido.', en: 'Without a body.' },
  masked: {
    ca: 'Els asteriscs (***) són al lloc de secrets, que no es desen.',
    es: 'Los asteriscos (***) están en el lugar de secretos, que no se guardan.',
    en: 'Asterisks (***) stand for secrets, which are not kept.',
  },
  curl: { ca: 'Copia com a curl', es: 'Copiar como curl', en: 'Copy as curl' },
  curlNote: {
    ca: 'Executada, és una petició de debò al servei web de l’integrador: poseu-hi els secrets al lloc dels asteriscs.',
    es: 'Ejecutada, es una petición real al servicio web del integrador: ponga los secretos en lugar de los asteriscos.',
    en: 'Run, it is a real request to the integrator’s web service: put the secrets in place of the asterisks.',
  },
} as const satisfies Texts;
