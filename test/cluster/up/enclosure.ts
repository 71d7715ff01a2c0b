/**
 * The enclosure: namespaces of its own for network (loopback only), mounts and processes. Nothing in it reaches the
 * machine's network or changes its files, and when its first process ends, the kernel ends all the others.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { KREW_CACHE } from '../../krew/tools.ts';
import {
  CACHE,
  CONTROL_GROUP,
  DNS_ADDRESS,
  HOSTS,
  KUBECONFIG,
  NODE_ADDRESS,
  ROOT,
  WORK,
} from './settings.ts';

const READY = path.join(WORK, 'run/ready');
const FIRST_PROCESS = path.join(WORK, 'run/first.pid');
const OWNER = path.join(WORK, 'run/owner.pid');
const LOG = path.join(WORK, 'logs/up.log');

export interface Enclosure {
  /** Resolves when the cluster is usable; rejects with the last lines of its log when it does not come up. */
  readonly ready: Promise<void>;
  /** Ends everything in it and removes what it left outside. */
  stop(): Promise<void>;
}

/** Pids of the processes a process has made, or none when it is gone. */
function children(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
      .trim()
      .split(' ')
      .filter(Boolean);
  } catch {
    return [];
  }
}

/** True while the process whose id is in the file runs, and its command line has the word: ids are used again. */
function runs(pidFile: string, word: string): boolean {
  try {
    const pid = readFileSync(pidFile, 'utf8');
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(word);
  } catch {
    return false;
  }
}

/** Said inside, by the program that brought everything up. */
export function tellReady(): void {
  writeFileSync(READY, '');
}

/** True while a cluster is up in the work folder. */
export function isUp(): boolean {
  return existsSync(READY) && runs(FIRST_PROCESS, 'inside.sh');
}

/** The command line that runs `command` inside, in the present folder, with kubectl and the plugin as built. */
export function inside(command: readonly string[]): readonly string[] {
  const enter = [
    'nsenter',
    '--target',
    readFileSync(FIRST_PROCESS, 'utf8'),
    '--net',
    '--mount',
    '--pid',
  ];
  const env = [
    'env',
    '-u',
    'NODE_EXTRA_CA_CERTS',
    `PATH=${path.join(ROOT, 'dist')}:${process.env['PATH'] ?? ''}`,
    `KUBECONFIG=${KUBECONFIG}`,
    `HOME=${path.join(WORK, 'home')}`,
    `IMAGEPULL_CLUSTER_CACHE=${CACHE}`,
    `IMAGEPULL_KREW_CACHE=${KREW_CACHE}`,
  ];
  // nsenter leaves the working directory in the namespace it came from.
  return [...enter, '--', 'sh', '-c', 'cd "$0" && exec "$@"', process.cwd(), ...env, ...command];
}

/** Removes the folders of the pods' control groups, deepest first. */
function tryToRemoveControlGroups(): void {
  const root = '/sys/fs/cgroup';
  const folders = [root, ...readdirSync(root).map((name) => path.join(root, name))];
  const own = CONTROL_GROUP === '' ? 'kubepods' : CONTROL_GROUP;
  for (const top of folders.map((folder) => path.join(folder, own)).filter(existsSync)) {
    const below = readdirSync(top, { recursive: true, withFileTypes: true, encoding: 'utf8' })
      .filter((entry) => entry.isDirectory())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .sort((a, b) => b.length - a.length);
    for (const folder of [...below, top]) rmdirSync(folder);
  }
}

/** They are all that outlives the processes; busy until the last of these is gone. */
async function removeControlGroups(): Promise<void> {
  for (let tries = 0; tries < 50; tries++) {
    try {
      tryToRemoveControlGroups();
      return;
    } catch {
      await sleep(100);
    }
  }
  tryToRemoveControlGroups();
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function waitUntilReady(child: ChildProcess): Promise<void> {
  const end = Date.now() + 240_000;
  while (!existsSync(READY)) {
    if (hasEnded(child) || Date.now() > end) {
      const said = readFileSync(LOG, 'utf8').trimEnd().split('\n').slice(-20).join('\n');
      throw new Error(`the cluster did not come up; logs are in ${path.dirname(LOG)}\n${said}`);
    }
    await sleep(50);
  }
  const [first] = children(child.pid ?? 0);
  if (first === undefined) throw new Error('the cluster ended as soon as it was up');
  writeFileSync(FIRST_PROCESS, first);
}

/** The kubelet wants its own to be there, for each controller. */
function makeControlGroup(): void {
  if (CONTROL_GROUP === '') return;
  const root = '/sys/fs/cgroup';
  for (const controller of readdirSync(root)) {
    if (!existsSync(path.join(root, controller, 'cgroup.procs'))) continue;
    const folder = path.join(root, controller, CONTROL_GROUP);
    mkdirSync(folder, { recursive: true });
    for (const file of controller === 'cpuset' ? ['cpuset.cpus', 'cpuset.mems'] : []) {
      writeFileSync(path.join(folder, file), readFileSync(path.join(root, controller, file)));
    }
  }
}

function prepareWorkFolder(): void {
  if (runs(OWNER, 'run.ts')) throw new Error(`another run starts or stops a cluster in ${WORK}`);
  rmSync(WORK, { recursive: true, force: true });
  for (const folder of ['run', 'logs', 'pki', 'etc', 'home', 'empty']) {
    mkdirSync(path.join(WORK, folder), { recursive: true });
  }
  writeFileSync(OWNER, String(process.pid));
  makeControlGroup();
}

/**
 * Starts the cluster, or what else `program` brings up; it ends with `tellReady()`. The caller has to stop it, also when
 * `ready` fails.
 */
export function startEnclosure(program = path.join(import.meta.dirname, 'inside.ts')): Enclosure {
  prepareWorkFolder();
  const log = openSync(LOG, 'a');
  const addresses = [
    DNS_ADDRESS,
    NODE_ADDRESS,
    ...Object.values(HOSTS).map((host) => host.address),
  ];
  // setpriv: should we be killed outright, unshare is killed with us, and all in it with unshare.
  const unshare = [
    'unshare',
    '--net',
    '--mount',
    '--pid',
    '--fork',
    '--kill-child',
    '--mount-proc',
  ];
  const script = path.join(import.meta.dirname, 'inside.sh');
  const command = [...unshare, 'sh', script, process.execPath, program, ...addresses];
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', ...command], {
    // Out of the terminal's reach: Ctrl-C is for us, and we end it.
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  return {
    ready: waitUntilReady(child),
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
      rmSync(READY, { force: true });
      await removeControlGroups();
    },
  };
}
