/** Networks that lead nowhere, inside the enclosure. */
import { execFileSync } from 'node:child_process';
import { BLACK_HOLE, UNKNOWN_NEIGHBOUR } from './settings.ts';

function network(address: string): string {
  return address.replace(/\d+$/, '1/24');
}

function add(name: string, address: string, kind: readonly string[]): void {
  const ip = (...args: readonly string[]) => execFileSync('ip', args, { stdio: 'pipe' });
  ip(...kind);
  ip('address', 'add', network(address), 'dev', name);
  ip('link', 'set', name, 'up');
}

/**
 * A tunnel nobody reads from: packets wait in it and are lost. A bridge without ports: who has the address is asked, and
 * nobody answers.
 */
export function addDeadEnds(): void {
  add('hole', BLACK_HOLE, ['tuntap', 'add', 'dev', 'hole', 'mode', 'tun']);
  add('empty', UNKNOWN_NEIGHBOUR, ['link', 'add', 'empty', 'type', 'bridge']);
}
