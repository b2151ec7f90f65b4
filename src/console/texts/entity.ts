import type { Entity } from '../pages/entity/calls.ts';
import type { Text, Texts } from '../i18n/texts.ts';

/** The page of one entity. */
export const entityTexts = {
  parts: { ca: 'Parts de l’entitat', es: 'Partes de la entidad', en: 'Parts of the entity' },
  configuration: { ca: 'Configuració', es: 'Configuración', en: 'Configuration' },
  test: { ca: 'Prova', es: 'Prueba', en: 'Test' },
  backOffices: { ca: 'Backoffices', es: 'Back offices', en: 'Back offices' },
  retries: { ca: 'Reintents', es: 'Reintentos', en: 'Retries' },
  health: { ca: 'Salut', es: 'Salud', en: 'Health' },
  history: { ca: 'Canvis', es: 'Cambios', en: 'Changes' },
  itsDeliveries: { ca: 'Els seus enviaments', es: 'Sus envíos', en: 'Its deliveries' },

  ready: { ca: 'A punt', es: 'Preparada', en: 'Ready' },
  incomplete: { ca: 'Incompleta', es: 'Incompleta', en: 'Incomplete' },
  paused: { ca: 'En pausa', es: 'En pausa', en: 'Paused' },
  suspended: { ca: 'Suspesa', es: 'Suspendida', en: 'Suspended' },
  off: { ca: 'Sense avisos', es: 'Sin avisos', en: 'Callbacks off' },
  pausedSince: { ca: 'En pausa des de', es: 'En pausa desde', en: 'Paused since' },
  suspendedSince: {
    ca: 'El servei reté els avisos a l’adreça de l’entitat des de',
    es: 'El servicio retiene los avisos a la dirección de la entidad desde',
    en: 'The service holds back what goes to the entity’s address since',
  },
  suspendedBackOffice: {
    ca: 'El servei reté els avisos al backoffice {code} des de',
    es: 'El servicio retiene los avisos al back office {code} desde',
    en: 'The service holds back what goes to back office {code} since',
  },
  suspendedHelp: {
    ca: 'No feia més que fallar. Una prova confirmada els deixa anar tots, en ordre.',
    es: 'No hacía más que fallar. Una prueba confirmada los suelta todos, en orden.',
    en: 'It did nothing but fail. An acknowledged test lets all of it go, in order.',
  },
  missing: {
    ca: 'Els avisos esperen que s’ompli això:',
    es: 'Los avisos esperan que se rellene esto:',
    en: 'Callbacks wait until this is filled in:',
  },

  pause: { ca: 'Posa en pausa', es: 'Poner en pausa', en: 'Pause' },
  resume: { ca: 'Reprèn', es: 'Reanudar', en: 'Resume' },
  pauseTitle: { ca: 'Posar l’entitat en pausa', es: 'Poner la entidad en pausa', en: 'Pause the entity' },
  pauseWhat: {
    ca: 'Els seus avisos s’aturen: no se’n perd cap ni es gasta cap intent. Els que s’estan enviant acaben. En reprendre, surten tots en ordre.',
    es: 'Sus avisos se detienen: no se pierde ninguno ni se gasta ningún intento. Los que se están enviando terminan. Al reanudar, salen todos en orden.',
    en: 'Its callbacks stop: none is lost, and no attempt is spent. Those being sent end as they would. On resuming, all go out in order.',
  },
  reason: { ca: 'Motiu', es: 'Motivo', en: 'Reason' },
  reasonHelp: {
    ca: 'El llegirà qui es pregunti per què no surten avisos.',
    es: 'Lo leerá quien se pregunte por qué no salen avisos.',
    en: 'It is read by whoever wonders why nothing goes out.',
  },
  isPaused: { ca: 'L’entitat és en pausa.', es: 'La entidad está en pausa.', en: 'The entity is paused.' },
  isResumed: {
    ca: 'L’entitat torna a enviar avisos.',
    es: 'La entidad vuelve a enviar avisos.',
    en: 'The entity sends callbacks again.',
  },

  readOnly: {
    ca: 'El vostre rol ho pot veure i no ho pot canviar.',
    es: 'Su rol puede verlo y no cambiarlo.',
    en: 'Your role sees this, and does not change it.',
  },
  ownOnly: {
    ca: 'Podeu canviar l’adreça i com s’hi envia; la resta és de l’administrador.',
    es: 'Puede cambiar la dirección y cómo se envía; el resto es del administrador.',
    en: 'You may change the address and how it is sent to; the rest is the administrator’s.',
  },
  names: { ca: 'Noms', es: 'Nombres', en: 'Names' },
  namesHelp: {
    ca: 'Van dins de cada avís, tal com els escriviu.',
    es: 'Van dentro de cada aviso, tal como los escriba.',
    en: 'They go into each report as you write them.',
  },
  organisationName: { ca: 'Nom de l’organisme', es: 'Nombre del organismo', en: 'Name of the organisation' },
  departmentName: { ca: 'Nom del departament', es: 'Nombre del departamento', en: 'Name of the department' },
  nameNeeded: { ca: 'Escriviu un nom.', es: 'Escriba un nombre.', en: 'Write a name.' },
  sent: { ca: 'Què s’envia', es: 'Qué se envía', en: 'What is sent' },
  online: { ca: 'Avisos en línia', es: 'Avisos en línea', en: 'Online callbacks' },
  onlineHelp: {
    ca: 'Un avís per cada canvi d’estat, de seguida. En treure-ho, els que ja toquen surten igualment.',
    es: 'Un aviso por cada cambio de estado, enseguida. Al quitarlo, los que ya tocan salen igualmente.',
    en: 'A callback for each change of state, at once. Once off, those already due still go out.',
  },
  daily: { ca: 'Informe diari', es: 'Informe diario', en: 'Daily report' },
  dailyHelp: {
    ca: 'Un cop al dia, totes les notificacions que han canviat aquell dia.',
    es: 'Una vez al día, todas las notificaciones que han cambiado ese día.',
    en: 'Once a day, every notification that changed on that day.',
  },
  sendCancelled: { ca: 'També les anul·lades', es: 'También las anuladas', en: 'Cancelled ones too' },
  sendCancelledHelp: {
    ca: 'Avisa també de l’estat ANUL·LADA, que no tots els serveis web coneixen.',
    es: 'Avisa también del estado ANUL·LADA, que no todos los servicios web conocen.',
    en: 'Tells the state ANUL·LADA too, which not every web service knows.',
  },
  nothingSent: {
    ca: 'No s’enviarà cap avís dels canvis nous.',
    es: 'No se enviará ningún aviso de los cambios nuevos.',
    en: 'New changes will cause no callback.',
  },
  retryDelays: { ca: 'Calendari de reintents', es: 'Calendario de reintentos', en: 'Retry schedule' },

  memberUrl: { ca: 'Adreça', es: 'Dirección', en: 'Address' },
  memberVersion: { ca: 'Versió del missatge', es: 'Versión del mensaje', en: 'Message version' },
  memberTimeout: { ca: 'Temps màxim', es: 'Tiempo máximo', en: 'Time limit' },
  memberPolicy: { ca: 'Seguretat del missatge', es: 'Seguridad del mensaje', en: 'Message security' },
  memberAuthentication: { ca: 'Autenticació', es: 'Autenticación', en: 'Authentication' },
  memberTls: {
    ca: 'Certificats de la connexió',
    es: 'Certificados de la conexión',
    en: 'Certificates of the connection',
  },
  memberEnvelope: { ca: 'Sobre SOAP', es: 'Sobre SOAP', en: 'SOAP envelope' },
  memberService: {
    ca: 'Certificat de signatura del servei',
    es: 'Certificado de firma del servicio',
    en: 'The service’s signing certificate',
  },
  memberBackOffice: { ca: 'Backoffice {code}', es: 'Back office {code}', en: 'Back office {code}' },

  save: { ca: 'Desa els canvis', es: 'Guardar los cambios', en: 'Save changes' },
  discard: { ca: 'Descarta', es: 'Descartar', en: 'Discard' },
  unsaved: {
    ca: 'Hi ha canvis sense desar.',
    es: 'Hay cambios sin guardar.',
    en: 'There are unsaved changes.',
  },
  unsavedHere: {
    ca: 'El que es veu aquí encara no els té.',
    es: 'Lo que se ve aquí todavía no los tiene.',
    en: 'What is seen here does not have them yet.',
  },
  unsavedBack: { ca: 'Torna-hi', es: 'Volver a ellos', en: 'Go back to them' },
  unsavedLeft: {
    ca: 'Els canvis de {codes} no s’han desat. Hi seran quan hi torneu, mentre no tanqueu la pestanya ni la sessió.',
    es: 'Los cambios de {codes} no se han guardado. Estarán ahí cuando vuelva, mientras no cierre la pestaña ni la sesión.',
    en: 'The changes of {codes} are not saved. They are there when you come back, until you close the tab or sign out.',
  },
  saved: { ca: 'Desat. Ja s’aplica.', es: 'Guardado. Ya se aplica.', en: 'Saved. It applies now.' },
  cannotSave: {
    ca: 'Encara no es pot desar. Reviseu:',
    es: 'Todavía no se puede guardar. Revise:',
    en: 'This cannot be saved yet. Look at:',
  },
  conflictTitle: {
    ca: 'Algú altre l’ha canviat mentrestant',
    es: 'Otra persona lo ha cambiado mientras tanto',
    en: 'Somebody else has changed it meanwhile',
  },
  conflictWhat: { ca: 'Ha canviat:', es: 'Ha cambiado:', en: 'What has changed:' },
  conflictBoth: {
    ca: 'també ho heu canviat vós',
    es: 'también lo ha cambiado usted',
    en: 'you changed it too',
  },
  conflictOther: {
    ca: 'Res del que es mostra aquí.',
    es: 'Nada de lo que se muestra aquí.',
    en: 'Nothing that is shown here.',
  },
  conflictHow: {
    ca: 'Podeu posar els vostres canvis damunt dels seus (on coincideixin, valen els vostres) i tornar a desar, o deixar els vostres.',
    es: 'Puede poner sus cambios encima de los de la otra persona (donde coincidan, valen los suyos) y volver a guardar, o dejarlos.',
    en: 'You can put your changes onto theirs (where both changed something, yours hold) and save again, or give yours up.',
  },
  keepMine: { ca: 'Posa-hi els meus', es: 'Poner los míos', en: 'Put mine onto theirs' },
  takeTheirs: { ca: 'Deixa els meus', es: 'Dejar los míos', en: 'Give mine up' },

  delete: { ca: 'Esborra la configuració', es: 'Borrar la configuración', en: 'Delete the configuration' },
  deleteTitle: {
    ca: 'Esborrar la configuració de {codes}',
    es: 'Borrar la configuración de {codes}',
    en: 'Delete the configuration of {codes}',
  },
  deleteWhat: {
    ca: 'Deixarà d’haver-hi avisos per a aquesta entitat, i se’n perdran l’adreça, els certificats i els secrets. El registre del que s’ha enviat es manté. No es pot desfer.',
    es: 'Dejará de haber avisos para esta entidad, y se perderán su dirección, certificados y secretos. El registro de lo enviado se mantiene. No se puede deshacer.',
    en: 'There will be no callbacks for this entity any more, and its address, certificates and secrets are lost. The log of what was sent stays. This cannot be undone.',
  },
  deleted: { ca: 'Configuració esborrada.', es: 'Configuración borrada.', en: 'Configuration deleted.' },
  inUse: {
    ca: 'Hi ha enviaments sense acabar: espereu que acabin o cancel·leu-los.',
    es: 'Hay envíos sin terminar: espere a que terminen o cancélelos.',
    en: 'There are unfinished deliveries: wait for them, or cancel them.',
  },

  backOfficesHelp: {
    ca: 'Un backoffice pot tenir una adreça pròpia, que substitueix del tot la de l’entitat: no n’hereta res.',
    es: 'Un back office puede tener una dirección propia, que sustituye del todo la de la entidad: no hereda nada.',
    en: 'A back office may have an address of its own, which replaces the entity’s wholly: nothing carries over.',
  },
  noBackOffice: {
    ca: 'Cap backoffice amb adreça pròpia',
    es: 'Ningún back office con dirección propia',
    en: 'No back office with an address of its own',
  },
  backOffice: { ca: 'Backoffice', es: 'Back office', en: 'Back office' },
  noUrl: { ca: 'Sense adreça', es: 'Sin dirección', en: 'No address' },
  deeds: { ca: 'Accions', es: 'Acciones', en: 'Deeds' },
  change: { ca: 'Canvia', es: 'Cambiar', en: 'Change' },
  see: { ca: 'Mostra', es: 'Mostrar', en: 'Show' },
  close: { ca: 'Plega', es: 'Plegar', en: 'Fold' },
  removeBackOffice: { ca: 'Treu', es: 'Quitar', en: 'Remove' },
  addBackOffice: { ca: 'Afegir un backoffice', es: 'Añadir un back office', en: 'Add a back office' },
  backOfficeCode: { ca: 'Codi', es: 'Código', en: 'Code' },
  backOfficeCodeHelp: {
    ca: 'El que porten les notificacions que són seves (CodiBackoffice), lletra per lletra.',
    es: 'El que llevan las notificaciones que son suyas (CodiBackoffice), letra por letra.',
    en: 'What its notifications bring (CodiBackoffice), letter by letter.',
  },
  codeNeeded: { ca: 'Escriviu el codi.', es: 'Escriba el código.', en: 'Write the code.' },
  codeTaken: { ca: 'Ja hi és.', es: 'Ya está.', en: 'It is there already.' },
  add: { ca: 'Afegeix', es: 'Añadir', en: 'Add' },
} as const satisfies Texts;

/** What will not go on for ever, in words. */
export const warningTexts: Readonly<Record<Entity['warnings'][number]['code'], Text>> = {
  'certificate-expiring': { ca: 'Caduca aviat:', es: 'Caduca pronto:', en: 'It expires soon:' },
  'certificate-expired': { ca: 'Ha caducat:', es: 'Ha caducado:', en: 'It has expired:' },
  'message-version-retired': { ca: 'Es retira:', es: 'Se retira:', en: 'It is being retired:' },
};
