import * as client from 'openid-client';
import type { OidcSettings } from '../../oidc-settings.ts';

/** What a browser keeps between leaving for the provider and coming back. */
export interface Flow {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** Where somebody who has a session proves again who they are; null: they come in. */
  readonly again: SignInAgain | null;
}

/** Whose sign-in is repeated. */
export interface SignInAgain {
  /** The id of the session that it takes the place of. */
  readonly session: string;
  /** Whose that is: nobody else’s sign-in counts. */
  readonly holder: string;
  /** Where they go on, below the console’s address. */
  readonly page: string;
}

/** What the provider's ID token says of a person, its signature, issuer, audience, time and nonce checked. */
export type Claims = client.IDToken;

/** A provider of identity. */
export interface Provider {
  /**
   * Where a browser goes to sign in, and what it keeps meanwhile. Who signs in again is asked for their factors though
   * the provider knows them.
   *
   * @throws where the provider is away
   */
  begin(again: SignInAgain | null): Promise<{ readonly url: URL; readonly flow: Flow }>;
  /**
   * Trades the code that a browser brought back for what it says of a person.
   *
   * @param query what the browser brought, after its question mark
   * @throws where the provider is away, or the answer is not one to this flow
   */
  finish(query: string, flow: Flow): Promise<Claims>;
}

/** How long the provider may take for one answer, in seconds. */
const TIMEOUT_SECONDS = 10;

/** Below the console's address: leads a browser to the provider. */
export const START_PATH = 'v1/session/oidc';

/** Below the console's address; the provider must know it. */
export const CALLBACK_PATH = `${START_PATH}/callback`;

/** The provider by its settings: authorization code with PKCE (RFC 7636), its description read when first needed. */
export function createProvider(settings: OidcSettings): Provider {
  const redirectUri = new URL(CALLBACK_PATH, settings.publicUrl);
  const acr = settings.strength?.acr ?? [];
  let known: Promise<client.Configuration> | null = null;

  /** One that could not be read is asked for again the next time. */
  async function configuration(): Promise<client.Configuration> {
    known ??= discover(settings);
    try {
      return await known;
    } catch (error) {
      known = null;
      throw error;
    }
  }

  return {
    async begin(again) {
      const config = await configuration();
      const flow = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
        again,
      };
      const url = client.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri.href,
        scope: settings.scopes,
        state: flow.state,
        nonce: flow.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(flow.verifier),
        code_challenge_method: 'S256',
        ...(acr.length === 0 ? {} : { acr_values: acr.join(' ') }),
        ...(again === null ? {} : { prompt: 'login', max_age: '0' }),
      });
      return { url, flow };
    },
    async finish(query, { state, nonce, verifier }) {
      const back = new URL(redirectUri);
      back.search = query;
      const tokens = await client.authorizationCodeGrant(await configuration(), back, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (claims === undefined) throw new Error('the provider gave no ID token');
      return claims;
    },
  };
}

async function discover({ issuer, clientId, clientSecret }: OidcSettings): Promise<client.Configuration> {
  const authentication = clientSecret === null ? client.None() : client.ClientSecretBasic(clientSecret);
  const config = await client.discovery(issuer, clientId, undefined, authentication, {
    timeout: TIMEOUT_SECONDS,
    // The settings allow http: on loopback alone.
    execute: issuer.protocol === 'http:' ? [client.allowInsecureRequests] : [],
  });
  client.enableNonRepudiationChecks(config);
  return config;
}
