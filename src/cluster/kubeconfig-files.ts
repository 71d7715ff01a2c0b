/**
 * Which kubeconfig files count, and what they come to together.
 *
 * client-node's `loadFromDefault` differs from kubectl here (a missing file in the list throws, names given in
 * two files throw, the last `current-context` wins), so the files are read and merged by client-go's rules.
 * Rule: client-go tools/clientcmd/loader.go ClientConfigLoadingRules.
 */

import { homedir } from 'node:os';
import { delimiter, dirname, isAbsolute, join, resolve } from 'node:path';
import { load as parseYaml, YAMLException } from 'js-yaml';
import type { World } from '../words/streams.ts';
import { KubeconfigError } from './errors.ts';
import { type Fields, isFields, text } from './fields.ts';
import { errorCode, fileProblem, KUBECONFIG_LIMIT, readBounded } from './small-file.ts';

/** The merged file: entries by name, as written, with paths made absolute. */
export interface MergedKubeconfig {
  readonly clusters: ReadonlyMap<string, Fields>;
  readonly users: ReadonlyMap<string, Fields>;
  readonly contexts: ReadonlyMap<string, Fields>;
  readonly currentContext: string;
  /** No file said anything: kubectl then looks for a service account, else for localhost:8080. */
  readonly empty: boolean;
}

/**
 * Reads `--kubeconfig` (must be there), else the list in `KUBECONFIG` (missing files are skipped), else
 * `~/.kube/config` (may be missing). Throws KubeconfigError naming the file that cannot be read.
 */
export function readKubeconfigFiles(explicit: string | undefined, world: World): MergedKubeconfig {
  if (explicit !== undefined && explicit !== '') {
    const path = resolve(world.cwd, explicit);
    return mergeKubeconfigs([{ path, document: readOne(path, explicit, true) }]);
  }
  const paths = kubeconfigPaths(world.env, world.cwd);
  return mergeKubeconfigs(paths.map((path) => ({ path, document: readOne(path, path, false) })));
}

/** The files to read, each once, in their order. */
export function kubeconfigPaths(env: World['env'], cwd: string): readonly string[] {
  const listed = env['KUBECONFIG'];
  if (listed) {
    const names = listed.split(delimiter).filter((name) => name !== '');
    return [...new Set(names.map((name) => resolve(cwd, name)))];
  }
  const home = env['HOME'] || env['USERPROFILE'] || homedir();
  return [join(home, '.kube', 'config')];
}

function readOne(path: string, shown: string, mustExist: boolean): Fields {
  let text: string;
  try {
    text = readBounded(path, KUBECONFIG_LIMIT).toString('utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT' && !mustExist) return {};
    if (errorCode(error) === 'ENOENT') {
      throw new KubeconfigError(`stat ${shown}: no such file or directory`, { cause: error });
    }
    const problem = fileProblem(shown, error);
    throw new KubeconfigError(`error loading config file "${shown}": ${problem}`, { cause: error });
  }
  return parseOne(text, shown);
}

/** One file's document; an empty file is an empty config. The parser's text is not shown: it quotes secrets. */
export function parseOne(text: string, shown: string): Fields {
  if (text.trim() === '') return {};
  let document: unknown;
  try {
    document = parseYaml(text.replace(/^\uFEFF/, ''), { maxAliases: 100 });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const line = error.mark ? `line ${error.mark.line + 1}: ` : '';
    throw new KubeconfigError(`error loading config file "${shown}": ${line}${error.reason}`);
  }
  if (document === null || document === undefined) return {};
  if (!isFields(document)) {
    throw new KubeconfigError(`error loading config file "${shown}": it is not a kubeconfig`);
  }
  return document;
}

/** Merges as client-go does: the first file to give a name wins, whole; so does the first current-context. */
export function mergeKubeconfigs(
  files: readonly { readonly path: string; readonly document: Fields }[],
): MergedKubeconfig {
  const clusters = new Map<string, Fields>();
  const users = new Map<string, Fields>();
  const contexts = new Map<string, Fields>();
  let currentContext = '';
  for (const { path, document } of files) {
    const base = dirname(path);
    take(clusters, document['clusters'], 'cluster', (f) =>
      absolute(f, base, ['certificate-authority']),
    );
    take(users, document['users'], 'user', (f) => absoluteUser(f, base));
    take(contexts, document['contexts'], 'context', (f) => f);
    currentContext ||= text(document['current-context']);
  }
  const empty = clusters.size + users.size + contexts.size === 0 && currentContext === '';
  return { clusters, users, contexts, currentContext, empty };
}

function take(
  into: Map<string, Fields>,
  entries: unknown,
  key: string,
  change: (fields: Fields) => Fields,
): void {
  if (!Array.isArray(entries)) return;
  for (const entry of entries) {
    if (!isFields(entry)) continue;
    const name = text(entry['name']);
    const fields = entry[key];
    if (name !== '' && !into.has(name)) into.set(name, change(isFields(fields) ? fields : {}));
  }
}

function absolute(fields: Fields, base: string, keys: readonly string[]): Fields {
  const changed: Record<string, unknown> = { ...fields };
  for (const key of keys) {
    const path = text(fields[key]);
    if (path !== '' && !isAbsolute(path)) changed[key] = join(base, path);
  }
  return changed;
}

/** Of a plugin's command only one with a slash is a path; a bare name is looked up on PATH. */
function absoluteUser(fields: Fields, base: string): Fields {
  const changed = absolute(fields, base, ['client-certificate', 'client-key', 'tokenFile']);
  const exec = fields['exec'];
  if (!isFields(exec) || !/[\\/]/.test(text(exec['command']))) return changed;
  return { ...changed, exec: absolute(exec, base, ['command']) };
}
