/** Carries out the next steps that the packed binary prints for a fault, until the pod runs. */
import { setTimeout as sleep } from 'node:timers/promises';
import { kubectl, run } from '../../cluster/help/commands.ts';
import { document } from '../../cluster/help/described.ts';
import { TRUST } from '../../cluster/help/verified.ts';
import type { Fault, Mend } from '../fault.ts';
import { targetOf } from '../inject.ts';
import { PACKED } from '../packed.ts';
import { type Doing, doing, type Step } from './commands.ts';

export interface Carried {
  /** Printed steps that were carried out, as commands. */
  readonly commands: readonly string[];
  /** Seconds from the first step until the pod ran; `null`: it never did. */
  readonly seconds: number | null;
  /** What went otherwise than the step says. */
  readonly wrong: readonly string[];
  /** The steps as printed. */
  readonly printed: readonly Step[];
}

interface Status {
  readonly name: string;
  readonly state?: {
    readonly running?: object;
    readonly terminated?: { readonly exitCode?: number };
  };
}

interface Pod {
  readonly metadata: { readonly deletionTimestamp?: string };
  readonly status: {
    readonly phase?: string;
    readonly containerStatuses?: readonly Status[];
    readonly initContainerStatuses?: readonly Status[];
    readonly ephemeralContainerStatuses?: readonly Status[];
  };
}

/** The image of the faulty container is there, and all others are, too. */
function isRunning({ metadata, status }: Pod, as: Fault['as']): boolean {
  if (metadata.deletionTimestamp !== undefined) return false;
  const runs = (all: readonly Status[] = []) =>
    all.map(({ state }) => state?.running !== undefined || state?.terminated?.exitCode === 0);
  if (as === 'ephemeral container') return runs(status.ephemeralContainerStatuses).includes(true);
  // It never ends: the image of the tests waits.
  if (as === 'init container') return runs(status.initContainerStatuses).includes(true);
  if (status.phase === 'Succeeded') return true;
  return status.phase === 'Running' && runs(status.containerStatuses).every(Boolean);
}

/** Whether the pod of the fault, or the one in its place, has its image. */
async function runs(namespace: string, { name, as }: Fault): Promise<boolean> {
  const text = await kubectl('get', 'pods', '-n', namespace, '-l', `fault=${name}`, '-o', 'json');
  const { items } = JSON.parse(text) as { items: readonly Pod[] };
  return items.some((pod) => isRunning(pod, as));
}

async function runsWithin(namespace: string, fault: Fault, seconds: number): Promise<boolean> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    if (await runs(namespace, fault)) return true;
    if (Date.now() > end) return false;
    await sleep(500);
  }
}

/** The next steps of the first failing container, as `describe --verify` prints them. */
async function printedSteps(namespace: string, fault: Fault): Promise<readonly Step[]> {
  const ran = await run(PACKED, [
    'describe',
    targetOf(fault),
    ...['-n', namespace, '-o', 'json', '--verify', ...TRUST],
  ]);
  const items = ran.code === 0 ? document(ran).items : [];
  return items[0]?.nextSteps ?? [];
}

/** How long a change is given before the next step; the last one has as long as a person would wait. */
const AFTER_CHANGE = 8;
const AFTER_LAST = 60;

/** An alternative to the step before. */
const OTHERWISE = /^Or /;

/** Describes the fault, does by hand what only words ask for, and carries out the commands in their order. */
export async function carryOut(namespace: string, fault: Fault, mend: Mend): Promise<Carried> {
  const printed = await printedSteps(namespace, fault);
  const commands: string[] = [];
  const wrong: string[] = [];
  const started = Date.now();
  const done = (mended: boolean): Carried => ({
    commands,
    seconds: mended ? Math.round((Date.now() - started) / 100) / 10 : null,
    wrong,
    printed,
  });
  await mend.byHand?.(namespace);
  for (const step of printed.filter(({ text }) => !OTHERWISE.test(text))) {
    const next = doing(step, mend);
    if (next === null) continue;
    commands.push(next.command);
    const fault_ = await execute(next);
    if (fault_ !== null) wrong.push(fault_);
    if (next.kind === 'changes' && (await runsWithin(namespace, fault, AFTER_CHANGE)))
      return done(true);
  }
  return done(await runsWithin(namespace, fault, AFTER_LAST));
}

/** What went wrong, or `null`. */
async function execute({ command, shell, stdin, codes }: Doing): Promise<string | null> {
  const { code, stderr } = await run(shell, ['-c', command], { stdin });
  if (codes.length === 0 || (code !== null && codes.includes(code))) return null;
  return `${command}: code ${code}: ${stderr.slice(0, 400)}`;
}
