import { readFileSync } from 'node:fs';
import * as openid from 'openid-client';
import { Fault, StartError } from '../errors.ts';
import type { Settings } from '../settings.ts';

/*
 * Sign-in at the council's own OpenID Connect provider: the authorization code flow with PKCE, state and nonce, by
 * `openid-client`. The provider tells us an issuer and a subject, and nothing else is asked of it.
 */

/** What a browser has to bring back so that an answer of the provider belongs to a question of ours. */
export interface Errand {
  state: string;
  nonce: string;
  verifier: string;
}

/** Whom the provider let in. */
export interface Identity {
  issuer: string;
  subject: string;
}

export interface Council {
  /** Where to send a browser, with what it has to bring back. @throws Fault 'council-unreachable' */
  begin(redirectUri: string): Promise<{ address: string; errand: Errand }>;
  /**
   * Reads the provider's answer.
   * @param answer the whole address that the browser came back with
   * @throws Fault 'council-refused' unless it is a right answer to the errand
   */
  finish(answer: URL, errand: Errand): Promise<Identity>;
}

const SECONDS_TO_ANSWER = 10;

/** The council's sign-in as the settings name it; undefined if they name none. @throws StartError if they are not whole */
export function createCouncil(settings: Settings): Council | undefined {
  if (settings.oidcIssuer === '') return undefined;
  const issuer = new URL(settings.oidcIssuer);
  const secret = clientSecret(settings);
  if (settings.oidcClientId === '') {
    throw new StartError('HEARD_OIDC_CLIENT_ID: expected the client id that the council gave Heard, found nothing.');
  }
  let known: Promise<openid.Configuration> | undefined;

  /** What the provider says of itself, asked for once, and again after a failure. */
  function provider(): Promise<openid.Configuration> {
    known ??= openid
      .discovery(issuer, settings.oidcClientId, { client_secret: secret }, undefined, {
        timeout: SECONDS_TO_ANSWER,
        // The provider's signature is checked too, not only that its answer came over TLS. The settings take an
        // address without TLS only on this machine.
        execute: [
          openid.enableNonRepudiationChecks,
          ...(issuer.protocol === 'http:' ? [openid.allowInsecureRequests] : []),
        ],
      })
      .catch((error: unknown) => {
        known = undefined;
        throw new Fault('council-unreachable', `The provider ${issuer.href} cannot be asked: ${String(error)}`);
      });
    return known;
  }

  return {
    async begin(redirectUri) {
      const errand = {
        state: openid.randomState(),
        nonce: openid.randomNonce(),
        verifier: openid.randomPKCECodeVerifier(),
      };
      const address = openid.buildAuthorizationUrl(await provider(), {
        redirect_uri: redirectUri,
        scope: 'openid',
        state: errand.state,
        nonce: errand.nonce,
        code_challenge: await openid.calculatePKCECodeChallenge(errand.verifier),
        code_challenge_method: 'S256',
      });
      return { address: address.href, errand };
    },
    async finish(answer, { state, nonce, verifier }) {
      const configuration = await provider();
      try {
        const tokens = await openid.authorizationCodeGrant(configuration, answer, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        });
        const { iss, sub } = tokens.claims()!;
        return { issuer: iss, subject: sub };
      } catch (error) {
        throw new Fault('council-refused', `The provider’s answer was not taken: ${String(error)}`);
      }
    },
  };
}

/** From the environment, or from a file that only Heard can read. */
function clientSecret({ oidcClientSecret, oidcClientSecretFile }: Settings): string {
  const secret = oidcClientSecret || readSecret(oidcClientSecretFile);
  if (secret !== '') return secret;
  throw new StartError(
    'HEARD_OIDC_ISSUER is set, so the secret that the council gave Heard is needed: set HEARD_OIDC_CLIENT_SECRET, or HEARD_OIDC_CLIENT_SECRET_FILE to a file that holds it.',
  );
}

function readSecret(path: string): string {
  if (path === '') return '';
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    const code = (error as { code?: string }).code ?? String(error);
    throw new StartError(`HEARD_OIDC_CLIENT_SECRET_FILE: expected a file that can be read, found ${path} (${code}).`);
  }
}
