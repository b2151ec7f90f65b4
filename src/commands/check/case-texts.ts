import type { CaseId } from '../../delivery/probe/check/cases.ts';
import type { Sentence } from '../../domain/advice.ts';

/** What a case sends, and what to mend where that, and not the plainest report, is refused. */
interface CaseTexts {
  readonly name: Sentence;
  readonly mend: Sentence;
}

const STATE: Sentence = {
  ca: 'Accepteu tots els estats que s’informen: DIPOSITADA, ACCEPTADA, REBUTJADA, EXPIRADA, ERROR i ANUL·LADA.',
  es: 'Acepte todos los estados que se informan: DIPOSITADA, ACCEPTADA, REBUTJADA, EXPIRADA, ERROR y ANUL·LADA.',
  en: 'Take every state that is told: DIPOSITADA, ACCEPTADA, REBUTJADA, EXPIRADA, ERROR and ANUL·LADA.',
};
const COMMUNICATION: Sentence = {
  ca: 'Accepteu també les comunicacions (TipusObjecte COMUNICACIO): no tenen DiesExpiracio ni, sovint, signant.',
  es: 'Acepte también las comunicaciones (TipusObjecte COMUNICACIO): no tienen DiesExpiracio ni, a menudo, firmante.',
  en: 'Take comunicacions too (TipusObjecte COMUNICACIO): they have no DiesExpiracio and often no signer.',
};
const NO_SIGNER: Sentence = {
  ca: 'DadesSignador és opcional des del juny de 2024: torneu a generar el receptor amb el WSDL i l’XSD actuals.',
  es: 'DadesSignador es opcional desde junio de 2024: vuelva a generar el receptor con el WSDL y el XSD actuales.',
  en: 'DadesSignador has been optional since June 2024: make the receiver anew from the current WSDL and XSD.',
};
const PERSON: Sentence = {
  ca: 'El document d’una persona és un NIF, un Passaport (Pais opcional) o un IDC (Pais obligatori): accepteu-los tots.',
  es: 'El documento de una persona es un NIF, un Passaport (Pais opcional) o un IDC (Pais obligatorio): acéptelos todos.',
  en: 'A person’s document is a NIF, a Passaport (Pais optional) or an IDC (Pais required): take them all.',
};
const COMPANY: Sentence = {
  ca: 'Qui signa pot ser una PersonaJuridica, amb CIF o, si és estrangera, amb VAT: accepteu-les totes dues.',
  es: 'Quien firma puede ser una PersonaJuridica, con CIF o, si es extranjera, con VAT: acepte ambas.',
  en: 'A PersonaJuridica may sign, with a CIF or, from abroad, with a VAT: take both.',
};
const REPRESENTATIVE: Sentence = {
  ca: 'Pot signar un Representant, persona o empresa, amb l’Interessat a dins: accepteu totes les combinacions.',
  es: 'Puede firmar un Representant, persona o empresa, con el Interessat dentro: acepte todas las combinaciones.',
  en: 'A Representant, person or company, may sign, with the Interessat inside: take every combination.',
};
const OPTIONAL: Sentence = {
  ca: 'Accepteu que els elements opcionals de l’esquema hi siguin o no hi siguin, també DadesCanviCanal i BackOffice.',
  es: 'Acepte que los elementos opcionales del esquema estén o no estén, también DadesCanviCanal y BackOffice.',
  en: 'Let the schema’s optional elements be there or not, DadesCanviCanal and BackOffice too.',
};

/** By case; names have at most 52 characters. docs/homologation.md has the English. */
export const CASE_TEXTS: Readonly<Record<CaseId, CaseTexts>> = {
  deposited: {
    name: {
      ca: 'notificació DIPOSITADA, sense signant',
      es: 'notificación DIPOSITADA, sin firmante',
      en: 'notification DIPOSITADA, without a signer',
    },
    mend: NO_SIGNER,
  },
  accepted: {
    name: {
      ca: 'ACCEPTADA per una persona amb NIF',
      es: 'ACCEPTADA por una persona con NIF',
      en: 'ACCEPTADA by a person with a NIF',
    },
    mend: STATE,
  },
  rejected: {
    name: {
      ca: 'REBUTJADA per una persona amb NIF',
      es: 'REBUTJADA por una persona con NIF',
      en: 'REBUTJADA by a person with a NIF',
    },
    mend: STATE,
  },
  expired: { name: { ca: 'EXPIRADA', es: 'EXPIRADA', en: 'EXPIRADA' }, mend: STATE },
  error: { name: { ca: 'ERROR', es: 'ERROR', en: 'ERROR' }, mend: STATE },
  cancelled: {
    name: {
      ca: 'ANUL·LADA, amb punt volat',
      es: 'ANUL·LADA, con punto volado',
      en: 'ANUL·LADA, with its middle dot',
    },
    mend: {
      ca: 'L’estat s’escriu ANUL·LADA, amb el punt volat U+00B7 en UTF-8: compareu-lo així, i accepteu-lo.',
      es: 'El estado se escribe ANUL·LADA, con el punto volado U+00B7 en UTF-8: compárelo así, y acéptelo.',
      en: 'The state is spelt ANUL·LADA, with the middle dot U+00B7 in UTF-8: compare it so, and take it.',
    },
  },
  'communication-deposited': {
    name: {
      ca: 'comunicació DIPOSITADA',
      es: 'comunicación DIPOSITADA',
      en: 'comunicació DIPOSITADA',
    },
    mend: COMMUNICATION,
  },
  'communication-accepted': {
    name: {
      ca: 'comunicació ACCEPTADA, sense signant',
      es: 'comunicación ACCEPTADA, sin firmante',
      en: 'comunicació ACCEPTADA, without a signer',
    },
    mend: COMMUNICATION,
  },
  'without-signer': {
    name: {
      ca: 'ACCEPTADA sense DadesSignador',
      es: 'ACCEPTADA sin DadesSignador',
      en: 'ACCEPTADA without DadesSignador',
    },
    mend: NO_SIGNER,
  },
  'signer-passport': {
    name: {
      ca: 'signant amb passaport i país',
      es: 'firmante con pasaporte y país',
      en: 'signer with a passport and its country',
    },
    mend: PERSON,
  },
  'signer-passport-without-country': {
    name: {
      ca: 'signant amb passaport, sense país',
      es: 'firmante con pasaporte, sin país',
      en: 'signer with a passport, without a country',
    },
    mend: PERSON,
  },
  'signer-identity-card': {
    name: {
      ca: 'signant amb document d’un altre país (IDC)',
      es: 'firmante con documento de otro país (IDC)',
      en: 'signer with another country’s card (IDC)',
    },
    mend: PERSON,
  },
  'signer-company': {
    name: {
      ca: 'signant empresa, amb CIF',
      es: 'firmante empresa, con CIF',
      en: 'signed by a company with a CIF',
    },
    mend: COMPANY,
  },
  'signer-foreign-company': {
    name: {
      ca: 'signant empresa estrangera, amb VAT',
      es: 'firmante empresa extranjera, con VAT',
      en: 'signed by a company from abroad, with a VAT',
    },
    mend: COMPANY,
  },
  'signer-representative': {
    name: {
      ca: 'persona que representa una empresa',
      es: 'persona que representa a una empresa',
      en: 'a person on behalf of a company',
    },
    mend: REPRESENTATIVE,
  },
  'signer-representative-company': {
    name: {
      ca: 'empresa que representa una persona',
      es: 'empresa que representa a una persona',
      en: 'a company on behalf of a person',
    },
    mend: REPRESENTATIVE,
  },
  'signer-officer': {
    name: { ca: 'funcionari habilitat', es: 'funcionario habilitado', en: 'an authorised officer' },
    mend: {
      ca: 'Pot signar un FuncionariHabilitat, amb PersonaFisica, Interessat i RegistreEntradaHabilitacio: accepteu-lo.',
      es: 'Puede firmar un FuncionariHabilitat, con PersonaFisica, Interessat y RegistreEntradaHabilitacio: acéptelo.',
      en: 'A FuncionariHabilitat may sign, with PersonaFisica, Interessat and RegistreEntradaHabilitacio: take it.',
    },
  },
  'signer-paper': {
    name: { ca: 'practicada en paper', es: 'practicada en papel', en: 'practised on paper' },
    mend: {
      ca: 'Pot haver-hi PracticadaPaper en lloc d’un signant, amb Funcionari, DataPracticada i Referencia: accepteu-la.',
      es: 'Puede haber PracticadaPaper en lugar de un firmante, con Funcionari, DataPracticada y Referencia: acéptela.',
      en: 'PracticadaPaper may stand for a signer, with Funcionari, DataPracticada and Referencia: take it.',
    },
  },
  'nil-registry': {
    name: {
      ca: 'DadesRegistre amb valors nuls (xsi:nil)',
      es: 'DadesRegistre con valores nulos (xsi:nil)',
      en: 'DadesRegistre with nil values (xsi:nil)',
    },
    mend: {
      ca: 'DataRegistre i NumeroRegistreSortida poden venir buits amb xsi:nil="true": llegiu-los com a desconeguts.',
      es: 'DataRegistre y NumeroRegistreSortida pueden venir vacíos con xsi:nil="true": léalos como desconocidos.',
      en: 'DataRegistre and NumeroRegistreSortida may be empty with xsi:nil="true": read them as unknown.',
    },
  },
  least: {
    name: {
      ca: 'només els elements obligatoris',
      es: 'solo los elementos obligatorios',
      en: 'nothing but the required elements',
    },
    mend: OPTIONAL,
  },
  most: {
    name: {
      ca: 'tots els elements opcionals',
      es: 'todos los elementos opcionales',
      en: 'every optional element',
    },
    mend: OPTIONAL,
  },
  'paper-channel': {
    name: {
      ca: 'canvi de canal a paper, sense adreça ni telèfon',
      es: 'cambio de canal a papel, sin correo ni teléfono',
      en: 'channel changed to paper, no e-mail, no telephone',
    },
    mend: {
      ca: 'Canal pot ser PAPER, i DadesCanviCanal pot no tenir BustiaCorreu ni Telefon: accepteu-ho.',
      es: 'Canal puede ser PAPER, y DadesCanviCanal puede no tener BustiaCorreu ni Telefon: acéptelo.',
      en: 'Canal may be PAPER, and DadesCanviCanal may lack BustiaCorreu and Telefon: take it.',
    },
  },
  'long-texts': {
    name: {
      ca: 'textos tan llargs com poden ser',
      es: 'textos tan largos como pueden ser',
      en: 'texts as long as they may be',
    },
    mend: {
      ca: 'Deixeu lloc a Referencia i IdNotificacioEmissor (255), NumeroRegistreSortida (100) i noms de 1.000 caràcters.',
      es: 'Deje sitio a Referencia e IdNotificacioEmissor (255), NumeroRegistreSortida (100) y nombres de 1.000 caracteres.',
      en: 'Have room for Referencia and IdNotificacioEmissor (255), NumeroRegistreSortida (100) and names of 1,000.',
    },
  },
  'special-characters': {
    name: {
      ca: 'accents, símbols, emojis i caràcters d’XML',
      es: 'acentos, símbolos, emojis y caracteres de XML',
      en: 'accents, symbols, emoji and characters of XML',
    },
    mend: {
      ca: 'Llegiu el missatge amb un lector d’XML i en UTF-8, i deseu els textos amb totes les lletres, també de 4 bytes.',
      es: 'Lea el mensaje con un lector de XML y en UTF-8, y guarde los textos con todas las letras, también de 4 bytes.',
      en: 'Read the message with an XML parser and in UTF-8, and store texts with every letter, of 4 bytes too.',
    },
  },
  'greatest-id': {
    name: {
      ca: 'l’IdNotificacio més gran (64 bits)',
      es: 'el IdNotificacio más grande (64 bits)',
      en: 'the greatest IdNotificacio (64 bits)',
    },
    mend: {
      ca: 'IdNotificacio és un xs:long, fins a 9223372036854775807: deseu-lo en 64 bits o com a text.',
      es: 'IdNotificacio es un xs:long, hasta 9223372036854775807: guárdelo en 64 bits o como texto.',
      en: 'IdNotificacio is an xs:long, up to 9223372036854775807: keep it in 64 bits or as text.',
    },
  },
  'other-dates': {
    name: {
      ca: 'dates en UTC (Z) i sense mil·lisegons',
      es: 'fechas en UTC (Z) y sin milisegundos',
      en: 'dates in UTC (Z) and without milliseconds',
    },
    mend: {
      ca: 'Llegiu xs:dateTime amb qualsevol fus horari, també Z, i amb decimals o sense.',
      es: 'Lea xs:dateTime con cualquier huso horario, también Z, y con decimales o sin ellos.',
      en: 'Read xs:dateTime in any zone, Z too, and with decimals or without.',
    },
  },
  repeated: {
    name: {
      ca: 'el mateix enviament dues vegades',
      es: 'el mismo envío dos veces',
      en: 'the same delivery twice',
    },
    mend: {
      ca: 'Un enviament pot arribar més d’un cop amb el mateix Idempotency-Key: confirmeu-lo sempre, i feu la feina un sol cop.',
      es: 'Un envío puede llegar más de una vez con el mismo Idempotency-Key: confírmelo siempre, y haga el trabajo una sola vez.',
      en: 'A delivery may come more than once with the same Idempotency-Key: acknowledge it always, and do its work once.',
    },
  },
};
