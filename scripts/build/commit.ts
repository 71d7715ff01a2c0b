/** Which commit a build was made from. */
import { spawnSync } from 'node:child_process';

function git(root: string, ...args: string[]): string | null {
  const { status, stdout } = spawnSync('git', ['-C', root, ...args], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
}

/**
 * Twelve digits of the commit that is checked out in `root`, with `-dirty` where tracked files differ from it;
 * `unknown` outside a checkout or where there is no git.
 */
export function commitOf(root: string): string {
  const commit = git(root, 'rev-parse', '--short=12', 'HEAD');
  if (commit === null || commit === '') return 'unknown';
  return git(root, 'status', '--porcelain', '--untracked-files=no') === ''
    ? commit
    : `${commit}-dirty`;
}
