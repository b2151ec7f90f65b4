import type { Language } from '../domain/language.ts';
import { listed } from './grammar.ts';

/** What an endpoint's configuration may lack, by the paths of `missingOf` (src/domain/entity.ts). */
const MEMBERS: ReadonlyMap<string, Readonly<Record<Language, string>>> = new Map([
  ['url', { ca: 'l’URL del servei web', es: 'la URL del servicio web', en: 'the URL of the web service' }],
  [
    'policy.username',
    {
      ca: 'l’usuari de la política de seguretat',
      es: 'el usuario de la política de seguridad',
      en: 'the user name of the security policy',
    },
  ],
  [
    'policy.password',
    {
      ca: 'la contrasenya de la política de seguretat',
      es: 'la contraseña de la política de seguridad',
      en: 'the password of the security policy',
    },
  ],
  [
    'policy.certificate',
    { ca: 'el certificat de signatura', es: 'el certificado de firma', en: 'the signing certificate' },
  ],
  [
    'policy.privateKey',
    { ca: 'la clau privada de signatura', es: 'la clave privada de firma', en: 'the signing key' },
  ],
  [
    'authentication.username',
    {
      ca: 'l’usuari de l’autenticació HTTP',
      es: 'el usuario de la autenticación HTTP',
      en: 'the user name of HTTP authentication',
    },
  ],
  [
    'authentication.password',
    {
      ca: 'la contrasenya de l’autenticació HTTP',
      es: 'la contraseña de la autenticación HTTP',
      en: 'the password of HTTP authentication',
    },
  ],
  [
    'authentication.token',
    {
      ca: 'el testimoni (token) de l’autenticació HTTP',
      es: 'el token de la autenticación HTTP',
      en: 'the token of HTTP authentication',
    },
  ],
  [
    'tls.clientCertificate',
    { ca: 'el certificat de client', es: 'el certificado de cliente', en: 'the client certificate' },
  ],
  [
    'tls.clientKey',
    {
      ca: 'la clau del certificat de client',
      es: 'la clave del certificado de cliente',
      en: 'the key of the client certificate',
    },
  ],
]);

/** Names what a configuration lacks: “l’URL del servei web i el certificat de client”. A path without a name stays. */
export function listedMembers(paths: readonly string[], language: Language): string {
  return listed(
    paths.map((path) => MEMBERS.get(path)?.[language] ?? path),
    language,
  );
}
