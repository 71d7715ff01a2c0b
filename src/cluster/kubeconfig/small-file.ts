/** Files read whole, but never more of them than was agreed: a name may lead to a pipe or to /dev/zero. */
import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';

/** A certificate, a key or a token of a megabyte is none. */
export const KEY_FILE_LIMIT = 1024 * 1024;
/** Kubeconfigs of some hundred clusters reach a few megabytes. */
export const KUBECONFIG_LIMIT = 32 * 1024 * 1024;

/** The file is there but larger than anything it could rightly be. */
export class OversizeFile extends Error {
  override readonly name = 'OversizeFile';
}

/** Reads a file or a pipe of at most `limit` bytes; throws the system's error or OversizeFile. */
export function readBounded(path: string, limit: number): Buffer {
  const stats = statSync(path);
  if (stats.size > limit) throw new OversizeFile(`${path} is larger than ${limit} bytes`);
  return stats.isFile() ? readFileSync(path) : readStream(path, limit);
}

function readStream(path: string, limit: number): Buffer {
  const file = openSync(path, 'r');
  try {
    const chunks: Buffer[] = [];
    let size = 0;
    for (;;) {
      const chunk = Buffer.alloc(64 * 1024);
      const read = readSync(file, chunk);
      if (read === 0) return Buffer.concat(chunks, size);
      size += read;
      if (size > limit) throw new OversizeFile(`${path} is larger than ${limit} bytes`);
      chunks.push(chunk.subarray(0, read));
    }
  } finally {
    closeSync(file);
  }
}

/** What the system said, in Go's form (`open /x: no such file or directory`), so that kubectl's users know it. */
export function fileProblem(path: string, error: unknown): string {
  const code = errorCode(error);
  const said = SAID[code];
  // A folder can be opened, only not read.
  if (said !== undefined) return `${code === 'EISDIR' ? 'read' : 'open'} ${path}: ${said}`;
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
