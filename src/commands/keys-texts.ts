import type { KeyRole } from '../domain/key.ts';
import type { Language } from '../domain/language.ts';

/** All that the commands for keys say in one language: a text that lacks does not compile. */
export interface KeyTexts {
  /** Titles of the list's columns. */
  readonly columns: Readonly<
    Record<'created' | 'prefix' | 'name' | 'role' | 'status' | 'lastUsed' | 'expires' | 'id', string>
  >;
  /** Names of a key's facts. */
  readonly facts: Readonly<
    Record<
      'key' | 'id' | 'name' | 'role' | 'entities' | 'limit' | 'expires' | 'certificate' | 'rotatedFrom',
      string
    >
  >;
  readonly roles: Readonly<Record<KeyRole, string>>;
  /** Statuses by the API's names. */
  readonly statuses: Readonly<Record<string, string>>;
  readonly none: string;
  readonly never: string;
  readonly perMinute: (requests: number) => string;
  readonly shownOnce: string;
  readonly oldEnds: (id: string, overlap: string) => string;
  readonly revoked: (id: string) => string;
  /** Of an address that signs in to the console. */
  readonly signsInOnce: (until: string) => string;
  /** How far the change of SECRETS_KEY is, in endpoints that have secrets. */
  readonly rotating: (done: number, total: number) => string;
  readonly rotated: (sealed: number, total: number) => string;
  readonly rotationInterrupted: (done: number, total: number) => string;
}

const CATALAN: KeyTexts = {
  columns: {
    created: 'CREADA',
    prefix: 'COMENÇA PER',
    name: 'NOM',
    role: 'ROL',
    status: 'ESTAT',
    lastUsed: 'DARRER ÚS',
    expires: 'CADUCA',
    id: 'ID',
  },
  facts: {
    key: 'clau',
    id: 'id',
    name: 'nom',
    role: 'rol',
    entities: 'entitats',
    limit: 'límit',
    expires: 'caduca',
    certificate: 'certificat',
    rotatedFrom: 'substitueix',
  },
  roles: {
    admin: 'administració',
    operator: 'operació',
    auditor: 'auditoria',
    backend: 'backend',
    integrator: 'integració',
  },
  statuses: { active: 'activa', expired: 'caducada', revoked: 'revocada' },
  none: 'No hi ha cap clau així.',
  never: 'mai',
  perMinute: (requests) => `${requests} peticions per minut`,
  shownOnce: 'La clau no es tornarà a mostrar: deseu-la ara.',
  oldEnds: (id, overlap) => `La clau ${id} encara val durant ${overlap}.`,
  revoked: (id) => `La clau ${id} és revocada: no obre res més.`,
  signsInOnce: (until) => `L’adreça entra a la consola un sol cop, fins a ${until}.`,
  rotating: (done, total) => `${done} de ${total} punts de recepció amb la clau nova`,
  rotated: (sealed, total) =>
    `${sealed} punts de recepció xifrats ara; tots ${total} són amb la clau nova. Engegueu els processos sense SECRETS_KEY_PREVIOUS.`,
  rotationInterrupted: (done, total) =>
    `Interromput: ${done} de ${total} amb la clau nova. Torneu-hi quan vulgueu: continuarà.`,
};

const SPANISH: KeyTexts = {
  columns: {
    created: 'CREADA',
    prefix: 'EMPIEZA POR',
    name: 'NOMBRE',
    role: 'ROL',
    status: 'ESTADO',
    lastUsed: 'ÚLTIMO USO',
    expires: 'CADUCA',
    id: 'ID',
  },
  facts: {
    key: 'clave',
    id: 'id',
    name: 'nombre',
    role: 'rol',
    entities: 'entidades',
    limit: 'límite',
    expires: 'caduca',
    certificate: 'certificado',
    rotatedFrom: 'sustituye a',
  },
  roles: {
    admin: 'administración',
    operator: 'operación',
    auditor: 'auditoría',
    backend: 'backend',
    integrator: 'integración',
  },
  statuses: { active: 'activa', expired: 'caducada', revoked: 'revocada' },
  none: 'No hay ninguna clave así.',
  never: 'nunca',
  perMinute: (requests) => `${requests} peticiones por minuto`,
  shownOnce: 'La clave no se volverá a mostrar: guárdela ahora.',
  oldEnds: (id, overlap) => `La clave ${id} vale todavía durante ${overlap}.`,
  revoked: (id) => `La clave ${id} está revocada: ya no abre nada.`,
  signsInOnce: (until) => `La dirección entra en la consola una sola vez, hasta ${until}.`,
  rotating: (done, total) => `${done} de ${total} puntos de recepción con la clave nueva`,
  rotated: (sealed, total) =>
    `${sealed} puntos de recepción cifrados ahora; los ${total} tienen la clave nueva. Arranque los procesos sin SECRETS_KEY_PREVIOUS.`,
  rotationInterrupted: (done, total) =>
    `Interrumpido: ${done} de ${total} con la clave nueva. Repítalo cuando quiera: continuará.`,
};

const ENGLISH: KeyTexts = {
  columns: {
    created: 'CREATED',
    prefix: 'BEGINS WITH',
    name: 'NAME',
    role: 'ROLE',
    status: 'STATUS',
    lastUsed: 'LAST USED',
    expires: 'EXPIRES',
    id: 'ID',
  },
  facts: {
    key: 'key',
    id: 'id',
    name: 'name',
    role: 'role',
    entities: 'entities',
    limit: 'limit',
    expires: 'expires',
    certificate: 'certificate',
    rotatedFrom: 'follows',
  },
  roles: {
    admin: 'administrator',
    operator: 'operator',
    auditor: 'auditor',
    backend: 'back end',
    integrator: 'integrator',
  },
  statuses: { active: 'active', expired: 'expired', revoked: 'revoked' },
  none: 'No key is like this.',
  never: 'never',
  perMinute: (requests) => `${requests} requests a minute`,
  shownOnce: 'The key is not shown again: keep it now.',
  oldEnds: (id, overlap) => `The key ${id} works for another ${overlap}.`,
  revoked: (id) => `The key ${id} is revoked: it opens nothing any more.`,
  signsInOnce: (until) => `The address signs in to the console once, until ${until}.`,
  rotating: (done, total) => `${done} of ${total} endpoints under the new key`,
  rotated: (sealed, total) =>
    `${sealed} endpoints were sealed now; all ${total} are under the new key. Start the processes without SECRETS_KEY_PREVIOUS.`,
  rotationInterrupted: (done, total) =>
    `Interrupted: ${done} of ${total} under the new key. Run it again whenever you like: it goes on.`,
};

/** The texts of each language, Catalan first. */
export const KEY_TEXTS: Readonly<Record<Language, KeyTexts>> = { ca: CATALAN, es: SPANISH, en: ENGLISH };
