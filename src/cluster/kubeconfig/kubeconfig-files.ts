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
import { type Fields, isFields, text } from '../../words/fields.ts';
import type { World } from '../../words/streams.ts';
import { KubeconfigError } from '../errors.ts';
import { errorCode, fileProblem, KUBECONFIG_LIMIT, readBounded } from './small-file.ts';

/** A cluster, user or context as its file gives it, with paths made absolute. */
export interface Entry {
  readonly fields: Fields;
  /** As the user named the file, for errors. */
  readonly file: string;
}

/** The merged files: entries by name. */
export interface MergedKubeconfig {
  readonly clusters: ReadonlyMap<string, Entry>;
  readonly users: ReadonlyMap<string, Entry>;
  readonly contexts: ReadonlyMap<string, Entry>;
  readonly currentContext: string;
}

export interface KubeconfigFile {
  readonly path: string;
  /** As the user named it. */
  readonly shown: string;
}

interface ReadFile extends KubeconfigFile {
  readonly document: Fields;
}

/**
 * Reads `--kubeconfig` (must be there), else the list in `KUBECONFIG` (missing files are skipped), else
 * `~/.kube/config` (may be missing). Throws KubeconfigError naming every file that cannot be read.
 */
export function readKubeconfigFiles(explicit: string | undefined, world: World): MergedKubeconfig {
  const files = explicit
    ? [{ path: resolve(world.cwd, explicit), shown: explicit }]
    : kubeconfigFiles(world.env, world.cwd);
  const read: ReadFile[] = [];
  const problems: KubeconfigError[] = [];
  for (const file of files) {
    try {
      const document = readOne(file, explicit !== undefined && explicit !== '');
      checkNames(document, file.shown);
      read.push({ ...file, document });
    } catch (error) {
      if (!(error instanceof KubeconfigError)) throw error;
      problems.push(error);
    }
  }
  const [first, ...others] = problems;
  if (first === undefined) return mergeKubeconfigs(read);
  if (others.length === 0) throw first;
  const lines = problems.map((problem) => problem.message).join('\n');
  throw new KubeconfigError(lines, { words: lines });
}

/** The files to read, each once, in their order. */
function kubeconfigFiles(env: World['env'], cwd: string): readonly KubeconfigFile[] {
  const listed = env['KUBECONFIG'];
  if (listed) {
    const names = listed.split(delimiter).filter((name) => name !== '');
    return [...new Set(names)].map((name) => ({ path: resolve(cwd, name), shown: name }));
  }
  const home = env['HOME'] || env['USERPROFILE'] || homedir();
  const path = join(home, '.kube', 'config');
  return [{ path, shown: path }];
}

function readOne({ path, shown }: KubeconfigFile, mustExist: boolean): Fields {
  let text: string;
  try {
    text = readBounded(path, KUBECONFIG_LIMIT).toString('utf8');
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT' && !mustExist) return {};
    if (errorCode(cause) === 'ENOENT') {
      throw new KubeconfigError(`stat ${shown}: no such file or directory`, { cause });
    }
    throw unreadable(shown, fileProblem(shown, cause), cause);
  }
  return parseOne(text, shown);
}

/** A file that is there and of no use, in client-go's words. */
export function unreadable(shown: string, why: string, cause?: unknown): KubeconfigError {
  return new KubeconfigError(`error loading config file "${shown}": ${why}`, { cause });
}

/** One file's document; an empty file is an empty config. The parser's text is not shown: it quotes secrets. */
function parseOne(text: string, shown: string): Fields {
  if (text.trim() === '') return {};
  let document: unknown;
  try {
    document = parseYaml(text.replace(/^\uFEFF/, ''), {
      maxAliases: 100,
      // Of a key given twice in one mapping the last value counts, as in kubectl.
      json: true,
    });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const line = error.mark ? `line ${error.mark.line + 1}: ` : '';
    throw unreadable(shown, line + withoutNames(error.reason));
  }
  if (document === null || document === undefined) return {};
  if (!isFields(document)) throw unreadable(shown, 'it is not a kubeconfig');
  return document;
}

/** The parser names aliases and tags, and an unquoted password may begin with `*` or `!`. */
function withoutNames(reason: string): string {
  return reason.replace(/\s*(?:"|!|: ).*$/s, '');
}

/** A name given twice in one file means nothing certain; between files the first one counts. */
function checkNames(document: Fields, shown: string): void {
  for (const kind of ['cluster', 'user', 'context']) {
    const names = new Set<string>();
    for (const [name] of entriesOf(document, kind)) {
      if (names.has(name)) throw unreadable(shown, `duplicate name "${name}" in list ${kind}s`);
      names.add(name);
    }
  }
}

/** Merges as client-go does: the first file to give a name wins, whole; so does the first current-context. */
function mergeKubeconfigs(files: readonly ReadFile[]): MergedKubeconfig {
  const merge = (kind: string, change: (fields: Fields, base: string) => Fields) => {
    const merged = new Map<string, Entry>();
    for (const { path, shown, document } of files) {
      for (const [name, fields] of entriesOf(document, kind)) {
        if (merged.has(name)) continue;
        merged.set(name, { fields: change(fields, dirname(path)), file: shown });
      }
    }
    return merged;
  };
  return {
    clusters: merge('cluster', (fields, base) => absolute(fields, base, ['certificate-authority'])),
    users: merge('user', absoluteUser),
    contexts: merge('context', (fields) => fields),
    currentContext: files.map((file) => text(file.document['current-context'])).find(Boolean) ?? '',
  };
}

/** Name and fields of each entry of `clusters:`, `users:` or `contexts:`. */
function* entriesOf(document: Fields, kind: string): Generator<[string, Fields]> {
  const entries = document[`${kind}s`];
  if (!Array.isArray(entries)) return;
  for (const entry of entries) {
    if (!isFields(entry)) continue;
    const name = text(entry['name']);
    const fields = entry[kind];
    if (name !== '') yield [name, isFields(fields) ? fields : {}];
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
