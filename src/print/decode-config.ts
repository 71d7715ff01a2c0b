/** `-o dockerconfigjson`: the entries as one docker config. Pure. */
import { MASK } from '../words/hidden.ts';
import { type DecodedView, type EntryItem, nameOf } from './decode-view.ts';

interface Entry {
  readonly username?: string;
  readonly password?: string;
  readonly email?: string;
  readonly auth?: string;
  readonly identitytoken?: string;
  readonly registrytoken?: string;
}

export interface DockerConfig {
  readonly config: { readonly auths: Readonly<Record<string, Entry>> };
  /** Entries that are not in it, a line each. */
  readonly leftOut: readonly string[];
  /** The mask stands in it, so that no registry takes it. */
  readonly masked: boolean;
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
      if (entry.broken) {
        leftOut.push(`${entry.registry} of ${nameOf(secret, true)} is left out: it cannot be read`);
        continue;
      }
      auths.set(entry.registry, configEntry(entry));
    }
  }
  const masked = [...auths].some(([registry, entry]) =>
    [registry, ...Object.values(entry)].some((text) => text.includes(MASK)),
  );
  return { config: { auths: Object.fromEntries(auths) }, leftOut, masked };
}

/** Nothing stands in it that the entry does not hold: neither an empty password nor the mask of one. */
function configEntry(entry: EntryItem): Entry {
  const { user, password, email, identityToken, registryToken } = entry;
  const auth = authOf(entry);
  return {
    ...(user ? { username: user } : {}),
    ...(password.length > 0 ? { password: password.text } : {}),
    ...(email === null ? {} : { email }),
    ...(auth ? { auth } : {}),
    ...(identityToken ? { identitytoken: identityToken } : {}),
    ...(registryToken ? { registrytoken: registryToken } : {}),
  };
}

/** Of an entry with a password; without one only where the entry has an `auth` itself. */
function authOf({ user, password, auth, from }: EntryItem): string | null {
  if (from === 'nothing' || (password.length === 0 && !auth)) return auth;
  const hidden = password.length > 0 ? password.masked : user === MASK;
  return hidden ? MASK : base64(`${user}:${password.length > 0 ? password.text : ''}`);
}

/** Of the UTF-8 bytes. */
function base64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
