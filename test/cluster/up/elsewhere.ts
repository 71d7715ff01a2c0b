/** Ways out of the enclosure that end nowhere: a network of which nobody is there, and one address that loses all. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ELSEWHERE } from './settings.ts';

const run = promisify(execFile);

/** The other end of the pair takes nothing that is addressed to another machine: packets for `dark` are lost. */
export async function makeElsewhere(): Promise<void> {
  const ip = (...args: readonly string[]) => run('ip', args);
  await ip('link', 'add', 'dark0', 'type', 'veth', 'peer', 'name', 'dark1');
  await ip('link', 'set', 'dark0', 'up');
  await ip('link', 'set', 'dark1', 'up');
  await ip('route', 'add', '10.99.0.0/24', 'dev', 'dark0');
  const { address } = ELSEWHERE.dark;
  await ip('neigh', 'add', address, 'lladdr', '02:00:00:00:00:01', 'dev', 'dark0');
}
