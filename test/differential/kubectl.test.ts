/** The real kubectl and we, side by side: what the server saw and what was said. */
import assert from 'node:assert/strict';
import { findKubectl, type Kubectl } from '../../scripts/bench/kubectl.ts';
import { type TempFolder, tempFolder } from '../rig/temp.ts';
import type { Aspect, Case } from './case.ts';
import { kubectlProgram, ourProgram } from './programs.ts';
import { type Outcome, type Program, runCase } from './run-case.ts';
import { CASES } from './table.ts';

interface Pair {
  readonly kubectl: Outcome;
  readonly we: Outcome;
}

/** So many cases run at a time, two processes each. */
const AT_A_TIME = 3;

/** A kubectl to compare with, or null: none at all, or the only one is too old to say what it is. */
const kubectl = find();
const title = kubectl
  ? `kubectl ${kubectl.version}`
  : 'kubectl (none on this machine: not compared)';

describe(`as ${title}`, function () {
  this.timeout(60_000);
  let folder: TempFolder;
  const results = new Map<Case, Promise<Pair>>();

  before(async function () {
    if (kubectl === null || process.platform === 'win32') return this.skip();
    folder = tempFolder();
    const theirs = kubectlProgram(kubectl.path);
    const ours = await ourProgram(folder.path);
    startAll(theirs, ours);
  });
  after(async () => {
    await Promise.allSettled(results.values());
    folder?.remove();
  });

  /** All cases run ahead of the tests that look at them. */
  function startAll(theirs: Program, ours: Program): void {
    const queue = CASES.filter(isKnown);
    const lanes: Promise<unknown>[] = Array.from({ length: AT_A_TIME }, () => Promise.resolve());
    for (const [at, row] of queue.entries()) {
      const lane = at % AT_A_TIME;
      const pair = (lanes[lane] ?? Promise.resolve()).then(async () => {
        const [kubectl, we] = await Promise.all([runCase(row, theirs), runCase(row, ours)]);
        return { kubectl, we };
      });
      lanes[lane] = pair.catch(() => undefined);
      results.set(row, pair);
    }
  }

  for (const row of CASES) {
    const tag = row.differs ? ' (differs)' : '';
    const age = isKnown(row) ? '' : ` (from kubectl 1.${row.since} on)`;
    it(`${row.name}${tag}${age}`, async function () {
      const pair = await results.get(row);
      if (pair === undefined) return this.skip();
      checkFixture(row, pair.kubectl);
      const found = differences(pair);
      if (row.differs === undefined) return assert.deepEqual(pair.we, pair.kubectl);
      if (found.includes('outcome')) return assert.ok(row.differs.in.includes('outcome'));
      assert.deepEqual(found, row.differs.in, 'the table lists another difference');
    });
  }
});

function isKnown(row: Case): boolean {
  const minor = Number(/^v1\.(\d+)/.exec(kubectl?.version ?? '')?.[1]);
  return row.since === undefined || minor >= row.since;
}

function find(): Kubectl | null {
  try {
    return findKubectl();
  } catch {
    return null;
  }
}

/** Two that fail for a reason the case does not mean are equal and tell nothing. */
function checkFixture(row: Case, kubectl: Outcome): void {
  if (row.kubectl === 'works') assert.equal(kubectl.words, '', 'kubectl should work');
  else assert.match(kubectl.words, row.kubectl);
  assert.equal(kubectl.works, row.kubectl === 'works');
  const { sees } = row;
  if (sees !== undefined) {
    assert.ok(
      kubectl.requests.some((line) => line.includes(sees)),
      `the server saw ${JSON.stringify(kubectl.requests)}, not ${sees}`,
    );
  }
}

function differences({ kubectl, we }: Pair): Aspect[] {
  const found: Aspect[] = [];
  if (kubectl.works !== we.works) found.push('outcome');
  if (kubectl.words !== we.words) found.push('words');
  if (kubectl.requests.join('\n') !== we.requests.join('\n')) found.push('requests');
  if (kubectl.files.join('\n') !== we.files.join('\n')) found.push('files');
  return found;
}
