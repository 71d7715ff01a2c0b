/** Tokens of `auth-provider: oidc`, as client-node offers them; the other providers are gone from kubectl too. */
import { OpenIDConnectAuth, type User } from './client-node.ts';
import { KubeconfigError } from './errors.ts';
import { isFields, text } from './fields.ts';

/** The id-token, refreshed where it has expired and a refresh-token is at hand. Nothing is written back. */
export async function oidcToken(user: User, name: string): Promise<string> {
  const provider = text(user.authProvider?.name);
  if (provider !== 'oidc') {
    const instead = REPLACED[provider] ?? '';
    throw new KubeconfigError(`no Auth Provider found for name "${provider}"${instead}`);
  }
  const headers: Record<string, unknown> = {};
  try {
    await new OpenIDConnectAuth().applyAuthentication(user, { headers: headers as never });
  } catch (error) {
    throw new KubeconfigError(`the id-token of ${name} could not be refreshed`, { cause: error });
  }
  const value = text(headers['Authorization']);
  if (value.startsWith('Bearer ')) return value.slice('Bearer '.length);
  const config = user.authProvider?.config;
  const given = isFields(config) && text(config['id-token']) !== '';
  throw new KubeconfigError(
    given
      ? `the id-token of ${name} has expired and cannot be refreshed without refresh-token, client-id and idp-issuer-url`
      : `the auth provider of ${name} has no id-token`,
  );
}

const REPLACED: Readonly<Record<string, string>> = {
  gcp: ': kubectl has removed it; use the exec plugin gke-gcloud-auth-plugin',
  azure: ': kubectl has removed it; use the exec plugin kubelogin',
};
