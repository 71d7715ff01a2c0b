/** Every fault injected on a real node, and what the packed binary says of it. */
import assert from 'node:assert/strict';
import { kubectl } from '../cluster/help/commands.ts';
import type { Item } from '../cluster/help/described.ts';
import { waitFor } from '../cluster/up/processes.ts';
import { ask } from './ask.ts';
import type { Breakage, Fault } from './fault.ts';
import { inject, untilFailing } from './inject.ts';
import {
  type Answer,
  missedGoals,
  namedByDescribe,
  namedByVerify,
  score,
  wronglyCertain,
} from './judge.ts';
import { chosen, FAMILIES } from './list/index.ts';
import { deleteNamespaces, makeNamespace, namespaceOf, noPods } from './namespaces.ts';
import type { PageRow } from './page.ts';
import { record, recorded, save } from './results.ts';

/** How many binaries run at once. */
const AT_ONCE = 3;
/** Seconds; the node gives up the slowest of the pulls after less. */
const PATIENCE = 150;

interface Listed {
  readonly family: string;
  readonly fault: Fault;
}

const faults = chosen(process.env);
const listed: readonly Listed[] = Object.entries(FAMILIES).flatMap(([family, all]) =>
  all.filter((fault) => faults.includes(fault)).map((fault) => ({ family, fault })),
);
const judged = new Map<string, PageRow>();
/** What the node said, for who reads of a failure. */
const said = new Map<string, string>();

function answer(items: readonly Item[]): Answer | null {
  const [item] = items;
  if (item === undefined) return null;
  return { cause: item.cause, alternatives: item.alternatives, certainty: item.certainty };
}

/** Asks and records; without an answer there is a row all the same. */
async function judge(namespace: string, { family, fault }: Listed): Promise<void> {
  const { name } = fault;
  try {
    const { describe, verify } = await ask(namespace, fault);
    const answers = { describe: answer(describe), verify: answer(verify) };
    judged.set(name, record(family, fault, answers));
    said.set(name, [...describe, ...verify].map((i) => `${i.evidence[0]?.text}`).join('\n'));
  } catch (error) {
    judged.set(name, record(family, fault, { describe: null, verify: null }));
    said.set(name, String(error));
  }
}

/** Ends when the node says of each that it fails, or patience is over. */
async function happen(namespace: string, all: readonly Listed[]): Promise<void> {
  const of = all.map(({ fault }) => fault);
  await inject(namespace, of);
  await untilFailing(namespace, of, PATIENCE);
}

async function judgeAll(all: readonly (readonly [string, Listed])[]): Promise<void> {
  const queue = all.values();
  const work = async () => {
    for (const [namespace, each] of queue) await judge(namespace, each);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

function told(a: Answer | null): string {
  return a === null ? 'nothing' : `${a.cause} (${[a.certainty, ...a.alternatives].join(', ')})`;
}

function testThat({ family, fault }: Listed): void {
  it(`${fault.name}: ${fault.what}: ${fault.cause}`, () => {
    const none = { describe: null, verify: null };
    const row = judged.get(fault.name) ?? record(family, fault, none);
    const text = `describe: ${told(row.describe)}; --verify: ${told(row.verify)}\n${said.get(fault.name)}`;
    assert.ok(namedByDescribe(row), text);
    assert.ok(namedByVerify(row), text);
    assert.ok(!wronglyCertain(row), text);
  });
}

/** Undone in the order in which they were done, also where one of them failed half-way. */
async function healAll(all: readonly Breakage[]): Promise<void> {
  const ends = await Promise.allSettled(all.map((each) => each.heal()));
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

const together = Map.groupBy(
  listed.filter(({ fault }) => fault.wide === undefined),
  ({ family }) => family,
);
const alone = Map.groupBy(
  listed.filter(({ fault }) => fault.wide !== undefined),
  ({ fault }) => fault.wide,
);

describe('faults', () => {
  const near = [...together.values()].flat().flatMap(({ fault }) => fault.near ?? []);
  const namespaces = [...together.keys()].map(namespaceOf);

  before(async function (this: Mocha.Context) {
    this.timeout(600_000);
    for (const { breakIt } of near) await breakIt();
    await Promise.all(namespaces.map(makeNamespace));
    await Promise.all([...together].map(([family, all]) => happen(namespaceOf(family), all)));
    const all = [...together.values()].flat();
    await judgeAll(all.map((each) => [namespaceOf(each.family), each]));
  });

  after(async function (this: Mocha.Context) {
    this.timeout(240_000);
    const made = faults.flatMap(({ objects = [] }) => objects);
    const others = made.filter(({ kind }) => kind === 'Namespace').map((o) => o.metadata.name);
    await deleteNamespaces([...namespaces, ...others]);
    await healAll(near);
    if (alone.size === 0) return;
    await waitFor('the pods to be gone', () => noPods(namespaces), 200);
  });

  for (const [family, all] of together) {
    describe(family, () => {
      for (const each of all) testThat(each);
    });
  }
});

describe('faults of the whole node', () => {
  const namespace = namespaceOf('wide');
  before(async () => {
    if (alone.size > 0) await makeNamespace(namespace);
  });
  after(() => deleteNamespaces(alone.size > 0 ? [namespace] : []));

  for (const [wide, all] of alone) {
    describe(`one at a time: ${all[0]?.fault.name}`, () => {
      before(async function (this: Mocha.Context) {
        this.timeout(300_000);
        await wide?.breakIt();
        await happen(namespace, all);
        await judgeAll(all.map((each) => [namespace, each]));
      });

      after(async function (this: Mocha.Context) {
        this.timeout(120_000);
        await wide?.heal();
        // What is removed later would give room on the disk to the next.
        await kubectl('delete', 'pods', '--all', '-n', namespace, '--timeout=60s');
      });

      for (const each of all) testThat(each);
    });
  }
});

describe('faults: goals', () => {
  it('are reached', async function (this: Mocha.Context) {
    await save();
    // A mean of a few chosen faults says nothing.
    if (!['', 'short'].includes(process.env['IMAGEPULL_FAULTS'] ?? '')) return this.skip();
    assert.deepEqual(missedGoals(score(recorded())), []);
  });
});
