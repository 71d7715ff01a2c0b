/**
 * Runs the credential plugin of a kubeconfig's user as client-go does: with KUBERNETES_EXEC_INFO, with stderr
 * inherited (device-code prompts are written there) and with an error that says what failed.
 * client-node's runner does none of these, hence our own.
 * Rule: client-go plugin/pkg/client/auth/exec/exec.go, API client.authentication.k8s.io v1 and v1beta1.
 */
import { spawn } from 'node:child_process';
import type { World } from '../words/streams.ts';
import type { Endpoint } from './connection.ts';
import { ExecPluginError, KubeconfigError } from './errors.ts';
import { type Fields, isFields, text } from './fields.ts';
import { errorCode } from './small-file.ts';

/** A person may have to log in; without a terminal nobody can, so that a hanging plugin ends sooner. */
export const INTERACTIVE_LIMIT_MS = 10 * 60_000;
export const SILENT_LIMIT_MS = 60_000;
/** An ExecCredential is a few kilobytes. */
const OUTPUT_LIMIT_BYTES = 1024 * 1024;

export interface PluginCredential {
  readonly token?: string | undefined;
  readonly cert?: Buffer | undefined;
  readonly key?: Buffer | undefined;
}

export interface PluginCluster {
  readonly endpoint: Endpoint;
  /** The cluster's extension `client.authentication.k8s.io/exec`, handed on untouched. */
  readonly config?: unknown;
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
  if (command === '') throw new KubeconfigError('the exec plugin of the user has no command');
  if (!API_VERSIONS.has(apiVersion)) {
    const known = [...API_VERSIONS].join(' or ');
    throw new KubeconfigError(
      `exec plugin: apiVersion "${apiVersion}" is not supported, only ${known}`,
    );
  }
  const interactive = isInteractive(exec, command, world.stdin.isTTY);
  const info = {
    kind: 'ExecCredential',
    apiVersion,
    spec: {
      interactive,
      ...(exec['provideClusterInfo'] === true && { cluster: clusterInfo(cluster) }),
    },
  };
  const env = { ...world.env, ...ownEnv(exec), KUBERNETES_EXEC_INFO: JSON.stringify(info) };
  const output = await run(command, textList(exec['args']), env, interactive, exec, world.signal);
  return readCredential(output, apiVersion, command);
}

function isInteractive(exec: Fields, command: string, isTTY: boolean): boolean {
  const mode = text(exec['interactiveMode']) || 'IfAvailable';
  if (mode === 'Never') return false;
  if (mode === 'Always' && !isTTY) {
    const why = 'it needs standard input to be a terminal (interactiveMode: Always)';
    throw new ExecPluginError(command, null, `exec plugin cannot run: ${why}`);
  }
  return isTTY;
}

function clusterInfo({ endpoint, config }: PluginCluster): Fields {
  return {
    server: endpoint.server.href.replace(/\/$/, ''),
    ...(endpoint.serverName !== undefined && { 'tls-server-name': endpoint.serverName }),
    ...(endpoint.insecure && { 'insecure-skip-tls-verify': true }),
    ...(endpoint.ca && { 'certificate-authority-data': endpoint.ca.toString('base64') }),
    ...(endpoint.proxyUrl !== undefined && { 'proxy-url': endpoint.proxyUrl }),
    ...(config !== undefined && { config }),
  };
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
  signal: AbortSignal,
): Promise<string> {
  const limit = interactive ? INTERACTIVE_LIMIT_MS : SILENT_LIMIT_MS;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env: { ...env },
      stdio: [interactive ? 'inherit' : 'ignore', 'pipe', 'inherit'],
      signal,
      windowsHide: true,
    });
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
        const how = code === null ? `was ended by ${killedBy}` : `failed with exit code ${code}`;
        reject(new ExecPluginError(command, code, `exec: executable ${command} ${how}`));
      }),
    );
  });
}

function startProblem(command: string, exec: Fields, error: Error): ExecPluginError {
  if (errorCode(error) !== 'ENOENT') {
    const why = errorCode(error) || error.message;
    return new ExecPluginError(
      command,
      null,
      `exec: executable ${command} cannot be run: ${why}`,
      error,
    );
  }
  const hint = text(exec['installHint']).trim();
  const more = hint === '' ? '' : `\n\n${hint}`;
  const missing = `exec: executable ${command} not found; the kubeconfig's user gets its credential from this program${more}`;
  return new ExecPluginError(command, null, missing, error);
}

/** The ExecCredential that the plugin printed. Its text is never shown: it holds the credential. */
function readCredential(output: string, apiVersion: string, command: string): PluginCredential {
  const refuse = (why: string) => new ExecPluginError(command, 0, `exec plugin ${command}: ${why}`);
  let answer: unknown;
  try {
    answer = JSON.parse(output);
  } catch {
    throw refuse('what it printed is not JSON');
  }
  if (!isFields(answer) || answer['kind'] !== 'ExecCredential') {
    throw refuse('what it printed is not an ExecCredential');
  }
  const given = text(answer['apiVersion']);
  if (given !== apiVersion) {
    throw refuse(`it answered with apiVersion "${given}", the kubeconfig asks for "${apiVersion}"`);
  }
  const status = answer['status'];
  if (!isFields(status)) throw refuse('its answer has no status');
  const token = text(status['token']).trim();
  const cert = text(status['clientCertificateData']);
  const key = text(status['clientKeyData']);
  if ((cert === '') !== (key === '')) {
    throw refuse('client certificate and client key must come together');
  }
  if (token === '' && cert === '')
    throw refuse('its answer holds neither token nor client certificate');
  return {
    token: token || undefined,
    cert: cert === '' ? undefined : Buffer.from(cert),
    key: key === '' ? undefined : Buffer.from(key),
  };
}
