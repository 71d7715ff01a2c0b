/** Flag values → the options of `verify`, checked. */

import type { AskOptions, IbmOptions, OwnLogin, RegistryOptions } from '../words/ask-options.ts';
import { UsageError } from '../words/errors.ts';
import { redact } from '../words/redact.ts';
import type { VerifyOptions } from '../words/verify-options.ts';
import { registryFlags } from './flags-registry.ts';
import { isAddress, isHost, isPort } from './host-words.ts';
import { given, lookOptions, printOptions } from './options.ts';
import type { FlagValues } from './parser.ts';
import { FORMATS, MORE_FORMATS } from './values.ts';

/** Options of `verify`; what cannot be is a UsageError. */
export function verifyOptions(flags: FlagValues, args: readonly string[]): VerifyOptions {
  const options: VerifyOptions = {
    ...lookOptions(flags, args),
    ...printOptions(flags, 'verify', [...FORMATS, ...MORE_FORMATS.verify] as const),
    // No image name holds a login; one that was pasted with it is refused, and shown without.
    images: flags.strings('image').map(redact),
    secrets: flags.strings('secret'),
    ...askOptions(flags),
  };
  checkImages(options);
  checkStdin(options.own, options.filenames);
  return options;
}

/** The flags that say how registries are asked. */
export const REGISTRY_FLAGS = registryFlags([]);

/** How registries are asked, and with whose logins. */
export function askOptions(flags: FlagValues): AskOptions {
  return { own: ownLogin(flags), registries: registryOptions(flags), ibm: ibmOptions(flags) };
}

/** Throws UsageError where standard input is to be two things. */
export function checkStdin({ passwordStdin }: OwnLogin, filenames: readonly string[]): void {
  if (passwordStdin && filenames.includes('-')) {
    throw new UsageError('--password-stdin and -f - cannot both read standard input');
  }
}

function checkImages(options: VerifyOptions): void {
  const { images, secrets, targets, filenames, allNamespaces, selector, namespaces } = options;
  if (images.length === 0) {
    if (secrets.length > 0) throw new UsageError('--secret can only be used with --image');
    return;
  }
  if (images.includes('')) throw new UsageError('--image must not be empty');
  if (secrets.includes('')) throw new UsageError('--secret must not be empty');
  const other =
    (targets.length > 0 && 'names') ||
    (filenames.length > 0 && '--filename') ||
    (allNamespaces && '--all-namespaces') ||
    (selector !== undefined && '--selector');
  if (other) throw new UsageError(`--image and ${other} cannot be used together`);
  if (namespaces.length > 1) {
    throw new UsageError('--image takes one namespace: that of the secrets');
  }
}

function ownLogin(flags: FlagValues): OwnLogin {
  const username = given(flags, 'registry-username');
  const passwordStdin = flags.boolean('password-stdin') ?? false;
  if (passwordStdin && username === undefined) {
    throw new UsageError(
      '--password-stdin needs --registry-username (--username is for the API server)',
    );
  }
  if (username !== undefined && !passwordStdin) {
    throw new UsageError(
      '--registry-username needs --password-stdin: a password on the command line can be seen by others',
    );
  }
  return { dockerConfig: given(flags, 'docker-config'), username, passwordStdin };
}

/** The endpoints are read where they are used, beside those of the environment. */
function ibmOptions(flags: FlagValues): IbmOptions {
  return {
    ask: flags.boolean('ibm'),
    iamEndpoint: given(flags, 'ibm-iam-endpoint'),
    registryEndpoint: given(flags, 'ibm-registry-endpoint'),
  };
}

function registryOptions(flags: FlagValues): RegistryOptions {
  return {
    caFile: given(flags, 'ca-file'),
    // Empty is not as good as none here: it turns the proxy of the environment off.
    proxy: flags.string('proxy'),
    plainHttp: flags.boolean('plain-http') ?? false,
    insecureSkipTls: flags.boolean('insecure-skip-registry-tls') ?? false,
    mirrors: flags.strings('registry-mirror').map(mirror),
    addresses: flags.strings('registry-address').map(address),
    noCredentialsTo: flags.strings('no-credentials-to').map(host),
  };
}

const ADDRESS = /^([^=]+)=([^=]+):(\d+)$/;

function address(text: string): string {
  const [, named = '', ip = '', port = ''] = ADDRESS.exec(text) ?? [];
  if (isHost(named) && isAddress(ip) && isPort(port)) return text;
  throw new UsageError(`--registry-address ${JSON.stringify(text)}: must be HOST=IP:PORT`);
}

const MIRROR = /^(?:([^=/]+)=)?(https?:\/\/.*)$/;

function mirror(text: string): string {
  const [, named, url = ''] = MIRROR.exec(text) ?? [];
  const parsed = URL.parse(url);
  if (parsed !== null && parsed.username === '' && (named === undefined || isHost(named))) {
    return text;
  }
  throw new UsageError(
    `--registry-mirror: must be a URL, or HOST=URL, with http:// or https:// and without a password`,
  );
}

function host(text: string): string {
  if (isHost(text)) return text.toLowerCase();
  throw new UsageError(`--no-credentials-to ${JSON.stringify(text)}: must be a host`);
}
