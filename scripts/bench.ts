/**
 * `npm run bench`: how long a user waits, against kubectl and against Node itself. Figures for a person; a
 * ratio above its aim is marked, and nothing fails. `-- --rounds N` (default 21).
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { withApiServer } from './bench/api.ts';
import { findKubectl, type Kubectl } from './bench/kubectl.ts';
import { type Comparison, compare, type Program, runOnce } from './bench/measure.ts';

const START = path.resolve(import.meta.dirname, '../dist/start.cjs');

/** Pods of test/dumps/modern, by what decides their cause. */
const PODS = [
  { what: 'pod and events decide', pod: 'portal-cobalt', says: 'RateLimited', aim: 0.65 },
  { what: 'secrets, ServiceAccount too', pod: 'agent-onyx', says: 'Unauthorized', aim: 0.85 },
] as const;
const DELAY_MS = 20;
const AIM_WITHOUT_DELAY = 1.45;
const AIM_HELP = 1.7;

const flag = process.argv.indexOf('--rounds');
const rounds = flag === -1 ? 21 : Number(process.argv[flag + 1]);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds takes a number from 1');

function row(what: string, figure: Comparison, aim: number): string {
  const cells = [
    what.padEnd(46),
    figure.ours.toFixed(0).padStart(5),
    figure.theirs.toFixed(0).padStart(7),
    figure.ratio.toFixed(2).padStart(7),
    `<= ${aim.toFixed(2)}`.padStart(9),
  ];
  return `${cells.join(' ')}${figure.ratio > aim ? '  missed' : ''}\n`;
}

/** This very Node: npm's scripts run on the pinned one. */
function ours(...args: string[]): Program {
  return { command: process.execPath, args: [START, ...args] };
}

function benchHelp(folder: string): void {
  const empty = path.join(folder, 'empty.cjs');
  writeFileSync(empty, '');
  const bare = { command: process.execPath, args: [empty] };
  process.stdout.write(row('--help / bare node', compare(ours('--help'), bare, rounds), AIM_HELP));
}

async function benchDescribe(folder: string, kubectl: Kubectl, delayMs: number): Promise<void> {
  const kubeconfig = path.join(folder, `kubeconfig-${delayMs}`);
  await withApiServer(delayMs, kubeconfig, () => {
    for (const { what, pod, says, aim } of PODS) {
      const at = ['--namespace', 'shop', '--kubeconfig', kubeconfig];
      const describe = ours('describe', pod, ...at);
      if (!runOnce(describe).includes(says)) throw new Error(`${pod} is not said to be ${says}`);
      const theirs = { command: kubectl.path, args: ['describe', 'pod', pod, ...at] };
      const name = `describe, ${delayMs} ms a request, ${what}`;
      const figure = compare(describe, theirs, rounds);
      process.stdout.write(row(name, figure, delayMs === 0 ? AIM_WITHOUT_DELAY : aim));
    }
  });
}

const folder = mkdtempSync(path.join(tmpdir(), 'kubectl-imagepull-bench-'));
try {
  const kubectl = findKubectl();
  const against = kubectl === null ? 'no kubectl' : `${kubectl.path} (${kubectl.version})`;
  process.stdout.write(`node ${process.version}, ${against}, ${rounds} rounds, medians\n`);
  process.stdout.write(`${' '.repeat(46)}  ours  theirs   ratio       aim\n`);
  benchHelp(folder);
  if (kubectl === null) process.stdout.write('describe: skipped: no kubectl\n');
  else for (const delay of [DELAY_MS, 0]) await benchDescribe(folder, kubectl, delay);
} finally {
  rmSync(folder, { recursive: true });
}
