import type { Texts } from '../i18n/texts.ts';

/** The page that shows every component. */
export const catalogueTexts = {
  title: { ca: 'Components', es: 'Componentes', en: 'Components' },
  states: { ca: 'Estats', es: 'Estados', en: 'States' },
  good: { ca: 'Acceptat', es: 'Aceptado', en: 'Acknowledged' },
  wait: { ca: 'En espera', es: 'En espera', en: 'Waiting' },
  bad: { ca: 'Esgotat', es: 'Agotado', en: 'Exhausted' },
  info: { ca: 'En curs', es: 'En curso', en: 'Under way' },
  idle: { ca: 'Cancel·lat', es: 'Cancelado', en: 'Cancelled' },
  deeds: { ca: 'Accions', es: 'Acciones', en: 'Deeds' },
  ask: { ca: 'Demana confirmació', es: 'Pedir confirmación', en: 'Ask first' },
  asked: {
    ca: 'Es farà una cosa inventada; res més no canviarà.',
    es: 'Se hará algo inventado; nada más cambiará.',
    en: 'Something invented will be done; nothing else will change.',
  },
  doIt: { ca: 'Fes-ho', es: 'Hacerlo', en: 'Do it' },
  isDone: { ca: 'Fet.', es: 'Hecho.', en: 'Done.' },
  undone: { ca: 'Desfet.', es: 'Deshecho.', en: 'Undone.' },
  field: { ca: 'Camp', es: 'Campo', en: 'Field' },
  fieldHelp: { ca: 'Una ajuda breu', es: 'Una ayuda breve', en: 'A short help' },
  fieldError: {
    ca: 'Cal escriure alguna cosa.',
    es: 'Hay que escribir algo.',
    en: 'Something must be written.',
  },
  values: { ca: 'Valors', es: 'Valores', en: 'Values' },
  empty: { ca: 'No hi ha res', es: 'No hay nada', en: 'There is nothing' },
} as const satisfies Texts;
