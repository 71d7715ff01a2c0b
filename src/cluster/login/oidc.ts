/**
 * Tokens of `auth-provider: oidc`: the id-token as long as it holds, then one that the issuer gives for the
 * refresh-token.
 *
 * client-node's OpenIDConnectAuth is not used: it hands the issuer to openid-client as a text, so that no refresh comes
 * about (`test/unit/cluster/kubeconfig/client-node-traps.test.ts`), sends no client-secret, does not refresh without an id-token,
 * and takes the seconds that a new token lasts for the moment of its end.
 * Rule: client-go plugin/pkg/client/auth/oidc/oidc.go, whose sentences these are; golang.org/x/oauth2.
 */
import { fields, text } from '../../words/fields.ts';
import { lookUp } from '../../words/lookup.ts';
import { redactAll } from '../../words/redact.ts';
import type { World } from '../../words/streams.ts';
import { KubeconfigError, unusableCredential } from '../errors.ts';
import { type Asked, askIssuer, type Issuer, issuerOf } from './oidc-issuer.ts';

/** A token counts as expired a little before it does: clocks differ. */
const EARLY_MS = 10_000;

export interface OidcToken {
  readonly token: string;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

/**
 * `config` is the provider's part of the kubeconfig; tokens that the issuer gives are put into it, and nowhere else.
 * Throws KubeconfigError where no token can be had.
 */
export async function oidcToken(
  provider: string,
  config: Record<string, unknown>,
  world: World,
): Promise<OidcToken> {
  if (provider !== 'oidc') throw noProvider(provider);
  for (const key of ['idp-issuer-url', 'client-id']) {
    if (text(config[key]) === '') throw new KubeconfigError(`Must provide ${key}`);
  }
  const given = text(config['id-token']);
  if (given !== '') {
    const until = expiry(given);
    if (world.now() < until) return { token: given, until };
  }
  const refreshToken = text(config['refresh-token']);
  if (refreshToken === '') {
    throw unusableCredential('No valid id-token, and cannot refresh without refresh-token');
  }
  const answer = await refresh(issuerOf(config, world), refreshToken, config);
  const token = text(answer['id_token']);
  if (token === '') {
    throw unusableCredential(
      `token response did not contain an id_token, either the scope "openid" wasn't requested upon login, or the provider doesn't support id_tokens as part of the refresh response`,
    );
  }
  config['id-token'] = token;
  const next = text(answer['refresh_token']);
  if (next !== '' && next !== refreshToken) {
    config['refresh-token'] = next;
    world.err.write(
      'warning: the identity provider gave a new refresh-token. kubectl would write it to the kubeconfig, this command writes nothing: log in again if kubectl is refused\n',
    );
  }
  return { token, until: expiry(token) };
}

function noProvider(provider: string): KubeconfigError {
  const gone = lookUp(REMOVED, provider);
  return new KubeconfigError(gone ?? `no Auth Provider found for name "${provider}"`);
}

/** client-go plugin/pkg/client/auth/gcp/gcp_stub.go, azure/azure_stub.go. */
const REMOVED: Readonly<Record<string, string>> = {
  gcp: `The gcp auth plugin has been removed.
Please use the "gke-gcloud-auth-plugin" kubectl/client-go credential plugin instead.
See https://cloud.google.com/blog/products/containers-kubernetes/kubectl-auth-changes-in-gke for further details`,
  azure: `The azure auth plugin has been removed.
Please use the https://github.com/Azure/kubelogin kubectl/client-go credential plugin instead.
See https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins for further details`,
};

/** When the token ends, in milliseconds since the epoch, less EARLY_MS. It is not verified: the API server does that. */
function expiry(token: string): number {
  const parts = token.split('.');
  if (parts.length !== 3) throw unusableCredential('ID Token is not a valid JWT');
  let claims: unknown;
  try {
    claims = JSON.parse(Buffer.from(parts[1] ?? '', 'base64url').toString('utf8'));
  } catch {
    // The parser's text would quote the token.
    throw unusableCredential('parsing claims: the id-token holds no JSON');
  }
  const seconds = Number(fields(claims)['exp']);
  return (Number.isFinite(seconds) ? seconds : 0) * 1000 - EARLY_MS;
}

/** RFC 6749 section 6. The client's name goes into the header first, then into the form, as oauth2 probes it. */
async function refresh(
  issuer: Issuer,
  refreshToken: string,
  config: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, unknown>>> {
  const endpoint = await tokenEndpoint(issuer);
  const id = text(config['client-id']);
  const secret = text(config['client-secret']);
  const grant = { grant_type: 'refresh_token', refresh_token: refreshToken };
  const login = Buffer.from(`${formEscape(id)}:${formEscape(secret)}`).toString('base64');
  const inHeader = { authorization: `Basic ${login}`, form: grant };
  const inForm = { form: { ...grant, client_id: id, ...(secret && { client_secret: secret }) } };
  let answer = await ask(issuer, endpoint, inHeader);
  if (answer.status !== 200) answer = await ask(issuer, endpoint, inForm);
  const body = fields(answer.json);
  if (answer.status === 200 && text(body['error']) === '') return body;
  // Some issuers say again what they were sent.
  const own = (said: unknown) => redactAll(text(said), [refreshToken, secret, login]);
  const error = own(body['error']);
  const more = own(body['error_description']);
  const why = error === '' ? `cannot fetch token: ${answer.status}` : JSON.stringify(error);
  throw unusableCredential(
    `failed to refresh token: oauth2: ${why}${more === '' ? '' : ` ${JSON.stringify(more)}`}`,
  );
}

async function ask(
  issuer: Issuer,
  endpoint: string,
  post: { authorization?: string; form: Readonly<Record<string, string>> },
): Promise<Asked> {
  try {
    return await askIssuer(issuer, endpoint, post);
  } catch (cause) {
    throw unusableCredential(
      `failed to refresh token: Post "${endpoint}": ${(cause as Error).message}`,
      cause,
    );
  }
}

/** OpenID Connect Discovery 1.0, section 4. */
async function tokenEndpoint(issuer: Issuer): Promise<string> {
  const url = `${issuer.url.replace(/\/$/, '')}/.well-known/openid-configuration`;
  let answer: Asked;
  try {
    answer = await askIssuer(issuer, url);
  } catch (cause) {
    throw unusableCredential(`Get "${url}": ${(cause as Error).message}`, cause);
  }
  if (answer.status !== 200) {
    throw unusableCredential(`oidc: failed to query metadata endpoint ${answer.status}`);
  }
  if (answer.json === undefined) {
    throw unusableCredential('oidc: failed to decode provider discovery object: it is not JSON');
  }
  const endpoint = text(fields(answer.json)['token_endpoint']);
  if (endpoint !== '') return endpoint;
  throw unusableCredential("oidc: discovery object doesn't contain a token_endpoint");
}

function formEscape(value: string): string {
  return new URLSearchParams({ v: value }).toString().slice(2);
}
