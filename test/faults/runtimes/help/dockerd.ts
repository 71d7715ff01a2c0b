/** dockerd, with its own containerd: one for all faults, and one for each that needs settings of its own. */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { logFile, waitFor } from '../../../cluster/up/processes.ts';
import { RUNTIMES } from '../up/settings.ts';
import type { Setting } from './fault.ts';
import { ENV, withSetting } from './tools.ts';

export interface Daemon {
  /** As `docker --host` has it. */
  readonly socket: string;
  stop(): Promise<void>;
}

/** Ends when it answers. `folder` is where its images and its settings are. */
export async function startDockerd(
  name: string,
  setting: Setting = {},
  folder = path.join(RUNTIMES, name),
): Promise<Daemon> {
  const socket = path.join(folder, 'docker.sock');
  mkdirSync(path.join(folder, 'images'), { recursive: true });
  mkdirSync(path.join(folder, 'etc'), { recursive: true });
  const file = path.join(folder, 'daemon.json');
  // Each further attempt waits five seconds longer.
  writeFileSync(file, JSON.stringify({ 'max-download-attempts': 1, ...setting.daemon }));
  const command = [
    ...['dockerd', '--config-file', file, '--host', `unix://${socket}`],
    ...['--data-root', path.join(folder, 'images'), '--exec-root', path.join(folder, 'exec')],
    ...['--pidfile', path.join(folder, 'dockerd.pid'), '--bridge=none'],
    ...['--iptables=false', '--ip6tables=false'],
  ];
  const log = openSync(logFile(name), 'a');
  const [program = '', ...args] = withSetting(command, setting, folder);
  const child = spawn(program, args, {
    env: { ...ENV, ...setting.env },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  await waitFor(name, () => {
    if (child.exitCode !== null) throw new Error(`${name} ended; see ${logFile(name)}`);
    return existsSync(socket);
  });
  return {
    socket: `unix://${socket}`,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
