import type { KeyRole } from '../domain/key.ts';
import type { Language } from './texts.ts';

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
};

/** The texts of each language, Catalan first. */
export const KEY_TEXTS: Readonly<Record<Language, KeyTexts>> = { ca: CATALAN, es: SPANISH, en: ENGLISH };
