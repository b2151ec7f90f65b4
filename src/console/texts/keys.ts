import type { Key } from '../pages/keys/calls.ts';
import type { Text, Texts } from '../i18n/texts.ts';

/** The API keys. */
export const keysTexts = {
  title: { ca: 'Claus', es: 'Claves', en: 'Keys' },
  parts: { ca: 'Claus i sessions', es: 'Claves y sesiones', en: 'Keys and sessions' },
  new: { ca: 'Clau nova', es: 'Clave nueva', en: 'New key' },
  none: { ca: 'No hi ha cap clau', es: 'No hay ninguna clave', en: 'There is no key' },
  name: { ca: 'Nom', es: 'Nombre', en: 'Name' },
  nameHelp: {
    ca: 'De qui és: sortirà a l’auditoria.',
    es: 'De quién es: saldrá en la auditoría.',
    en: 'Whose it is: the audit trail shows it.',
  },
  nameNeeded: { ca: 'Escriviu un nom.', es: 'Escriba un nombre.', en: 'Write a name.' },
  role: { ca: 'Rol', es: 'Rol', en: 'Role' },
  state: { ca: 'Estat', es: 'Estado', en: 'State' },
  lastUsed: { ca: 'Últim ús', es: 'Último uso', en: 'Last used' },
  never: { ca: 'mai', es: 'nunca', en: 'never' },
  neverUsed: { ca: 'No s’ha fet servir mai.', es: 'No se ha usado nunca.', en: 'It was never used.' },
  expires: { ca: 'Caduca', es: 'Caduca', en: 'Expires' },
  noEnd: { ca: 'No caduca', es: 'No caduca', en: 'Does not expire' },
  endsSoon: { ca: 'Caduca aviat', es: 'Caduca pronto', en: 'Expires soon' },
  replaced: { ca: 'Ja substituïda', es: 'Ya sustituida', en: 'Already replaced' },
  entityCount: {
    ca: '{count, plural, one {# entitat} other {# entitats}}',
    es: '{count, plural, one {# entidad} other {# entidades}}',
    en: '{count, plural, one {# entity} other {# entities}}',
  },
  deeds: { ca: 'Accions', es: 'Acciones', en: 'Deeds' },
  rotate: { ca: 'Substitueix', es: 'Sustituir', en: 'Rotate' },
  revoke: { ca: 'Revoca', es: 'Revocar', en: 'Revoke' },
  cancel: { ca: 'Cancel·la', es: 'Cancelar', en: 'Cancel' },
  make: { ca: 'Crea la clau', es: 'Crear la clave', en: 'Make the key' },
  life: { ca: 'Validesa', es: 'Validez', en: 'How long it works' },
  lifeHelp: {
    ca: 'Abans que caduqui es pot substituir sense cap tall.',
    es: 'Antes de que caduque se puede sustituir sin ningún corte.',
    en: 'Before it expires it can be rotated without a gap.',
  },
  quarter: { ca: '90 dies', es: '90 días', en: '90 days' },
  year: { ca: 'Un any', es: 'Un año', en: 'A year' },
  twoYears: { ca: 'Dos anys', es: 'Dos años', en: 'Two years' },
  entities: { ca: 'Entitats que pot veure', es: 'Entidades que puede ver', en: 'Entities that it sees' },
  entitiesHelp: {
    ca: 'Cerqueu per nom, codi o adreça, i trieu.',
    es: 'Busque por nombre, código o dirección, y elija.',
    en: 'Look for a name, code or address, and choose.',
  },
  entitiesNeeded: {
    ca: 'Un integrador necessita una entitat com a mínim.',
    es: 'Un integrador necesita una entidad como mínimo.',
    en: 'An integrator needs one entity at the least.',
  },
  certificate: {
    ca: 'Certificat de client (opcional)',
    es: 'Certificado de cliente (opcional)',
    en: 'Client certificate (optional)',
  },
  certificateHelp: {
    ca: 'Amb aquest certificat l’integrador pot recuperar reports (RecuperarReport) sense enviar la clau. En PEM.',
    es: 'Con este certificado el integrador puede recuperar reports (RecuperarReport) sin enviar la clave. En PEM.',
    en: 'With this certificate the integrator can recover reports (RecuperarReport) without sending the key. PEM.',
  },
  certificateWrong: {
    ca: 'No és un certificat PEM que es pugui llegir.',
    es: 'No es un certificado PEM que se pueda leer.',
    en: 'This is no PEM certificate that can be read.',
  },
  certified: {
    ca: 'certificat {start}…',
    es: 'certificado {start}…',
    en: 'certificate {start}…',
  },
  rate: {
    ca: 'Peticions per minut (opcional)',
    es: 'Peticiones por minuto (opcional)',
    en: 'Requests a minute (optional)',
  },
  rateHelp: {
    ca: 'Buit: les que té el rol, que són a Configuració.',
    es: 'Vacío: las que tiene el rol, que están en Configuración.',
    en: 'Empty: those of the role, which Settings shows.',
  },
  rateWrong: {
    ca: 'Un nombre enter, d’1 a {most, number}.',
    es: 'Un número entero, de 1 a {most, number}.',
    en: 'A whole number, from 1 to {most, number}.',
  },
  chosen: { ca: 'Triades', es: 'Elegidas', en: 'Chosen' },
  offered: { ca: 'Per triar', es: 'Por elegir', en: 'To choose from' },
  remove: { ca: 'Treu', es: 'Quitar', en: 'Remove' },

  rotateTitle: {
    ca: 'Substituir la clau {name}',
    es: 'Sustituir la clave {name}',
    en: 'Rotate the key {name}',
  },
  rotateWhat: {
    ca: 'Se’n fa una de nova amb el mateix rol i les mateixes entitats. La d’ara continua valent el temps que trieu, per poder canviar-la als programes.',
    es: 'Se crea una nueva con el mismo rol y las mismas entidades. La de ahora sigue valiendo el tiempo que elija, para poder cambiarla en los programas.',
    en: 'A new one is made with the same role and entities. The present one works on for as long as you choose, so that programs can be changed over.',
  },
  overlap: { ca: 'La d’ara val encara', es: 'La de ahora vale todavía', en: 'The present one works for' },
  overlapHelp: {
    ca: 'Passat aquest temps, la clau d’ara deixa de valer tota sola.',
    es: 'Pasado ese tiempo, la clave de ahora deja de valer por sí sola.',
    en: 'After that, the present key ends by itself.',
  },
  overlap0s: { ca: 'Gens: s’acaba ara', es: 'Nada: termina ahora', en: 'No time: it ends now' },
  overlap1h: { ca: '1 hora', es: '1 hora', en: '1 hour' },
  overlap24h: { ca: '24 hores', es: '24 horas', en: '24 hours' },
  overlap7d: { ca: '7 dies', es: '7 días', en: '7 days' },
  overlap30d: { ca: '30 dies', es: '30 días', en: '30 days' },

  revokeTitle: { ca: 'Revocar la clau {name}', es: 'Revocar la clave {name}', en: 'Revoke the key {name}' },
  revokeAlso: {
    ca: 'Deixa de valer ara mateix, i les sessions de la consola obertes amb ella es tanquen. No es pot desfer.',
    es: 'Deja de valer ahora mismo, y las sesiones de la consola abiertas con ella se cierran. No se puede deshacer.',
    en: 'It ends at once, and so do the console’s sessions that were opened with it. This cannot be undone.',
  },
  itsEntities: { ca: 'Entitats:', es: 'Entidades:', en: 'Entities:' },
  isRevoked: { ca: 'Clau revocada: {name}', es: 'Clave revocada: {name}', en: 'Key revoked: {name}' },

  shownTitle: { ca: 'La clau {name}', es: 'La clave {name}', en: 'The key {name}' },
  shownWhat: {
    ca: 'Copieu-la ara i deseu-la on toca: no es tornarà a mostrar, i el servei no la pot recuperar.',
    es: 'Cópiela ahora y guárdela donde corresponda: no se volverá a mostrar, y el servicio no puede recuperarla.',
    en: 'Copy it now, and keep it where it belongs: it is not shown again, and the service cannot get it back.',
  },
  theKey: { ca: 'La clau', es: 'La clave', en: 'The key' },
  kept: { ca: 'Ja l’he desada', es: 'Ya la he guardado', en: 'I have kept it' },
} as const satisfies Texts;

type Of<Name extends Key['role'] | Key['status']> = Readonly<Record<Name, Text>>;

/** Roles in words. */
export const roleTexts: Of<Key['role']> = {
  admin: { ca: 'Administrador', es: 'Administrador', en: 'Administrator' },
  operator: { ca: 'Operador', es: 'Operador', en: 'Operator' },
  auditor: { ca: 'Auditor', es: 'Auditor', en: 'Auditor' },
  backend: { ca: 'Sistema eNOTUM', es: 'Sistema eNOTUM', en: 'eNOTUM’s back end' },
  integrator: { ca: 'Integrador', es: 'Integrador', en: 'Integrator' },
};

/** What each role may do. */
export const roleHelps: Of<Key['role']> = {
  admin: {
    ca: 'Ho pot fer tot: configurar entitats i fer claus.',
    es: 'Puede hacerlo todo: configurar entidades y crear claves.',
    en: 'May do everything: configure entities, make keys.',
  },
  operator: {
    ca: 'Ho veu tot, prova, reenvia, cancel·la i posa en pausa.',
    es: 'Lo ve todo, prueba, reenvía, cancela y pone en pausa.',
    en: 'Sees everything, tests, resends, cancels and pauses.',
  },
  auditor: {
    ca: 'Ho veu tot tret del contingut dels missatges, i no canvia res.',
    es: 'Lo ve todo salvo el contenido de los mensajes, y no cambia nada.',
    en: 'Sees everything but what messages say, and changes nothing.',
  },
  backend: {
    ca: 'Només envia canvis d’estat: per a programes.',
    es: 'Solo envía cambios de estado: para programas.',
    en: 'Sends state changes alone: for programs.',
  },
  integrator: {
    ca: 'Veu les seves entitats, en canvia l’adreça i les prova.',
    es: 'Ve sus entidades, cambia su dirección y las prueba.',
    en: 'Sees its own entities, changes their addresses and tests them.',
  },
};

/** Whether a key works. */
export const statusTexts: Of<Key['status']> = {
  active: { ca: 'Vigent', es: 'Vigente', en: 'Works' },
  expired: { ca: 'Caducada', es: 'Caducada', en: 'Expired' },
  revoked: { ca: 'Revocada', es: 'Revocada', en: 'Revoked' },
};

/** What stops when a key of a role is revoked. */
export const revokedTexts: Of<Key['role']> = {
  admin: {
    ca: 'Qui la fa servir ja no podrà administrar el servei.',
    es: 'Quien la usa ya no podrá administrar el servicio.',
    en: 'Whoever uses it can no longer administer the service.',
  },
  operator: {
    ca: 'Qui la fa servir ja no podrà operar el servei.',
    es: 'Quien la usa ya no podrá operar el servicio.',
    en: 'Whoever uses it can no longer operate the service.',
  },
  auditor: {
    ca: 'Qui la fa servir ja no podrà consultar res.',
    es: 'Quien la usa ya no podrá consultar nada.',
    en: 'Whoever uses it can no longer read anything.',
  },
  backend: {
    ca: 'El programa que la fa servir ja no podrà enviar canvis d’estat: si és el d’eNOTUM, deixaran d’entrar avisos nous.',
    es: 'El programa que la usa ya no podrá enviar cambios de estado: si es el de eNOTUM, dejarán de entrar avisos nuevos.',
    en: 'The program that uses it can no longer send state changes: if it is eNOTUM’s, no new callbacks come in.',
  },
  integrator: {
    ca: 'L’integrador ja no podrà entrar a la consola ni demanar avisos amb RecuperarReport. Els avisos que rep continuen.',
    es: 'El integrador ya no podrá entrar en la consola ni pedir avisos con RecuperarReport. Los avisos que recibe continúan.',
    en: 'The integrator can no longer sign in here, nor ask by RecuperarReport. The callbacks that it gets go on.',
  },
};
