/**
 * What is wrong with the entries in use, found before anything is sent and told all at once, as kubectl does.
 * Rule: client-go tools/clientcmd/validation.go validateAuthInfo and validateClusterInfo, whose sentences and order
 * these are. client-node checks next to nothing.
 */
import { accessSync, constants } from 'node:fs';
import { resolve } from 'node:path';
import { type Fields, fields, isFields, text } from '../../words/fields.ts';
import { KubeconfigError } from '../errors.ts';
import { base64Problem } from './base64.ts';
import { type Entry, unreadable } from './kubeconfig-files.ts';
import { fileProblem } from './small-file.ts';

/** One user and one cluster with the flags laid over them. */
export interface InUse {
  readonly userName: string;
  readonly user: Fields;
  readonly clusterName: string;
  readonly cluster: Fields;
  /** Relative paths, which only flags can hold, are read against it. */
  readonly cwd: string;
}

/** Throws KubeconfigError with every problem. */
export function checkUsable(inUse: InUse): void {
  const problems = [...userProblems(inUse), ...clusterProblems(inUse)];
  throwAll(problems);
}

/** client-go's list: one problem on the line, several below it. */
export function throwAll(problems: readonly string[]): void {
  if (problems.length === 0) return;
  const prefix = 'Error in configuration: ';
  const words =
    problems.length === 1
      ? prefix + problems[0]
      : [prefix, ...problems.map((problem) => `* ${problem}`)].join('\n');
  throw new KubeconfigError(problems.join('; '), { words });
}

function* userProblems({ userName, user, cwd }: InUse): Generator<string> {
  const has = (key: string) => text(user[key]) !== '';
  const methods = [
    ...(has('token') ? ['token'] : []),
    ...(has('username') || has('password') ? ['basicAuth'] : []),
  ];
  const certificate = has('client-certificate');
  if (certificate || has('client-certificate-data')) {
    if (certificate && has('client-certificate-data')) {
      yield `client-cert-data and client-cert are both specified for ${userName}. client-cert-data will override.`;
    }
    if (has('client-key') && has('client-key-data')) {
      yield `client-key-data and client-key are both specified for ${userName}; client-key-data will override`;
    }
    if (!has('client-key') && !has('client-key-data')) {
      yield `client-key-data or client-key must be specified for ${userName} to use the clientCert authentication method.`;
    }
    yield* fileProblems('client-cert', text(user['client-certificate']), userName, cwd);
    yield* fileProblems('client-key', text(user['client-key']), userName, cwd);
  }
  yield* pluginProblems(userName, user);
  if (methods.length > 1) {
    yield `more than one authentication method found for ${userName}; found [${methods.join(' ')}], only one is allowed`;
  }
  const groups = user['as-groups'];
  const more = has('as-uid') || (Array.isArray(groups) && groups.length > 0);
  if (!has('as') && (more || Object.keys(fields(user['as-user-extra'])).length > 0)) {
    yield `requesting uid, groups or user-extra for ${userName} without impersonating a user`;
  }
}

const INTERACTIVE_MODES: ReadonlySet<string> = new Set(['Never', 'IfAvailable', 'Always']);
/** client-go's conversion gives the versions before v1 a default (clientcmd/api/v1/defaults.go). */
const DEFAULT_MODE = /\/v1(?:alpha1|beta1)$/;

function* pluginProblems(userName: string, user: Fields): Generator<string> {
  const { exec } = user;
  if (!isFields(exec)) return;
  if (isFields(user['auth-provider'])) {
    yield `authProvider cannot be provided in combination with an exec plugin for ${userName}`;
  }
  const apiVersion = text(exec['apiVersion']);
  if (text(exec['command']) === '') {
    yield `command must be specified for ${userName} to use exec authentication plugin`;
  }
  if (apiVersion === '') {
    yield `apiVersion must be specified for ${userName} to use exec authentication plugin`;
  }
  const env = Array.isArray(exec['env']) ? exec['env'] : [];
  for (const variable of env) {
    if (text(fields(variable)['name']) !== '') continue;
    yield `env variable name must be specified for ${userName} to use exec authentication plugin`;
  }
  const mode = text(exec['interactiveMode']);
  if (mode === '' && !DEFAULT_MODE.test(apiVersion)) {
    yield `interactiveMode must be specified for ${userName} to use exec authentication plugin`;
  } else if (mode !== '' && !INTERACTIVE_MODES.has(mode)) {
    yield `invalid interactiveMode for ${userName}: ${JSON.stringify(mode)}`;
  }
}

function* clusterProblems({ clusterName, cluster, cwd }: InUse): Generator<string> {
  const file = text(cluster['certificate-authority']);
  if (file === '') return;
  if (text(cluster['certificate-authority-data']) !== '') {
    yield `certificate-authority-data and certificate-authority are both specified for ${clusterName}. certificate-authority-data will override.`;
  }
  yield* fileProblems('certificate-authority', file, clusterName, cwd);
}

function* fileProblems(what: string, file: string, owner: string, cwd: string): Generator<string> {
  if (file === '') return;
  try {
    accessSync(resolve(cwd, file), constants.R_OK);
  } catch (error) {
    yield `unable to read ${what} ${file} for ${owner} due to ${fileProblem(file, error)}`;
  }
}

const TEXTS: ReadonlySet<string> = new Set([
  'server',
  'tls-server-name',
  'certificate-authority',
  'certificate-authority-data',
  'proxy-url',
  'token',
  'tokenFile',
  'username',
  'password',
  'as',
  'as-uid',
  'client-certificate',
  'client-certificate-data',
  'client-key',
  'client-key-data',
  'cluster',
  'user',
  'namespace',
]);

/**
 * Throws KubeconfigError for a field of the entry that is no text where one belongs (`token: 1234`, which kubectl
 * refuses, too), and for data that is not base64. Values are not shown.
 */
export function checkTypes(entry: Entry | undefined, what: string): void {
  for (const [key, value] of Object.entries(entry?.fields ?? {})) {
    if (!TEXTS.has(key) || value === null || value === undefined || entry === undefined) continue;
    if (typeof value !== 'string') {
      throw unreadable(entry.file, `${key} of ${what} is no text: put it in quotes`);
    }
    const wrong = key.endsWith('-data') ? base64Problem(value) : null;
    if (wrong !== null) {
      throw unreadable(entry.file, `illegal base64 data at input byte ${wrong}`);
    }
  }
}
