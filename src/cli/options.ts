/** Flag values → the options of a verb, checked. An empty value is as good as none, as in kubectl. */
import { UsageError } from '../words/errors.ts';
import { nearest } from '../words/nearest.ts';
import type {
  ConnectionOptions,
  DecodeOptions,
  ExplainOptions,
  LookOptions,
  OutputFormat,
  SecretsOptions,
} from '../words/options.ts';
import { SECRET_STATUSES, type SecretStatus } from '../words/secret-status.ts';
import { parseDuration } from './duration.ts';
import { FlagError } from './flag-error.ts';
import type { Verb } from './flags.ts';
import type { FlagValues } from './parser.ts';

/** Options of `secrets`. */
export function secretsOptions(flags: FlagValues, args: readonly string[]): SecretsOptions {
  return {
    ...lookOptions(flags, args),
    ...printOptions(flags, 'secrets'),
    registry: given(flags, 'registry'),
    statuses: flags
      .strings('status')
      .flatMap((list) => list.split(',').filter(Boolean).map(secretStatus)),
    expiringMs: positive(flags, 'expiring', 'secrets'),
    exitCode: flags.boolean('exit-code') ?? false,
  };
}

/** Options of `decode`. */
export function decodeOptions(flags: FlagValues, args: readonly string[]): DecodeOptions {
  const formats = [...FORMATS, 'dockerconfigjson'] as const;
  return {
    ...lookOptions(flags, args),
    ...printOptions(flags, 'decode', formats),
    showSecrets: flags.boolean('show-secrets') ?? false,
  };
}

/** What every verb that looks at objects takes. */
export function lookOptions(
  flags: FlagValues,
  args: readonly string[],
): Omit<LookOptions, 'noHeaders' | 'color'> {
  return {
    connection: connectionOptions(flags),
    targets: args,
    namespaces: namespaces(flags),
    allNamespaces: flags.boolean('all-namespaces') ?? false,
    selector: given(flags, 'selector'),
    filenames: flags.strings('filename'),
  };
}

/** `not-allowed` stands for `not allowed`: a blank is awkward in a shell. */
function secretStatus(text: string): SecretStatus {
  const wanted = text.trim().toLowerCase().replace(/[-_]/g, ' ');
  const found = SECRET_STATUSES.find((status) => status === wanted);
  if (found) return found;
  const near = nearest(wanted, SECRET_STATUSES);
  const hint = near ? `did you mean ${near}?` : `one of ${SECRET_STATUSES.join(', ')}`;
  throw new UsageError(`unknown status "${text}", ${hint}`);
}

/** Options of `explain`. A message that was not quoted comes in several words. */
export function explainOptions(flags: FlagValues, args: readonly string[]): ExplainOptions {
  const filenames = flags.strings('filename');
  if (filenames.length > 0 && args.length > 0) {
    throw new UsageError('a message and --filename cannot be given together');
  }
  return {
    text: args.length > 0 ? args.join(' ') : undefined,
    filenames,
    ...printOptions(flags, 'explain'),
  };
}

/** The flag's value; an empty one is as good as none. */
export function given(flags: FlagValues, name: string): string | undefined {
  return flags.string(name) || undefined;
}

export function connectionOptions(flags: FlagValues): ConnectionOptions {
  return {
    kubeconfig: given(flags, 'kubeconfig'),
    context: given(flags, 'context'),
    cluster: given(flags, 'cluster'),
    user: given(flags, 'user'),
    server: given(flags, 'server'),
    token: given(flags, 'token'),
    username: given(flags, 'username'),
    password: given(flags, 'password'),
    as: given(flags, 'as'),
    asUid: given(flags, 'as-uid'),
    asGroups: flags.strings('as-group'),
    asUserExtra: flags.strings('as-user-extra'),
    requestTimeoutMs: requestTimeout(flags),
    insecureSkipTlsVerify: flags.boolean('insecure-skip-tls-verify'),
    certificateAuthority: given(flags, 'certificate-authority'),
    clientCertificate: given(flags, 'client-certificate'),
    clientKey: given(flags, 'client-key'),
    tlsServerName: given(flags, 'tls-server-name'),
    proxyUrl: given(flags, 'proxy-url'),
    disableCompression: flags.boolean('disable-compression'),
    chunkSize: wholeNumber(flags, 'chunk-size'),
    verbosity: wholeNumber(flags, 'v'),
  };
}

/** `-n a,b`: a name of a namespace never holds a comma. */
export function namespaces(flags: FlagValues): readonly string[] {
  const named = (given(flags, 'namespace') ?? '').split(',').map((name) => name.trim());
  return [...new Set(named.filter((name) => name !== ''))];
}

function wholeNumber(flags: FlagValues, name: string): number | undefined {
  const value = given(flags, name);
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value);
  throw badValue(name, value, 'must be a whole number from 0', 'describe');
}

/** What `-o` takes with every verb. */
export const FORMATS: readonly OutputFormat[] = ['json', 'name', 'wide', 'yaml'];
const COLORS = ['auto', 'always', 'never'] as const;

/** How to print; `formats` are what `-o` takes. Throws UsageError for another one. */
export function printOptions<F extends string = OutputFormat>(
  flags: FlagValues,
  verb: Verb,
  formats: readonly (F | OutputFormat)[] = FORMATS,
) {
  const output = given(flags, 'output');
  const format = output === undefined ? 'table' : formats.find((name) => name === output);
  if (format === undefined) {
    throw new UsageError(
      `unable to match a printer suitable for the output format "${output}", allowed formats are: ${formats.join(',')}`,
    );
  }
  const when = given(flags, 'color') ?? 'auto';
  const color = COLORS.find((name) => name === when);
  if (color === undefined) {
    throw badValue('color', when, 'must be auto, always or never', verb);
  }
  return { output: format, noHeaders: flags.boolean('no-headers') ?? false, color };
}

export function badValue(flag: string, value: string, problem: string, verb: Verb): FlagError {
  return new FlagError(`invalid argument "${value}" for "--${flag}" flag: ${problem}`, verb);
}

/** A duration above zero. */
export function positive(flags: FlagValues, name: string, verb: Verb): number | undefined {
  const value = given(flags, name);
  if (value === undefined) return undefined;
  const duration = parseDuration(value);
  if (!duration.ok) throw badValue(name, value, duration.problem, verb);
  if (duration.ms <= 0) throw new UsageError(`--${name} must be greater than 0`);
  return duration.ms;
}

/** As client-go's `clientcmd.ParseTimeout`: whole seconds or a duration; 0 is no limit. */
function requestTimeout(flags: FlagValues): number | undefined {
  const value = given(flags, 'request-timeout');
  if (value === undefined) return undefined;
  const duration = parseDuration(/^\d+$/.test(value) ? `${value}s` : value);
  if (!duration.ok || duration.ms < 0) {
    throw new UsageError(
      'Invalid timeout value. Timeout must be a single integer in seconds, or an integer followed by a corresponding time unit (e.g. 1s | 2m | 3h)',
    );
  }
  return duration.ms;
}
