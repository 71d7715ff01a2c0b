/** How npm is started: as the one that runs us, or by hand the one on PATH. */

export interface NpmCommand {
  readonly command: string;
  readonly args: readonly string[];
  /** Node starts a `.cmd`, which npm is on Windows, only by a shell. */
  readonly shell: boolean;
}

/**
 * The command, arguments and `shell` for `spawnSync` and `execFileSync`.
 *
 * @param args ours, without `"` and `%`: by a shell they are quoted, for folders whose name has a space
 * @param npm file of npm's own program, as npm sets it for what it runs
 */
export function npmCommand(
  args: readonly string[],
  npm: string | undefined = process.env['npm_execpath'],
  platform: NodeJS.Platform = process.platform,
): NpmCommand {
  if (npm !== undefined) return { command: process.execPath, args: [npm, ...args], shell: false };
  if (platform !== 'win32') return { command: 'npm', args, shell: false };
  return { command: 'npm', args: args.map((arg) => `"${arg}"`), shell: true };
}
