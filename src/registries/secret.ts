/**
 * The command that writes a pull secret, and writes it anew: the same for both. No password stands on a command line,
 * where other users of the machine could read it, nor in the history of the shell: `printf` is part of the shell, and
 * kubectl reads a pipe. Pure.
 */
import { shellQuote } from '../words/shell.ts';
import { keyToWrite, type Registry } from './index.ts';

export interface SecretPlace {
  /** The image's host, with port; `null`: `HOST` is written. */
  readonly host: string | null;
  readonly region?: string | null | undefined;
  readonly namespace: string | null;
  /** Name of the secret. */
  readonly secret: string | null;
}

/** What may stand inside quotes and JSON as it is. */
const PLAIN = /^[A-Za-z0-9.:_/[\]-]{1,300}$/;

/**
 * For bash and zsh. Words in capitals are for the reader to fill in. `null` where the registry needs no secret.
 */
export function secretCommand(registry: Registry, place: SecretPlace): string | null {
  const { secret } = registry;
  if (secret === null) return null;
  const create = createCommand(place);
  if (secret.command !== undefined) return fill(secret.command, registry, place, create);
  // In base64, so that no password can break the JSON.
  const entry = `{"auths":{"${keyOf(registry, place)}":{"auth":"%s"}}}`;
  const auth = `$(printf '${registry.users.usual ?? 'USER'}:%s' "$P" | base64 | tr -d '\\n')`;
  const write = `printf '${entry}' "${auth}" | ${create}`;
  return secret.password === undefined
    ? `printf 'Password: '; read -rs P && ${write}; unset P`
    : `${fill(secret.password, registry, place, create)} | { read -r P && ${write}; }`;
}

/** Reads the docker configuration from its standard input. */
function createCommand({ namespace, secret }: SecretPlace): string {
  return (
    `kubectl create secret generic ${word(secret, 'SECRET')} -n ${word(namespace, 'NAMESPACE')}` +
    ' --type=kubernetes.io/dockerconfigjson --from-file=.dockerconfigjson=/dev/stdin --dry-run=client -o yaml' +
    ' | kubectl apply --server-side --force-conflicts -f -'
  );
}

function keyOf(registry: Registry, { host }: SecretPlace): string {
  if (host === null || !PLAIN.test(host)) return registry.key.replace('{host}', 'HOST');
  return keyToWrite(host);
}

function fill(template: string, registry: Registry, place: SecretPlace, create: string): string {
  return template
    .replaceAll('{host}', () => keyOf(registry, place))
    .replaceAll('{region}', () => word(place.region ?? null, 'REGION'))
    .replaceAll('{namespace}', () => word(place.namespace, 'NAMESPACE'))
    .replaceAll('{secret}', () => word(place.secret, 'SECRET'))
    .replaceAll('{create}', () => create);
}

function word(value: string | null, placeholder: string): string {
  if (value === null || value === '' || value.length > 300) return placeholder;
  return PLAIN.test(value) ? shellQuote(value) : placeholder;
}
