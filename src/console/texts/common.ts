import type { Texts } from '../i18n/texts.ts';

/** What components say on every page. */
export const commonTexts = {
  cancel: { ca: 'Cancel·la', es: 'Cancelar', en: 'Cancel' },
  undo: { ca: 'Desfés', es: 'Deshacer', en: 'Undo' },
  dismiss: { ca: 'Tanca', es: 'Cerrar', en: 'Dismiss' },
  retry: { ca: 'Torna-ho a provar', es: 'Reintentar', en: 'Try again' },
  code: { ca: 'Codi', es: 'Código', en: 'Code' },
  notFoundHelp: {
    ca: 'Comproveu que l’adreça és sencera, o cerqueu-ho a dalt amb la tecla /. També pot ser que no hi tingueu accés.',
    es: 'Compruebe que la dirección está entera, o búsquelo arriba con la tecla /. También puede ser que no tenga acceso.',
    en: 'Check that the address is whole, or search above with the key /. It may also be that you have no access to it.',
  },
  forbiddenHelp: {
    ca: 'Si us cal, demaneu-ho a qui administra el servei.',
    es: 'Si lo necesita, pídalo a quien administra el servicio.',
    en: 'If you need it, ask whoever administers the service.',
  },
  loading: { ca: 'S’està carregant', es: 'Cargando', en: 'Loading' },
  pages: { ca: 'Pàgines', es: 'Páginas', en: 'Pages' },
  previous: { ca: 'Anterior', es: 'Anterior', en: 'Previous' },
  next: { ca: 'Següent', es: 'Siguiente', en: 'Next' },
  copy: { ca: 'Copia: {what}', es: 'Copiar: {what}', en: 'Copy: {what}' },
  length: { ca: '{name}: {length}', es: '{name}: {length}', en: '{name}: {length}' },
  copied: { ca: 'Copiat: {what}', es: 'Copiado: {what}', en: 'Copied: {what}' },
  notCopied: {
    ca: 'El navegador no deixa copiar: seleccioneu el text.',
    es: 'El navegador no deja copiar: seleccione el texto.',
    en: 'The browser does not allow copying: select the text.',
  },
} as const satisfies Texts;
