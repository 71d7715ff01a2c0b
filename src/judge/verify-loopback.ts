/** Registries at `localhost`: on a node that is the node itself. Pure. */
import type { NextStep } from '../words/next-step.ts';
import type { VerifiedRow } from '../words/verification.ts';

/** `localhost`, `127.0.0.0/8`, `[::1]`, with or without a port, as a reference names its host. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/:\d{1,5}$/, '');
  return name === 'localhost' || name === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(name);
}

/** An answer of this machine's loopback is neither a yes nor a no of a node's. */
export function ofThisMachine(row: VerifiedRow): VerifiedRow {
  if (row.asked === null) return row;
  const said = row.asked.result === 'pullable' ? 'it can be pulled here' : row.detail;
  return {
    ...row,
    result: 'unverifiable',
    step: 'connect',
    code: 'node-loopback',
    detail: `${row.asked.host} is this machine, and on a node the node itself${said === '' ? '' : `; ${said}`}`,
  };
}

/** How to say that both are one. */
export function sameMachine(host: string): NextStep {
  const port = /:\d{1,5}$/.exec(host)?.[0] ?? ':PORT';
  return {
    text: `Where the nodes' ${host} is what this machine finds there (kind, k3d, a cluster on this machine), say so with --registry-address ${host}=127.0.0.1${port}`,
  };
}
