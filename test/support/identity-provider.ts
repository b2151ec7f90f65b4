import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

/** A real provider of identity in this process, that lets one person in without asking. */
export interface IdentityProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Says where the program's console is, which a provider must know. */
  register(redirectUri: string): void;
  /** Who is let in from now on, and what is said of them. */
  claims: { readonly sub: string } & Readonly<Record<string, unknown>>;
  /** How they were authenticated, and when, in seconds since the epoch. */
  authentication: { readonly acr?: string; readonly amr?: readonly string[]; readonly ts?: number };
  close(): Promise<void>;
}

/** The `acr` of a sign-in with two factors, as this provider spells it. */
export const TWO_FACTORS = 'urn:example:two-factors';

const LIFE_SECONDS = 600;
const LIVING = ['Interaction', 'Grant', 'Session', 'AuthorizationCode', 'AccessToken', 'IdToken'];

/** Starts one on loopback. */
export async function startIdentityProvider(): Promise<IdentityProvider> {
  const clientId = 'enotum-test';
  const clientSecret = randomBytes(24).toString('base64url');
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has an address');
  const issuer = `http://127.0.0.1:${address.port}`;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const started: IdentityProvider = {
    issuer,
    clientId,
    clientSecret,
    claims: { sub: 'ningu' },
    authentication: {},
    register(redirectUri) {
      const provider = new Provider(issuer, {
        clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri] }],
        jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', kid: 'test' }] },
        cookies: { keys: [randomBytes(24).toString('hex')] },
        claims: { openid: ['sub', 'roles', 'entities', 'amr'], profile: ['name'], acr: null },
        acrValues: [TWO_FACTORS],
        conformIdTokenClaims: false,
        ttl: Object.fromEntries(LIVING.map((name) => [name, LIFE_SECONDS])),
        features: { devInteractions: { enabled: false } },
        interactions: { url: (_: unknown, { uid }: { uid: string }) => `/enter/${uid}` },
        findAccount: (_: unknown, accountId: string) => ({ accountId, claims: () => started.claims }),
        async loadExistingGrant({ oidc }: ConsentContext) {
          const grant = new oidc.provider.Grant({
            clientId: oidc.client.clientId,
            accountId: oidc.session.accountId,
          });
          grant.addOIDCScope('openid profile');
          await grant.save();
          return grant;
        },
      });
      const answer = provider.callback();
      server.removeAllListeners('request').on('request', (request, response) => {
        const login = { login: { accountId: started.claims.sub, ...started.authentication } };
        void (request.url?.startsWith('/enter/') === true
          ? provider.interactionFinished(request, response, login)
          : answer(request, response));
      });
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  return started;
}

/** What consent is given by, as far as it is used here. */
interface ConsentContext {
  readonly oidc: {
    readonly client: { readonly clientId: string };
    readonly session: { readonly accountId: string };
    readonly provider: {
      readonly Grant: new (of: object) => { addOIDCScope(scopes: string): void; save(): Promise<unknown> };
    };
  };
}
