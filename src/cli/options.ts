/** Flag values to the options of a verb. Pure. */
import { CAUSE_NAMES, type CauseName } from '../words/cause.ts';
import { UsageError } from '../words/errors.ts';
import { nearest } from '../words/nearest.ts';
import type {
  ConnectionOptions,
  DescribeOptions,
  ExplainOptions,
  OutputFormat,
} from '../words/options.ts';
import { parseDuration } from './duration.ts';
import type { FlagValues } from './parse.ts';

function text(flags: FlagValues, name: string): string | undefined {
  const value = flags[name];
  return typeof value === 'string' ? value : undefined;
}

function texts(flags: FlagValues, name: string): readonly string[] {
  const value = flags[name];
  return typeof value === 'object' ? value : [];
}

function output(flags: FlagValues): OutputFormat {
  return (text(flags, 'output') ?? 'table') as OutputFormat;
}

function color(flags: FlagValues): 'auto' | 'always' | 'never' {
  return (text(flags, 'color') ?? 'auto') as 'auto' | 'always' | 'never';
}

function connectionOf(flags: FlagValues): ConnectionOptions {
  const timeout = text(flags, 'request-timeout');
  return {
    kubeconfig: text(flags, 'kubeconfig'),
    context: text(flags, 'context'),
    cluster: text(flags, 'cluster'),
    user: text(flags, 'user'),
    server: text(flags, 'server'),
    token: text(flags, 'token'),
    as: text(flags, 'as'),
    asUid: text(flags, 'as-uid'),
    asGroups: texts(flags, 'as-group'),
    asUserExtra: texts(flags, 'as-user-extra'),
    requestTimeoutMs: timeout === undefined ? undefined : parseDuration(timeout, 'request-timeout'),
    insecureSkipTlsVerify:
      flags['insecure-skip-tls-verify'] === undefined
        ? undefined
        : flags['insecure-skip-tls-verify'] === true,
    certificateAuthority: text(flags, 'certificate-authority'),
    clientCertificate: text(flags, 'client-certificate'),
    clientKey: text(flags, 'client-key'),
    tlsServerName: text(flags, 'tls-server-name'),
  };
}

function causesOf(flags: FlagValues): CauseName[] {
  return texts(flags, 'cause')
    .flatMap((list) => list.split(','))
    .map((word) => {
      const found = CAUSE_NAMES.find((c) => c.toLowerCase() === word.trim().toLowerCase());
      if (found) return found;
      const near = nearest(word, CAUSE_NAMES);
      const hint = near ? `; did you mean ${near}?` : '; "kubectl imagepull explain" lists them';
      throw new UsageError(`unknown cause "${word.slice(0, 100)}"${hint}`);
    });
}

/** Options of `describe`. */
export function describeOptions(args: readonly string[], flags: FlagValues): DescribeOptions {
  const since = text(flags, 'since');
  const allNamespaces = flags['all-namespaces'] === true;
  const filenames = texts(flags, 'filename');
  if (allNamespaces && args.length > 0 && filenames.length === 0) {
    throw new UsageError('a resource cannot be retrieved by name across all namespaces');
  }
  const selector = text(flags, 'selector');
  if (selector !== undefined && args.length > 0) {
    throw new UsageError('a name and a selector cannot be given together');
  }
  return {
    connection: connectionOf(flags),
    targets: args,
    namespace: text(flags, 'namespace'),
    allNamespaces,
    selector,
    fieldSelector: text(flags, 'field-selector'),
    filenames,
    output: output(flags),
    noHeaders: flags['no-headers'] === true,
    color: color(flags),
    causes: causesOf(flags),
    registry: text(flags, 'registry'),
    sinceMs: since === undefined ? undefined : parseDuration(since, 'since'),
    noSecrets: flags['no-secrets'] === true,
    exitCode: flags['exit-code'] === true,
  };
}

/** Options of `explain`; several words are one message that was not quoted. */
export function explainOptions(args: readonly string[], flags: FlagValues): ExplainOptions {
  const filenames = texts(flags, 'filename');
  if (filenames.length > 0 && args.length > 0) {
    throw new UsageError('a message and -f cannot be given together');
  }
  return {
    text: args.length > 0 ? args.join(' ') : undefined,
    filenames,
    output: output(flags),
    noHeaders: flags['no-headers'] === true,
    color: color(flags),
  };
}
