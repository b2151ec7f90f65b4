import { expect, it } from 'vitest';
import { DEFAULT_ENDPOINT, missingOf, type Endpoint } from '../domain/entity.ts';
import { LANGUAGES } from '../domain/language.ts';
import { listedMembers } from './members.ts';

/** Endpoints that lack all that an endpoint can lack. */
const LACKING: readonly Endpoint[] = [
  {
    ...DEFAULT_ENDPOINT,
    policy: {
      type: 'username-token',
      username: '',
      password: '',
      digest: true,
      mustUnderstand: false,
      timestampSeconds: null,
    },
  },
  {
    ...DEFAULT_ENDPOINT,
    policy: {
      type: 'signature',
      certificate: null,
      privateKey: null,
      mustUnderstand: false,
      timestampSeconds: 300,
    },
    authentication: { type: 'basic', username: '', password: '' },
    tls: { ca: null, clientCertificate: 'PEM', clientKey: null },
  },
  {
    ...DEFAULT_ENDPOINT,
    authentication: { type: 'bearer', token: '' },
    tls: { ca: null, clientCertificate: null, clientKey: 'PEM' },
  },
];

it('whatever a configuration may lack has a name in each language', () => {
  const paths = new Set(LACKING.flatMap((endpoint) => missingOf(endpoint, false)));
  expect(paths.size).toBe(10);
  for (const path of paths) {
    for (const language of LANGUAGES) expect(listedMembers([path], language)).not.toBe(path);
  }
});

it('several are listed', () => {
  const lacking = ['url', 'tls.clientKey'];
  expect(LANGUAGES.map((language) => listedMembers(lacking, language))).toEqual([
    'l’URL del servei web i la clau del certificat de client',
    'la URL del servicio web y la clave del certificado de cliente',
    'the URL of the web service and the key of the client certificate',
  ]);
});
