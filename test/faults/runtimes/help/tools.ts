/** How each runtime pulls here: with storage of its own, and trust in the registries' CA alone. */
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pki } from '../../../cluster/up/certificates.ts';
import { WORK } from '../../../cluster/up/settings.ts';
import { RUNTIMES, SMALL_DISK } from '../up/settings.ts';
import type { RuntimeFault, Said, Setting, Tool } from './fault.ts';

/** The longest that any of these waits by itself is 30 s, and podman tries four times. */
const LIMIT_MS = 100_000;

/** Not the machine's: another docker may be first on its PATH. */
export const ENV: Readonly<Record<string, string>> = {
  PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
  HOME: path.join(WORK, 'home'),
  LANG: 'C.UTF-8',
  SSL_CERT_FILE: pki('registries.crt'),
  SSL_CERT_DIR: path.join(WORK, 'empty'),
};

/** A folder of this pull alone. */
export function ownFolder(tool: Tool, { name }: RuntimeFault): string {
  const folder = path.join(RUNTIMES, tool, name);
  for (const each of ['images', 'downloads', 'etc']) {
    mkdirSync(path.join(folder, each), { recursive: true });
  }
  return folder;
}

/** The command in a mount namespace where the setting's disks and files are in place. */
export function withSetting(
  command: readonly string[],
  setting: Setting,
  folder: string,
): readonly string[] {
  const mounts: string[] = [];
  if (setting.smallDisk !== undefined) {
    mounts.push(`mount -t tmpfs -o size=${SMALL_DISK}m tmpfs ${folder}/${setting.smallDisk}`);
  }
  const etc = { ...setting.etc };
  if (setting.resolver !== undefined) etc['resolv.conf'] = `nameserver ${setting.resolver}\n`;
  for (const [name, text] of Object.entries(etc)) {
    const file = path.join(folder, 'etc', name.replaceAll('/', '_'));
    writeFileSync(file, text);
    mounts.push(`touch /etc/${name}`, `mount --bind ${file} /etc/${name}`);
  }
  if (mounts.length === 0) return command;
  return [
    'unshare',
    '--mount',
    'sh',
    '-c',
    [...mounts, 'exec "$@"'].join(' && '),
    'sh',
    ...command,
  ];
}

/** A docker configuration with the fault's login, in a folder of its own: `config.json`. */
function dockerConfig(fault: RuntimeFault, folder: string): string {
  const [host = ''] = fault.image.split('/');
  const auths =
    fault.login === undefined
      ? {}
      : { [host]: { auth: Buffer.from(fault.login).toString('base64') } };
  writeFileSync(path.join(folder, 'config.json'), JSON.stringify({ auths }));
  return folder;
}

const COMMANDS: Readonly<
  Record<Tool, (fault: RuntimeFault, folder: string, socket: string) => readonly string[]>
> = {
  dockerd: (fault, folder, socket) => [
    'docker',
    ...['--config', dockerConfig(fault, folder), '--host', socket],
    ...['pull', '--quiet', ...(fault.options ?? []), fault.image],
  ],
  podman: (fault, folder) => [
    'podman',
    // Its own limit for the second: 50 characters.
    ...['--root', path.join(folder, 'images'), '--runroot', `/run/${fault.name}`],
    ...['--cgroup-manager', 'cgroupfs', '--events-backend', 'none'],
    ...['pull', '--quiet', ...(fault.login === undefined ? [] : ['--creds', fault.login])],
    ...(fault.options ?? []),
    fault.image,
  ],
  skopeo: (fault, folder) => {
    const login = fault.login ?? '';
    const image = `docker://${fault.image}`;
    const { options = [] } = fault;
    if (fault.inspect === true) {
      return ['skopeo', 'inspect', ...(login === '' ? [] : ['--creds', login]), ...options, image];
    }
    const creds = login === '' ? [] : ['--src-creds', login];
    const to = `dir:${path.join(folder, 'images', 'copy')}`;
    return ['skopeo', 'copy', '--quiet', ...creds, ...options, image, to];
  },
};

interface Ended {
  readonly code: number | null;
  readonly stderr: string;
}

function run(command: readonly string[], env: Readonly<Record<string, string>>): Promise<Ended> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: LIMIT_MS,
    killSignal: 'SIGKILL',
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stderr }));
  });
}

/** Pulls the fault's image. With `socket` as the client of a dockerd that is up: the setting is then the daemon's. */
export async function pull(tool: Tool, fault: RuntimeFault, socket = ''): Promise<Said> {
  const folder = ownFolder(tool, fault);
  const command = COMMANDS[tool](fault, folder, socket);
  const setting = socket === '' ? (fault.setting ?? {}) : {};
  const env = { ...ENV, TMPDIR: path.join(folder, 'downloads'), ...setting.env };
  const started = Date.now();
  const { code, stderr } = await run(withSetting(command, setting, folder), env);
  return { fault, text: stderr.trimEnd(), code, seconds: (Date.now() - started) / 1000 };
}
