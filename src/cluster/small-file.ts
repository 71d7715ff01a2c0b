/** Files of the kubeconfig: small, read at once. */
import { readFileSync, statSync } from 'node:fs';

/** A certificate, a key or a token of a megabyte is none. */
export const KEY_FILE_LIMIT = 1024 * 1024;
/** Kubeconfigs of some hundred clusters reach a few megabytes. */
export const KUBECONFIG_LIMIT = 32 * 1024 * 1024;

/** The file is there but larger than anything it could rightly be. */
export class OversizeFile extends Error {
  override readonly name = 'OversizeFile';
}

/** Reads a regular file or a pipe of at most `limit` bytes; throws the system's error or OversizeFile. */
export function readSmallFile(path: string, limit: number): Buffer {
  if (statSync(path).size > limit) throw new OversizeFile(`${path} is larger than ${limit} bytes`);
  const content = readFileSync(path);
  if (content.length > limit) throw new OversizeFile(`${path} is larger than ${limit} bytes`);
  return content;
}

/** What the system said, in Go's form (`open /x: no such file or directory`), so that kubectl's users know it. */
export function fileProblem(path: string, error: unknown): string {
  const code = errorCode(error);
  const said = SAID[code];
  if (said !== undefined) return `open ${path}: ${said}`;
  return error instanceof OversizeFile
    ? error.message
    : `open ${path}: ${code || 'cannot be read'}`;
}

/** The system's code (`ENOENT`), or an empty string. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : '';
}

const SAID: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  EACCES: 'permission denied',
  EISDIR: 'is a directory',
  ENOTDIR: 'not a directory',
  ELOOP: 'too many levels of symbolic links',
};
