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
  /** Of the pod; for registries that grant to it and have no secret to write. */
  readonly serviceAccount?: string | null | undefined;
}

/** A Secret's name is a DNS-1123 subdomain. */
const MAX_NAME = 253;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,252}[a-z0-9])?$/;

/**
 * A name for a secret of its own for one host (with port, as the image has it), the same each time and for no other
 * host: `pull-HOST`, a port as one more label, which no host ends in. `null` where that gives no valid name.
 */
export function secretNameFor(host: string): string | null {
  if (host.length > MAX_NAME) return null;
  const lower = host.toLowerCase();
  const port = /:(\d{1,5})$/.exec(lower)?.[1];
  const bare = port === undefined ? lower : lower.slice(0, -port.length - 1);
  // Of an IPv6 address; a label ends in no dash.
  const plain = bare.startsWith('[') ? `ip-${bare.slice(1, -1).replaceAll(':', '-')}-ip` : bare;
  const name = `pull-${plain}${port === undefined ? '' : `.${port}`}`;
  return isSecretName(name) ? name : null;
}

/** Whether the API server takes it as the name of a Secret. */
export function isSecretName(name: string): boolean {
  return name.length <= MAX_NAME && name.split('.').every((label) => LABEL.test(label));
}

/** Whether its command writes the secret that is named; OpenShift grants a right in place of that. */
export function writesSecret({ secret }: Registry): boolean {
  return secret !== null && /\{(?:secret|create)\}/.test(secret.command ?? '{create}');
}

const APPLY = 'kubectl apply --server-side --field-manager=kubectl-imagepull -f -';

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

/**
 * Reads the docker configuration from its standard input. Applied under a name of our own, so that it can be written
 * anew, while what others wrote into a secret of that name is refused as a conflict.
 */
function createCommand({ namespace, secret }: SecretPlace): string {
  return (
    `kubectl create secret generic ${word(secret, 'SECRET')} -n ${word(namespace, 'NAMESPACE')}` +
    ' --type=kubernetes.io/dockerconfigjson --from-file=.dockerconfigjson=/dev/stdin --dry-run=client -o yaml' +
    ` | ${APPLY}`
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
    .replaceAll('{serviceaccount}', () => word(place.serviceAccount ?? null, 'SERVICEACCOUNT'))
    .replaceAll('{apply}', () => APPLY)
    .replaceAll('{create}', () => create);
}

function word(value: string | null, placeholder: string): string {
  if (value === null || value === '' || value.length > 300) return placeholder;
  return PLAIN.test(value) ? shellQuote(value) : placeholder;
}
