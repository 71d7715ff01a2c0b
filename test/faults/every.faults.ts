/** Every fault injected on a real node, and what the packed binary says of it. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { kubectl } from '../cluster/help/commands.ts';
import type { Item } from '../cluster/help/described.ts';
import { registrySecrets } from '../cluster/help/objects.ts';
import { waitFor } from '../cluster/up/processes.ts';
import { ask } from './ask.ts';
import type { Fault } from './fault.ts';
import { inject, untilFailing } from './inject.ts';
import {
  type Answer,
  type Judged,
  missedGoals,
  namedByDescribe,
  namedByVerify,
  score,
  wronglyCertain,
} from './judge.ts';
import { chosen, FAMILIES } from './list/index.ts';
import { RESULTS } from './results.ts';

/** How many binaries run at once. */
const AT_ONCE = 3;
/** The node gives up the slowest of the pulls after less. */
const PATIENCE = 150;

const faults = chosen(process.env);
const judged = new Map<string, Judged>();
const said = new Map<string, string>();

function answer(items: readonly Item[]): Answer | null {
  const [item] = items;
  if (item === undefined) return null;
  return { cause: item.cause, alternatives: item.alternatives, certainty: item.certainty };
}

async function judge(namespace: string, fault: Fault): Promise<void> {
  const { describe, verify } = await ask(namespace, fault);
  const { name, cause, hidden } = fault;
  judged.set(name, { name, cause, hidden, describe: answer(describe), verify: answer(verify) });
  said.set(name, [...describe, ...verify].map((i) => `${i.evidence[0]?.text}`).join('\n'));
}

async function judgeAll(namespace: string, all: readonly Fault[]): Promise<void> {
  const queue = all.values();
  const work = async () => {
    for (const fault of queue) await judge(namespace, fault);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

async function makeNamespace(name: string): Promise<void> {
  await kubectl('create', 'namespace', name);
  await waitFor('the ServiceAccount "default"', () => kubectl('get', 'sa', 'default', '-n', name));
  await registrySecrets(name);
}

function told(a: Answer | null): string {
  if (a === null) return 'nothing';
  return `${a.cause} (${[a.certainty, ...a.alternatives].join(', ')})`;
}

function assertNamed(fault: Fault): void {
  const row = judged.get(fault.name);
  const text = `describe: ${told(row?.describe ?? null)}; --verify: ${told(row?.verify ?? null)}\n${said.get(fault.name)}`;
  assert.ok(row && namedByDescribe(row), text);
  assert.ok(namedByVerify(row), text);
  assert.ok(!wronglyCertain(row), text);
}

const stamp = Date.now().toString(36);
const together = Object.entries(FAMILIES).map(([family, all]) => ({
  family,
  namespace: `faults-${family}-${stamp}`,
  faults: all.filter((fault) => faults.includes(fault) && fault.wide === undefined),
}));

describe('faults', () => {
  const used = together.filter(({ faults: of }) => of.length > 0);

  before(async function (this: Mocha.Context) {
    this.timeout(600_000);
    await Promise.all(used.map(({ namespace }) => makeNamespace(namespace)));
    await Promise.all(used.map(({ namespace, faults: of }) => inject(namespace, of)));
    const missing = await Promise.all(
      used.map(({ namespace, faults: of }) => untilFailing(namespace, of, PATIENCE)),
    );
    for (const name of missing.flat()) said.set(name, 'the pod never failed');
    for (const { namespace, faults: of } of used) await judgeAll(namespace, of);
  });

  after(async function (this: Mocha.Context) {
    for (const { namespace } of used)
      await kubectl('delete', 'namespace', namespace, '--wait=false');
  });

  for (const { family, faults: of } of used) {
    describe(family, () => {
      for (const fault of of)
        it(`${fault.name}: ${fault.what}: ${fault.cause}`, () => assertNamed(fault));
    });
  }
});

describe('faults: goals', () => {
  it('are reached', () => {
    const all = [...judged.values()];
    writeFileSync(RESULTS, JSON.stringify(all, null, 2));
    assert.deepEqual(missedGoals(score(all)), []);
  });
});
