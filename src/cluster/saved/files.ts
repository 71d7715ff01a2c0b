/** The files behind `-f`: one file, a folder with everything below it, or standard input. */
import { readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { InputError } from '../../words/errors.ts';
import type { World } from '../../words/streams.ts';
import { errorCode, OversizeFile, readBounded } from '../kubeconfig/small-file.ts';
import { pastedWord } from './pasted.ts';

/** Below the longest string V8 holds. Stated in the documentation of `-f`. */
export const FILE_LIMIT_BYTES = 512_000_000;
const TOTAL_LIMIT_BYTES = 1_000_000_000;
/** A must-gather of a large cluster has some hundred thousand files. */
const ENTRY_LIMIT = 500_000;
const DEPTH_LIMIT = 32;

/** What a dump's objects are in; logs and the like are left out by their names. */
const OBJECT_FILE = /\.(?:json|ya?ml|jsonl|ndjson)$/i;

export interface SavedFile {
  /** As the user knows it. */
  readonly shown: string;
  /** Named on the command line: what is wrong with it is an error, not a remark. */
  readonly named: boolean;
  read(): Promise<Buffer>;
}

/** Throws InputError for a name that is not there, cannot be read or is too large. */
export function savedFiles(filenames: readonly string[], world: World): readonly SavedFile[] {
  const budget = { bytes: TOTAL_LIMIT_BYTES, entries: ENTRY_LIMIT };
  return [...new Set(filenames)].flatMap((filename) => {
    if (filename === '-') return [standardInput(world)];
    if (filename === '') throw new InputError('-f needs a file, a folder or -');
    const path = resolve(world.cwd, filename);
    const stats = statOf(path, filename);
    if (!stats.isDirectory()) return [oneFile(path, filename, stats, true, budget)];
    return below(path, filename, new Set(), 0, budget);
  });
}

interface Budget {
  bytes: number;
  entries: number;
}

function standardInput(world: World): SavedFile {
  return {
    shown: 'standard input',
    named: true,
    read: () => {
      if (world.stdin.isTTY) {
        throw new InputError('-f -: standard input is a terminal; pipe objects into it');
      }
      return world.stdin.read(FILE_LIMIT_BYTES);
    },
  };
}

function oneFile(
  path: string,
  shown: string,
  stats: Stats,
  named: boolean,
  budget: Budget,
): SavedFile {
  if (stats.isSocket() || stats.isBlockDevice()) {
    throw new InputError(`${shown}: it is neither a file nor a folder`);
  }
  if (stats.size > FILE_LIMIT_BYTES) throw tooLarge(shown);
  budget.bytes -= stats.size;
  if (budget.bytes < 0) {
    throw new InputError(
      `${shown}: the files are larger than ${TOTAL_LIMIT_BYTES / 1e9} GB together`,
    );
  }
  return { shown, named, read: async () => readFile(path, shown) };
}

function readFile(path: string, shown: string): Buffer {
  try {
    return readBounded(path, FILE_LIMIT_BYTES);
  } catch (error) {
    if (error instanceof OversizeFile) throw tooLarge(shown);
    throw unreadable(shown, error);
  }
}

function tooLarge(shown: string): InputError {
  return new InputError(`${shown}: larger than ${FILE_LIMIT_BYTES / 1e6} MB`);
}

/** Every object file below a folder, in the order of names. A folder that links back to itself is read once. */
function below(
  path: string,
  shown: string,
  seen: Set<string>,
  depth: number,
  budget: Budget,
): SavedFile[] {
  const real = realpathSync(path);
  if (seen.has(real) || depth > DEPTH_LIMIT) return [];
  seen.add(real);
  return namesIn(path, shown).flatMap((name) => {
    if (--budget.entries < 0) {
      throw new InputError(`${shown}: more than ${ENTRY_LIMIT} files below the folder`);
    }
    const inner = join(path, name);
    const innerShown = join(shown, name);
    const stats = statSync(inner, { throwIfNoEntry: false });
    if (stats === undefined) return [];
    if (stats.isDirectory()) return below(inner, innerShown, seen, depth + 1, budget);
    if (!stats.isFile() || !OBJECT_FILE.test(name)) return [];
    return [oneFile(inner, innerShown, stats, false, budget)];
  });
}

function namesIn(path: string, shown: string): readonly string[] {
  try {
    return readdirSync(path).sort();
  } catch (error) {
    throw unreadable(shown, error);
  }
}

function statOf(path: string, shown: string): Stats {
  try {
    return statSync(path);
  } catch (error) {
    if (TEXT.test(shown) || pastedWord(shown) !== null) {
      throw new InputError('-f takes a file, and was given its content: pipe it into -f -');
    }
    throw unreadable(shown, error);
  }
}

/** JSON, or lines of YAML: no name of a file that anybody would give. */
const TEXT = /^\s*\{|[\r\n]/;

function unreadable(shown: string, error: unknown): InputError {
  const code = errorCode(error);
  const why = SAID[code] ?? (code || 'it cannot be read');
  return new InputError(`${shown}: ${why}`, { cause: error });
}

const SAID: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  EACCES: 'permission denied',
  ELOOP: 'too many symbolic links',
};
