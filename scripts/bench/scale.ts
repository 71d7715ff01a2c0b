/** Rows of `npm run bench`: `describe -A` over 100,000 pods against itself over 10,000, 500 failing in both. */
import path from 'node:path';
import { withServer } from './api.ts';
import { checkFindings } from './many-pods.ts';
import { type Cost, compared, costOf, type Program, runOnce } from './measure.ts';
import type { Report } from './report.ts';

const AIM = { time: 11, memory: 1.2 };
const MANY = 100_000;
const FEW = 10_000;

export interface Scale {
  /** For the kubeconfigs. */
  readonly folder: string;
  readonly rounds: number;
  readonly ours: (...args: string[]) => Program;
  readonly report: Report;
}

export async function benchScale({ folder, rounds, ours, report }: Scale): Promise<void> {
  const kubeconfig = (pods: number) => path.join(folder, `kubeconfig-scale-${pods}`);
  const serving = (pods: number, work: () => Promise<void>) =>
    withServer(
      'scripts/bench/many-pods-server.ts',
      ['--kubeconfig', kubeconfig(pods), '--pods', String(pods)],
      work,
    );
  const describe = (pods: number, ...more: string[]) =>
    ours('describe', '-A', '--kubeconfig', kubeconfig(pods), ...more);
  await serving(FEW, () =>
    serving(MANY, async () => {
      for (const pods of [FEW, MANY]) checkFindings(runOnce(describe(pods, '-o', 'json')));
      const costs: { readonly few: Cost; readonly many: Cost }[] = [];
      for (let round = 0; round < rounds; round++) {
        costs.push({ few: await costOf(describe(FEW)), many: await costOf(describe(MANY)) });
      }
      const pairs = (unit: 'time' | 'memory') =>
        costs.map(({ few, many }) => ({ ours: many[unit], theirs: few[unit] }));
      report.row('describe -A, 100,000 pods / 10,000', compared(pairs('time')), AIM.time);
      const peaks = compared(pairs('memory'));
      if (Number.isNaN(peaks.ratio)) report.note('peak memory: not told by this system');
      else report.row('describe -A, 100,000 pods / 10,000, peak', peaks, AIM.memory, 'MiB');
    }),
  );
}
