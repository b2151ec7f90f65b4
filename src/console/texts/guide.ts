import type { Texts } from '../i18n/texts.ts';

/** The guide from nothing to a first acknowledged test. */
export const guideTexts = {
  title: { ca: 'Entitat nova', es: 'Entidad nueva', en: 'New entity' },
  steps: { ca: 'Passos', es: 'Pasos', en: 'Steps' },
  names: { ca: 'Codis i noms', es: 'Códigos y nombres', en: 'Codes and names' },
  address: { ca: 'Adreça', es: 'Dirección', en: 'Address' },
  access: { ca: 'Seguretat', es: 'Seguridad', en: 'Security' },
  test: { ca: 'Prova', es: 'Prueba', en: 'Test' },
  on: { ca: 'Engegada', es: 'Puesta en marcha', en: 'Turning on' },

  namesHelp: {
    ca: 'Els codis són els de l’ens a eNOTUM i ja no es podran canviar; els noms, sí. Fins a l’últim pas no s’enviarà res.',
    es: 'Los códigos son los del ente en eNOTUM y ya no se podrán cambiar; los nombres, sí. Hasta el último paso no se enviará nada.',
    en: 'The codes are the body’s in eNOTUM, and cannot be changed later; names can. Nothing is sent before the last step.',
  },
  organisation: { ca: 'Codi de l’organisme', es: 'Código del organismo', en: 'Code of the organisation' },
  organisationHelp: {
    ca: 'CodiOrganisme: el codi ENS',
    es: 'CodiOrganisme: el código ENS',
    en: 'CodiOrganisme: its ENS code',
  },
  organisationName: { ca: 'Nom de l’organisme', es: 'Nombre del organismo', en: 'Name of the organisation' },
  unusualCode: {
    ca: 'Els codis d’organisme solen ser tot xifres: reviseu-lo, perquè no es podrà canviar.',
    es: 'Los códigos de organismo suelen ser todo cifras: revíselo, porque no se podrá cambiar.',
    en: 'Codes of organisations are digits as a rule: check it, since it cannot be changed.',
  },
  department: { ca: 'Codi del departament', es: 'Código del departamento', en: 'Code of the department' },
  departmentHelp: { ca: 'CodiDepartament', es: 'CodiDepartament', en: 'CodiDepartament' },
  departmentName: { ca: 'Nom del departament', es: 'Nombre del departamento', en: 'Name of the department' },
  needed: { ca: 'Cal omplir-ho.', es: 'Hay que rellenarlo.', en: 'This is needed.' },
  make: { ca: 'Crea l’entitat', es: 'Crear la entidad', en: 'Make the entity' },
  taken: {
    ca: 'Aquesta entitat ja té configuració.',
    es: 'Esta entidad ya tiene configuración.',
    en: 'This entity has a configuration already.',
  },
  seeIt: { ca: 'Ves-hi', es: 'Ir a ella', en: 'Go to it' },

  tell: {
    ca: 'Què cal dir a l’integrador',
    es: 'Qué hay que decir al integrador',
    en: 'What to tell the integrator',
  },
  tellHelp: {
    ca: 'Això és el que li cal per escriure el servei web. Ho té tot a',
    es: 'Esto es lo que necesita para escribir el servicio web. Lo tiene todo en',
    en: 'This is what it takes to write the web service. All of it is in',
  },
  tellGuide: {
    ca: 'la guia d’integració',
    es: 'la guía de integración',
    en: 'the integration guide',
  },
  tellPost: {
    ca: 'Rebrà un POST de SOAP 1.1 amb clientRequestwithReturn i un Report de la versió 4.0.',
    es: 'Recibirá un POST de SOAP 1.1 con clientRequestwithReturn y un Report de la versión 4.0.',
    en: 'It gets a SOAP 1.1 POST with clientRequestwithReturn and a Report of version 4.0.',
  },
  tellAnswer: {
    ca: 'Ha de respondre de seguida amb una RespostaReport buida: qualsevol altra resposta és un error i es reintenta.',
    es: 'Debe responder enseguida con una RespostaReport vacía: cualquier otra respuesta es un error y se reintenta.',
    en: 'It must answer at once with an empty RespostaReport: any other answer is a failure, and is tried again.',
  },
  tellTwice: {
    ca: 'El mateix avís pot arribar dues vegades, amb la mateixa Idempotency-Key.',
    es: 'El mismo aviso puede llegar dos veces, con la misma Idempotency-Key.',
    en: 'The same report may come twice, with the same Idempotency-Key.',
  },
  tellRecover: {
    ca: 'El que s’hagi perdut es pot demanar amb RecuperarReport: {wsdl}',
    es: 'Lo que se haya perdido se puede pedir con RecuperarReport: {wsdl}',
    en: 'What was lost can be asked for by RecuperarReport: {wsdl}',
  },
  tellCheck: {
    ca: 'Abans de res, pot comprovar el servei web amb {command}',
    es: 'Antes de nada, puede comprobar el servicio web con {command}',
    en: 'Before anything else, the web service can be checked by {command}',
  },
  tellAll: { ca: 'Copia-ho tot', es: 'Copiarlo todo', en: 'Copy it all' },

  accessHelp: {
    ca: 'Si l’integrador no demana res d’això, seguiu endavant.',
    es: 'Si el integrador no pide nada de esto, siga adelante.',
    en: 'Where the integrator asks for none of this, go on.',
  },
  next: { ca: 'Endavant', es: 'Adelante', en: 'Go on' },
  back: { ca: 'Enrere', es: 'Atrás', en: 'Back' },
  later: {
    ca: 'Deixa la prova per més tard',
    es: 'Dejar la prueba para más tarde',
    en: 'Leave the test for later',
  },
  changeAddress: { ca: 'Canvia l’adreça', es: 'Cambiar la dirección', en: 'Change the address' },
  changeAccess: { ca: 'Canvia la seguretat', es: 'Cambiar la seguridad', en: 'Change the security' },
  conflict: {
    ca: 'Algú altre ha canviat l’entitat mentrestant.',
    es: 'Otra persona ha cambiado la entidad mientras tanto.',
    en: 'Somebody else has changed the entity meanwhile.',
  },
  goOn: { ca: 'Posa-hi els meus canvis', es: 'Poner mis cambios', en: 'Put my changes onto theirs' },

  onHelp: {
    ca: 'Trieu què s’envia a partir d’ara. Els canvis d’abans no s’envien.',
    es: 'Elija qué se envía a partir de ahora. Los cambios anteriores no se envían.',
    en: 'Choose what is sent from now on. Earlier changes are not sent.',
  },
  finish: { ca: 'Acaba', es: 'Terminar', en: 'Finish' },
  done: {
    ca: 'L’entitat ja està configurada.',
    es: 'La entidad ya está configurada.',
    en: 'The entity is configured.',
  },
} as const satisfies Texts;
