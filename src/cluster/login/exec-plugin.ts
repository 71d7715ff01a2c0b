/**
 * Runs the credential plugin of a kubeconfig's user as client-go does: with KUBERNETES_EXEC_INFO, with stderr
 * inherited (device-code prompts are written there) and with an error that says what failed.
 * client-node's runner does none of these, hence our own.
 * Rule: client-go plugin/pkg/client/auth/exec/exec.go, API client.authentication.k8s.io v1 and v1beta1.
 */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { type Fields, isFields, text } from '../../words/fields.ts';
import type { World } from '../../words/streams.ts';
import type { Endpoint } from '../connection.ts';
import { ExecPluginError, KubeconfigError } from '../errors.ts';
import { errorCode } from '../kubeconfig/small-file.ts';
import { pairProblem } from './key-pair.ts';

/** A person may have to log in; without a terminal nobody can, so that a hanging plugin ends sooner. */
const INTERACTIVE_LIMIT_MS = 10 * 60_000;
const SILENT_LIMIT_MS = 60_000;
/** An ExecCredential is a few kilobytes. */
const OUTPUT_LIMIT_BYTES = 1024 * 1024;

/** `expirationTimestamp` is kept in memory only; nothing is written to disk. */
export interface PluginCredential {
  readonly token?: string | undefined;
  readonly cert?: Buffer | undefined;
  readonly key?: Buffer | undefined;
  /** Milliseconds since the epoch; absent: it does not expire. */
  readonly until?: number | undefined;
}

/** For plugins that ask which cluster they are to give a credential for. */
export interface PluginCluster {
  readonly endpoint: Endpoint;
  /** The cluster's entry in the kubeconfig. */
  readonly fields: Fields;
}

const API_VERSIONS: ReadonlySet<string> = new Set([
  'client.authentication.k8s.io/v1',
  'client.authentication.k8s.io/v1beta1',
]);

/** Throws KubeconfigError for an entry that cannot be run, ExecPluginError where the plugin gave no credential. */
export async function runExecPlugin(
  exec: Fields,
  cluster: PluginCluster,
  world: World,
): Promise<PluginCredential> {
  const command = text(exec['command']);
  const apiVersion = text(exec['apiVersion']);
  if (!API_VERSIONS.has(apiVersion)) {
    throw new KubeconfigError(`exec plugin: invalid apiVersion ${JSON.stringify(apiVersion)}`);
  }
  const interactive = isInteractive(exec, command, world.stdin.isTTY);
  const info = {
    kind: 'ExecCredential',
    apiVersion,
    spec: {
      ...(exec['provideClusterInfo'] === true && { cluster: clusterInfo(cluster) }),
      interactive,
    },
  };
  const env = { ...world.env, ...ownEnv(exec), KUBERNETES_EXEC_INFO: JSON.stringify(info) };
  const output = await run(command, textList(exec['args']), env, interactive, exec, world);
  return await readCredential(output, apiVersion, command);
}

function isInteractive(exec: Fields, command: string, isTTY: boolean): boolean {
  const mode = text(exec['interactiveMode']) || 'IfAvailable';
  if (mode === 'Never') return false;
  if (mode === 'Always' && !isTTY) {
    const why = 'exec plugin cannot support interactive mode: standard input is not a terminal';
    throw new ExecPluginError(command, null, why);
  }
  return isTTY;
}

/** client-go rest/exec.go ConfigToExecCluster; the key that names the CA is that of the kubeconfig. */
function clusterInfo({ endpoint, fields: cluster }: PluginCluster): Fields {
  const { pathname, search, hash } = endpoint.server;
  const server = text(cluster['server']);
  return {
    server: pathname.length > 1 ? server.slice(0, server.length - (search + hash).length) : server,
    ...(endpoint.serverName !== undefined && { 'tls-server-name': endpoint.serverName }),
    ...(endpoint.insecure && { 'insecure-skip-tls-verify': true }),
    ...(endpoint.ca && { 'certificate-authority-data': endpoint.ca.toString('base64') }),
    ...(endpoint.proxyUrl !== undefined && { 'proxy-url': endpoint.proxyUrl }),
    ...(cluster['disable-compression'] === true && { 'disable-compression': true }),
    config: extension(cluster) ?? null,
  };
}

/** What a cluster entry holds for exec plugins, handed on untouched. */
function extension(cluster: Fields): unknown {
  const extensions = Array.isArray(cluster['extensions']) ? cluster['extensions'] : [];
  const own = extensions
    .filter(isFields)
    .find((e) => e['name'] === 'client.authentication.k8s.io/exec');
  return own?.['extension'];
}

function ownEnv(exec: Fields): Record<string, string> {
  const env: Record<string, string> = {};
  const entries = Array.isArray(exec['env']) ? exec['env'] : [];
  for (const entry of entries) {
    if (isFields(entry) && text(entry['name']) !== '')
      env[text(entry['name'])] = text(entry['value']);
  }
  return env;
}

function textList(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** Standard output of the plugin. */
function run(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  interactive: boolean,
  exec: Fields,
  { signal, err }: World,
): Promise<string> {
  const limit = interactive ? INTERACTIVE_LIMIT_MS : SILENT_LIMIT_MS;
  return new Promise((resolve, reject) => {
    let child: ChildProcessByStdio<null, Readable, null>;
    try {
      child = spawn(command, args, {
        env: { ...env },
        stdio: [interactive ? 'inherit' : 'ignore', 'pipe', err.silent ? 'ignore' : 'inherit'],
        signal,
        windowsHide: true,
      }) as ChildProcessByStdio<null, Readable, null>;
    } catch (error) {
      // Text that no program can be given (a NUL byte) is refused before anything is started.
      reject(startProblem(command, exec, error as Error));
      return;
    }
    const chunks: Buffer[] = [];
    let size = 0;
    const stop = (why: string) => {
      child.kill('SIGKILL');
      done(() => reject(new ExecPluginError(command, null, `exec: executable ${command} ${why}`)));
    };
    const timer = setTimeout(() => stop(`gave no answer within ${limit / 1000}s`), limit);
    const done = (settle: () => void) => {
      clearTimeout(timer);
      settle();
    };
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > OUTPUT_LIMIT_BYTES) stop('wrote more than an ExecCredential can be');
      else chunks.push(chunk);
    });
    child.on('error', (error) =>
      done(() => reject(signal.aborted ? signal.reason : startProblem(command, exec, error))),
    );
    child.on('close', (code, killedBy) =>
      done(() => {
        if (code === 0) return resolve(Buffer.concat(chunks).toString('utf8'));
        // -1 is what Go says for a process that a signal ended.
        const how = `failed with exit code ${code ?? `-1 (${killedBy})`}`;
        reject(new ExecPluginError(command, code, `exec: executable ${command} ${how}`));
      }),
    );
  });
}

/** Go tells a command that is looked up on PATH from one with a path; the install hint helps in both cases. */
function startProblem(command: string, exec: Fields, error: Error): ExecPluginError {
  const isMissing = errorCode(error) === 'ENOENT';
  const why = isMissing ? 'no such file or directory' : (SAID[errorCode(error)] ?? error.message);
  const line =
    isMissing && !/[\\/]/.test(command)
      ? `exec: executable ${command} not found`
      : `exec: fork/exec ${command}: ${why}`;
  const hint = isMissing ? text(exec['installHint']).trim() : '';
  const more = hint === '' ? '' : `\n\n${cleaned(hint)}`;
  return new ExecPluginError(command, null, line + more, error);
}

const SAID: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  ENOEXEC: 'exec format error',
  EISDIR: 'is a directory',
};

/** As client-go's cleanANSIEscapeCodes: a hint must not steer the terminal. */
function cleaned(hint: string): string {
  return hint.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, (c) =>
    /[\t\n\v\f\r]/.test(c) ? c : `U+${codePoint(c)}`,
  );
}

function codePoint(c: string): string {
  return (c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
}

/** The ExecCredential that the plugin printed. Its text is never shown: it holds the credential. */
async function readCredential(
  output: string,
  apiVersion: string,
  command: string,
): Promise<PluginCredential> {
  const refuse = (why: string) => new ExecPluginError(command, 0, why);
  let answer: unknown;
  try {
    answer = JSON.parse(output);
  } catch {
    throw refuse(`decoding stdout: what ${command} printed is not JSON`);
  }
  if (!isFields(answer) || answer['kind'] !== 'ExecCredential') {
    throw refuse(`decoding stdout: what ${command} printed is not an ExecCredential`);
  }
  const given = text(answer['apiVersion']);
  if (given !== apiVersion) {
    throw refuse(
      `exec plugin is configured to use API version ${apiVersion}, plugin returned version ${given}`,
    );
  }
  const status = answer['status'];
  if (!isFields(status)) throw refuse("exec plugin didn't return a status field");
  const token = text(status['token']);
  const cert = text(status['clientCertificateData']);
  const key = text(status['clientKeyData']);
  if (token === '' && cert === '' && key === '') {
    throw refuse("exec plugin didn't return a token or cert/key pair");
  }
  if ((cert === '') !== (key === '')) {
    throw refuse('exec plugin returned only certificate or key, not both');
  }
  const pair = cert === '' ? {} : { cert: Buffer.from(cert), key: Buffer.from(key) };
  const problem = pair.cert && pair.key ? await pairProblem(pair.cert, pair.key) : null;
  if (problem !== null) throw refuse(`failed parsing client key/certificate: ${problem}`);
  return { token: token || undefined, ...pair, until: expiry(status['expirationTimestamp']) };
}

function expiry(timestamp: unknown): number | undefined {
  const until = Date.parse(text(timestamp));
  return Number.isNaN(until) ? undefined : until;
}
