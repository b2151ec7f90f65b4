import type { Texts } from '../i18n/texts.ts';

/** How a web service that receives callbacks is written. */
export const integratorsTexts = {
  title: { ca: 'Guia d’integració', es: 'Guía de integración', en: 'Integration guide' },
  inEnglish: {
    ca: 'Aquest document és en anglès.',
    es: 'Este documento está en inglés.',
    en: 'This document is in English.',
  },
  documents: { ca: 'Documents', es: 'Documentos', en: 'Documents' },
  integrators: { ca: 'Per començar', es: 'Para empezar', en: 'To begin with' },
  answers: { ca: 'Què val com a resposta', es: 'Qué vale como respuesta', en: 'What counts as an answer' },
  contract: {
    ca: 'El contracte, punt per punt',
    es: 'El contrato, punto por punto',
    en: 'The contract, point by point',
  },
  code: { ca: 'Exemple', es: 'Ejemplo', en: 'Example' },
  files: { ca: 'Fitxers', es: 'Ficheros', en: 'Files' },
  wsdl: {
    ca: 'WSDL del servei web que rep els avisos',
    es: 'WSDL del servicio web que recibe los avisos',
    en: 'WSDL of the web service that receives callbacks',
  },
  xsd: {
    ca: 'Esquema dels missatges (4.0)',
    es: 'Esquema de los mensajes (4.0)',
    en: 'Schema of the messages (4.0)',
  },
  oldXsd: {
    ca: 'Esquema dels missatges antics (3.2)',
    es: 'Esquema de los mensajes antiguos (3.2)',
    en: 'Schema of the older messages (3.2)',
  },
  recoverWsdl: {
    ca: 'WSDL per recuperar el que no va arribar (RecuperarReport)',
    es: 'WSDL para recuperar lo que no llegó (RecuperarReport)',
    en: 'WSDL for what did not arrive (RecuperarReport)',
  },
} as const satisfies Texts;
