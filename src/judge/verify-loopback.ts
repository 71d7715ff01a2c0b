/** Registries at `localhost`: on a node that is the node itself. Pure. */
import type { NextStep } from '../words/next-step.ts';
import type { VerifiedRow } from '../words/verification.ts';

/**
 * `localhost`, `127.0.0.0/8`, `[::1]`, and the unspecified addresses, which lead there too, with or without a port, as a
 * reference names its host.
 */
export function isLoopback(host: string): boolean {
  const name = nameOf(host);
  if (name === 'localhost' || name === '0.0.0.0' || /^127(?:\.\d{1,3}){3}$/.test(name)) return true;
  return /^\[(?=.*:)[0:]*1?\]$/.test(name);
}

/** Whether flags say where nodes find the host: `told` holds `HOST` and `HOST:PORT` in lower case. */
export function isTold(host: string, told: ReadonlySet<string>): boolean {
  const written = host.toLowerCase();
  const name = nameOf(host);
  // Without a port it is 80: what is on loopback is asked without TLS.
  return told.has(name) || told.has(written === name ? `${name}:80` : written);
}

function nameOf(host: string): string {
  return host.toLowerCase().replace(/:\d{1,5}$/, '');
}

/** A row of a credential that was not tried: what is on this machine's loopback is none of the node's. */
export function ofThisMachine(row: VerifiedRow, host: string): VerifiedRow {
  if (row.code !== 'not-tried') return row;
  return {
    ...row,
    result: 'unverifiable',
    step: 'connect',
    code: 'node-loopback',
    detail: `${host} is this machine here, and on a node the node itself: not asked`,
  };
}

/** How to say that both are one. */
export function sameMachine(host: string): NextStep {
  const port = /:\d{1,5}$/.exec(host)?.[0] ?? ':PORT';
  return {
    text: `Where the nodes' ${host} is what this machine finds there (kind, k3d, a cluster on this machine), say so with --registry-address ${host}=127.0.0.1${port}`,
  };
}
