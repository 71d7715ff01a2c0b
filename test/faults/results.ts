/** What a run found out, collected by the tests and left for the page. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { kubectl } from '../cluster/help/commands.ts';
import { WORK } from '../cluster/up/settings.ts';
import type { Fault } from './fault.ts';
import type { Answer } from './judge.ts';
import { FAULTS } from './list/index.ts';
import { MENDED } from './mend/results.ts';
import { PACKED } from './packed.ts';
import type { FaultRun, MendedRow, PageRow, SecretRow } from './page.ts';

const RESULTS = path.join(WORK, 'faults.json');

const rows = new Map<string, PageRow>();
const secrets = new Map<string, SecretRow>();
const started = Date.now();

/** Adds a fault; `null`: it was not in the answer, or there was none. */
export function record(
  family: string,
  { name, cause, what, as, hidden }: Fault,
  answers: { readonly describe: Answer | null; readonly verify: Answer | null },
): PageRow {
  const row = { family, name, cause, what, as, hidden, ...answers };
  rows.set(name, row);
  return row;
}

export function recordSecret(row: SecretRow): void {
  secrets.set(row.id, row);
}

export function recorded(): readonly PageRow[] {
  return [...rows.values()];
}

async function versions(): Promise<FaultRun['versions']> {
  const node = 'jsonpath={.items[0].status.nodeInfo.containerRuntimeVersion}';
  const server = JSON.parse(await kubectl('version', '-o', 'json')) as {
    serverVersion: { gitVersion: string };
  };
  const say = (program: string, ...args: readonly string[]) =>
    execFileSync(program, args, { encoding: 'utf8' }).trim().split('\n')[0] ?? '';
  const runtime = (await kubectl('get', 'nodes', '-o', node)).replace('containerd://', '');
  return [
    ['kubectl-imagepull', say(PACKED, '--version').replace(/^kubectl-imagepull /, '')],
    ['Kubernetes', server.serverVersion.gitVersion],
    ['containerd', runtime],
    ['docker-registry', say('docker-registry', '--version').replace(/^.* /, '')],
    ['Node.js of the servers', process.version],
  ];
}

/** Leaves all that was recorded so far. */
export async function save(): Promise<void> {
  const run: FaultRun = {
    date: new Date().toISOString().slice(0, 10),
    versions: await versions(),
    seconds: (Date.now() - started) / 1000,
    rows: FAULTS.flatMap(({ name }) => rows.get(name) ?? []),
    secrets: [...secrets.values()],
    mended: [],
  };
  writeFileSync(RESULTS, JSON.stringify(run, null, 2));
}

/** What the last run left; throws where there is none. */
export function saved(): FaultRun {
  const run = JSON.parse(readFileSync(RESULTS, 'utf8')) as FaultRun;
  const mended = existsSync(MENDED)
    ? (JSON.parse(readFileSync(MENDED, 'utf8')) as MendedRow[])
    : [];
  return { ...run, mended };
}
