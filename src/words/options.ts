import type { AskOptions } from './ask-options.ts';
import type { CauseName } from './cause.ts';
import type { SecretStatus } from './secret-status.ts';

/** 0 answered (findings included), 1 error, 2 usage, 3 findings, 4 could not be verified, 130 Ctrl-C. */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 130;

/** How to reach the cluster, as the flags give it; absent means not given. */
export interface ConnectionOptions {
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
  readonly cluster?: string | undefined;
  readonly user?: string | undefined;
  readonly server?: string | undefined;
  readonly token?: string | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly as?: string | undefined;
  readonly asUid?: string | undefined;
  readonly asGroups: readonly string[];
  /** `KEY=VALUE` each. */
  readonly asUserExtra: readonly string[];
  /** Milliseconds; absent or 0: none given. */
  readonly requestTimeoutMs?: number | undefined;
  readonly insecureSkipTlsVerify?: boolean | undefined;
  readonly certificateAuthority?: string | undefined;
  readonly clientCertificate?: string | undefined;
  readonly clientKey?: string | undefined;
  readonly tlsServerName?: string | undefined;
  readonly proxyUrl?: string | undefined;
  /** Never ask for packed answers. */
  readonly disableCompression?: boolean | undefined;
  /** Objects asked for in one page of a list; absent: 500. 0: all at once. */
  readonly chunkSize?: number | undefined;
  /** As klog's `-v`: from 6 on requests are logged. */
  readonly verbosity?: number | undefined;
}

export type OutputFormat = 'table' | 'wide' | 'json' | 'yaml' | 'name';

export interface DescribeOptions {
  readonly connection: ConnectionOptions;
  /** `POD`, `TYPE/NAME`, or `TYPE NAME…`, as typed. */
  readonly targets: readonly string[];
  /** As `-n a,b,c` names them; empty: the context's. */
  readonly namespaces: readonly string[];
  readonly allNamespaces: boolean;
  readonly selector?: string | undefined;
  readonly fieldSelector?: string | undefined;
  /** Files, folders or `-`; none: ask the cluster. */
  readonly filenames: readonly string[];
  readonly output: OutputFormat;
  readonly noHeaders: boolean;
  readonly color: 'auto' | 'always' | 'never';
  /** Only failures of these causes; empty: all. */
  readonly causes: readonly CauseName[];
  /** Only images of this registry host. */
  readonly registry?: string | undefined;
  /** Only failures seen within so many milliseconds. */
  readonly sinceMs?: number | undefined;
  /** Never ask for Secrets. */
  readonly noSecrets: boolean;
  /** Findings give exit code 3, what could not be verified 4. */
  readonly exitCode: boolean;
  /** Stay, and tell of every change. */
  readonly watch: boolean;
  /** Milliseconds after which watching ends; absent: never. */
  readonly timeoutMs?: number | undefined;
  /** Registries are asked; `null`: they are not. */
  readonly verify: AskOptions | null;
}

export interface ExplainOptions {
  /** A cause name or a pasted message; absent: list the causes, or read standard input when it is piped. */
  readonly text?: string | undefined;
  /** Files or `-`. */
  readonly filenames: readonly string[];
  readonly output: OutputFormat;
  readonly noHeaders: boolean;
  readonly color: 'auto' | 'always' | 'never';
}

/** What `secrets` and `decode` look at. */
export interface LookOptions {
  readonly connection: ConnectionOptions;
  /** As typed. */
  readonly targets: readonly string[];
  /** As `-n a,b,c` names them; empty: the context's. */
  readonly namespaces: readonly string[];
  readonly allNamespaces: boolean;
  readonly selector?: string | undefined;
  /** Files, folders or `-`; none: ask the cluster. */
  readonly filenames: readonly string[];
  readonly noHeaders: boolean;
  readonly color: 'auto' | 'always' | 'never';
}

export interface SecretsOptions extends LookOptions {
  readonly output: OutputFormat;
  /** Only secrets with an entry for this registry host. */
  readonly registry?: string | undefined;
  /** Only secrets of these statuses; empty: all. */
  readonly statuses: readonly SecretStatus[];
  /** What ends within so many milliseconds expires soon; given: only what has expired or expires soon. */
  readonly expiringMs?: number | undefined;
  /** Findings give exit code 3, what could not be verified 4. */
  readonly exitCode: boolean;
}

export interface DecodeOptions extends LookOptions {
  readonly output: OutputFormat | 'dockerconfigjson';
  /** Passwords are printed. */
  readonly showSecrets: boolean;
}
