/** Pull secrets as they are written, right and wrong. Pure. */
import type { KubeObject } from '../../cluster/help/objects.ts';
import { HOSTS, PASSWORD, USER } from '../../cluster/up/settings.ts';

export const HOST = HOSTS.private.name;

export function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** An entry of `auths` as `docker login` writes it. */
export function login(user = USER, password = PASSWORD): { readonly auth: string } {
  return { auth: base64(`${user}:${password}`) };
}

/** A secret with this text as its content, whatever it is. */
export function secretWith(
  name: string,
  content: string,
  { type = 'kubernetes.io/dockerconfigjson', key = '.dockerconfigjson' } = {},
): KubeObject {
  const data = { [key]: base64(content) };
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name }, type, data };
}

/** A secret with a docker configuration. */
export function secretOf(name: string, auths: object, more: object = {}): KubeObject {
  return secretWith(name, JSON.stringify({ auths, ...more }));
}

/** A ServiceAccount with pull secrets. */
export function serviceAccount(name: string, ...secrets: readonly string[]): KubeObject {
  const imagePullSecrets = secrets.map((secret) => ({ name: secret }));
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name }, imagePullSecrets };
}
