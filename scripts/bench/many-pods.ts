/** Rows of `npm run bench`: `describe -A` over 10,000 pods against kubectl's own lists of them. */
import { get } from 'node:https';
import path from 'node:path';
import { json } from 'node:stream/consumers';
import { certificate } from '../../test/rig/api-server.ts';
import { withServer } from './api.ts';
import type { Kubectl } from './kubectl.ts';
import { FAILING } from './many-pods-objects.ts';
import type { ServedRequest } from './many-pods-server.ts';
import { type Cost, compared, costOf, type Program, runOnce } from './measure.ts';
import type { Report } from './report.ts';

/** Ratios of describe to each of kubectl's outputs: facts of issue 4. */
const AIMS = [
  { what: 'get pods -A', time: 0.3, memory: 0.7 },
  { what: 'get pods -A -o json', time: 0.1, memory: 0.2 },
] as const;

export interface ManyPods {
  /** For the kubeconfig and kubectl's cache. */
  readonly folder: string;
  readonly kubectl: Kubectl;
  /** Before each answer of the server. */
  readonly delayMs: number;
  readonly rounds: number;
  /** Whether the server packs long answers for those who take it, as a real one does. */
  readonly gzip: boolean;
  readonly ours: (...args: string[]) => Program;
  readonly report: Report;
}

export async function benchManyPods(settings: ManyPods): Promise<void> {
  const { folder, delayMs, gzip } = settings;
  const kubeconfig = path.join(folder, `kubeconfig-many-${delayMs}`);
  const args = ['--kubeconfig', kubeconfig, '--delay', String(delayMs)];
  if (gzip) args.push('--gzip');
  await withServer('scripts/bench/many-pods-server.ts', args, async (url) => {
    await measure(settings, kubeconfig, url);
  });
}

async function measure(settings: ManyPods, kubeconfig: string, url: string): Promise<void> {
  const { folder, kubectl, delayMs, rounds, ours, report } = settings;
  const at = ['--kubeconfig', kubeconfig];
  const cache = ['--cache-dir', path.join(folder, 'kubectl-cache')];
  const describe = ours('describe', '-A', ...at);
  const list = { command: kubectl.path, args: ['get', 'pods', '-A', ...at, ...cache] };
  const programs = [describe, list, { ...list, args: [...list.args, '-o', 'json'] }];
  checkFindings(runOnce(ours('describe', '-A', '-o', 'json', ...at)));
  // Fills kubectl's cache of what the server has.
  await costOf(list);
  const asked: string[] = [];
  await requestsOf(url);
  for (const program of programs) {
    await costOf(program);
    asked.push(inShort(await requestsOf(url)));
  }
  const costs: Cost[][] = [];
  for (let round = 0; round < rounds; round++) costs.push(await roundOf(programs, round));
  AIMS.forEach(({ what, time, memory }, i) => {
    const pairs = (unit: 'time' | 'memory') =>
      costs.flatMap(([mine, ...theirs]) => {
        const other = theirs[i];
        return mine && other ? [{ ours: mine[unit], theirs: other[unit] }] : [];
      });
    const name = `describe -A, ${delayMs} ms a request / ${what}`;
    report.row(name, compared(pairs('time')), time);
    const peaks = compared(pairs('memory'));
    if (Number.isNaN(peaks.ratio)) report.note('peak memory: not told by this system');
    else report.row(`${name}, peak`, peaks, memory, 'MiB');
  });
  report.note(`asked for: ours ${asked[0]}; kubectl ${asked[1]}; ${asked[2]}`);
}

/** Each program once; who goes first changes from round to round. */
async function roundOf(programs: readonly Program[], round: number): Promise<Cost[]> {
  const costs: Cost[] = [];
  for (let i = 0; i < programs.length; i++) {
    const at = (i + round) % programs.length;
    const program = programs[at];
    if (program) costs[at] = await costOf(program);
  }
  return costs;
}

/** Throws where not exactly the failing pods were found, or where a cause that the server tells was not. */
export function checkFindings(text: string): void {
  const { items } = JSON.parse(text) as {
    items: { namespace: string; pod: string; cause: string }[];
  };
  const pods = new Set(items.map(({ namespace, pod }) => `${namespace}/${pod}`));
  if (pods.size !== FAILING) throw new Error(`describe -A finds ${pods.size} pods, not ${FAILING}`);
  const unknown = items.filter(({ cause }) => cause === 'Unknown');
  if (unknown.length > 0) throw new Error(`describe -A knows no cause for ${unknown.length} pods`);
}

/** What the server was asked for since this was last called. */
function requestsOf(url: string): Promise<readonly ServedRequest[]> {
  const identity = {
    ca: certificate('ca.crt'),
    cert: certificate('client.crt'),
    key: certificate('client.key'),
  };
  return new Promise((resolve, reject) => {
    get(`${url}/requests`, { ...identity, agent: false }, (response) => {
      resolve(json(response) as Promise<readonly ServedRequest[]>);
    }).on('error', reject);
  });
}

function inShort(requests: readonly ServedRequest[]): string {
  const bytes = requests.reduce((sum, request) => sum + request.bytes, 0);
  return `${requests.length} requests, ${(bytes / 1e6).toFixed(1)} MB`;
}
