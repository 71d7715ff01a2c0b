/**
 * `npm run bench`: how long a user waits, and what it takes, against kubectl and against Node itself. Figures for a
 * person; a ratio above its aim is marked, and nothing fails. `-- --rounds N` (default 21, and 5 over 10,000 pods),
 * `-- --only help|describe|decode|classify|many|scale|verify`, `-- --gzip` (the server of 10,000 pods packs its
 * answers), `-- --write` (the whole table into docs/proof/speed.md), `-- --short` (one round, not over 100,000 pods: that
 * the programs still answer as they should).
 * Measured is the binary of `npm run pack -- --host`; `-- --dist`: the build in dist/, started by Node.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { withApiServer } from './bench/api.ts';
import { benchClassify } from './bench/classify.ts';
import { benchDecode } from './bench/decode.ts';
import { findKubectl, type Kubectl } from './bench/kubectl.ts';
import { benchManyPods } from './bench/many-pods.ts';
import { compare, type Program, runOnce } from './bench/measure.ts';
import { builtProgram, packedProgram } from './bench/ours.ts';
import { speedPage } from './bench/page.ts';
import { Report } from './bench/report.ts';
import { benchScale } from './bench/scale.ts';
import { benchVerify } from './bench/verify.ts';

/** Pods of test/dumps/modern, by what decides their cause. */
const PODS = [
  { what: 'pod and events decide', pod: 'portal-cobalt', says: 'RateLimited', aim: 0.65 },
  { what: 'secrets, ServiceAccount too', pod: 'agent-onyx', says: 'Unauthorized', aim: 0.85 },
] as const;
const DELAY_MS = 20;
const AIM_WITHOUT_DELAY = 1.45;
const AIM_HELP = 1.7;
const MESSAGE =
  'Failed to pull image "registry.example/app:1": failed to resolve reference "registry.example/app:1": registry.example/app:1: not found';
const PAGE = path.resolve(import.meta.dirname, '../docs/proof/speed.md');

const { values } = parseArgs({
  options: {
    rounds: { type: 'string' },
    only: { type: 'string' },
    gzip: { type: 'boolean', default: false },
    dist: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    short: { type: 'boolean', default: false },
  },
});
const OURS = values.dist ? builtProgram() : packedProgram();
const given = values.rounds === undefined ? (values.short ? 1 : null) : Number(values.rounds);
if (given !== null && (!Number.isInteger(given) || given < 1)) {
  throw new Error('--rounds takes a number from 1');
}
const rounds = given ?? 21;
const MANY = { rounds: given ?? 5, gzip: values.gzip };
const PARTS = ['help', 'describe', 'decode', 'classify', 'many', 'scale', 'verify'];
if (values.only !== undefined && !PARTS.includes(values.only)) {
  throw new Error(`--only takes one of ${PARTS.join(', ')}`);
}

const report = new Report((text) => process.stdout.write(text));

function wanted(part: string): boolean {
  if (values.only !== undefined) return values.only === part;
  return !values.short || part !== 'scale';
}

function ours(...args: string[]): Program {
  return { command: OURS.command, args: [...OURS.args, ...args] };
}

function benchHelp(folder: string): void {
  const empty = path.join(folder, 'empty.cjs');
  writeFileSync(empty, '');
  const bare = { command: process.execPath, args: [empty] };
  report.row('--help / bare node', compare(ours('--help'), bare, rounds), AIM_HELP);
  const explain = ours('explain', MESSAGE);
  report.row('explain MESSAGE / bare node', compare(explain, bare, rounds), AIM_HELP);
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
      report.row(`${name} / kubectl describe pod`, figure, delayMs === 0 ? AIM_WITHOUT_DELAY : aim);
    }
  });
}

async function benchAgainst(folder: string, kubectl: Kubectl): Promise<void> {
  for (const delayMs of wanted('describe') ? [DELAY_MS, 0] : []) {
    await benchDescribe(folder, kubectl, delayMs);
  }
  if (wanted('decode')) {
    await benchDecode({ folder, kubectl: kubectl.path, delayMs: DELAY_MS, rounds, ours, report });
  }
  for (const delayMs of wanted('many') ? [DELAY_MS, 0] : []) {
    await benchManyPods({ folder, kubectl, delayMs, ours, report, ...MANY });
  }
}

const folder = mkdtempSync(path.join(tmpdir(), 'kubectl-imagepull-bench-'));
try {
  const kubectl = findKubectl();
  const against = kubectl === null ? 'no kubectl' : `${kubectl.path} (${kubectl.version})`;
  const counted = `${rounds} rounds (${MANY.rounds} over 10,000 pods), medians`;
  const versions = `${runOnce(ours('--version'))}${against}`;
  process.stdout.write(`${versions}, ${counted}\n`);
  report.start();
  if (wanted('help')) benchHelp(folder);
  if (wanted('classify')) benchClassify(MANY.rounds, report);
  if (wanted('verify')) {
    await benchVerify({ folder, rounds, fewRounds: MANY.rounds, ours, report });
  }
  if (wanted('scale')) await benchScale({ folder, rounds: Math.min(MANY.rounds, 5), ours, report });
  if (kubectl === null) report.note('against kubectl: skipped: there is none');
  else await benchAgainst(folder, kubectl);
  if (values.write) writeFileSync(PAGE, speedPage(report, `${versions}, ${counted}`));
} finally {
  rmSync(folder, { recursive: true });
}
