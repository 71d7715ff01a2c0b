/** `-o dockerconfigjson`: the entries as one docker config. Pure. */
import { MASK } from '../words/hidden.ts';
import { type DecodedView, nameOf } from './decode-view.ts';

interface Entry {
  readonly username: string;
  readonly password: string;
  readonly email?: string;
  readonly auth: string;
  readonly identitytoken?: string;
}

export interface DockerConfig {
  readonly config: { readonly auths: Readonly<Record<string, Entry>> };
  /** Entries that are not in it, a line each. */
  readonly leftOut: readonly string[];
}

/** A key that stands in several secrets is given with its first value, which is the one the kubelet tries first. */
export function dockerConfig({ secrets }: DecodedView): DockerConfig {
  const auths = new Map<string, Entry>();
  const leftOut: string[] = [];
  for (const secret of secrets) {
    for (const entry of secret.entries) {
      if (auths.has(entry.registry)) {
        leftOut.push(
          `${entry.registry} of ${nameOf(secret, true)} is left out: a secret before it has the same registry`,
        );
        continue;
      }
      const { user, password, email, identityToken } = entry;
      if (entry.broken) {
        leftOut.push(`${entry.registry} of ${nameOf(secret, true)} is left out: it cannot be read`);
        continue;
      }
      const auth = password.masked ? MASK : base64(`${user}:${password.text}`);
      auths.set(entry.registry, {
        username: user,
        password: password.text,
        ...(email === null ? {} : { email }),
        auth,
        ...(identityToken === null ? {} : { identitytoken: identityToken }),
      });
    }
  }
  return { config: { auths: Object.fromEntries(auths) }, leftOut };
}

/** Of the UTF-8 bytes. */
function base64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
