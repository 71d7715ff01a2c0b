/** Programs of the cluster: started, stopped and waited for, inside the enclosure. */
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CACHE, WORK } from './settings.ts';

export function logFile(name: string): string {
  return path.join(WORK, 'logs', `${name}.log`);
}

function pidFile(name: string): string {
  return path.join(WORK, 'run', `${name}.pid`);
}

/** Starts a program that outlives this one; its output is added to `logs/NAME.log`. */
export function start(
  name: string,
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): void {
  const log = openSync(logFile(name), 'a');
  const child = spawn(command, args, {
    cwd: WORK,
    detached: true,
    stdio: ['ignore', log, log],
    // Only what is named: a proxy or Go setting of the machine is not the node's. Our own programs read the settings.
    env: {
      PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
      HOME: WORK,
      IMAGEPULL_CLUSTER_WORK: WORK,
      IMAGEPULL_CLUSTER_CACHE: CACHE,
      ...env,
    },
  });
  closeSync(log);
  child.once('error', (error) => writeFileSync(logFile(name), `${error}\n`, { flag: 'a' }));
  child.unref();
  if (child.pid !== undefined) writeFileSync(pidFile(name), String(child.pid));
}

/** Sends a signal to a program that `start` started. */
export function signal(name: string, which: NodeJS.Signals): void {
  process.kill(Number(readFileSync(pidFile(name), 'utf8')), which);
}

/** True while the program runs, stopped by SIGSTOP or not; a zombie does not run. */
export function isRunning(name: string): boolean {
  try {
    const stat = readFileSync(`/proc/${readFileSync(pidFile(name), 'utf8')}/stat`, 'utf8');
    return !/^\d+ \(.*\) [ZX]/.test(stat);
  } catch {
    return false;
  }
}

/**
 * Asks every 100 ms until the answer is neither undefined nor false; gives up after `seconds` with an error that
 * names what was waited for and the last error of `ask`.
 */
export async function waitFor<T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  seconds = 60,
): Promise<T> {
  const end = Date.now() + seconds * 1000;
  let cause: unknown;
  do {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer;
    } catch (error) {
      cause = error;
    }
    await sleep(100);
  } while (Date.now() < end);
  throw new Error(`waited ${seconds} s for ${what}`, { cause });
}
