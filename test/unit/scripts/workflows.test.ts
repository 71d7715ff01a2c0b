/** The workflows of GitHub: what can be checked without running them there. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { actionlint, lintWorkflows, workflowFiles } from '../../../scripts/lint-workflows.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly uses?: string;
  readonly 'timeout-minutes'?: number;
  readonly steps?: readonly { readonly run?: string }[];
}

/** What a job may do besides reading, by file and job. */
const RIGHTS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'ci.yml': {},
  'release.yml': {
    pack: ['attestations', 'id-token'],
    github: ['contents'],
    npm: ['id-token'],
  },
};

describe('workflows', () => {
  it('are those that are checked here', () => {
    assert.deepEqual(
      workflowFiles()
        .map((file) => path.basename(file))
        .sort(),
      Object.keys(RIGHTS),
    );
  });

  for (const file of workflowFiles()) {
    const name = path.basename(file);
    const text = readFileSync(file, 'utf8');
    const workflow = load(text) as Workflow;

    it(`${name} names every action by its commit, with the version beside it`, () => {
      const uses = [...text.matchAll(/\buses: (.+)/g)].map((match) => match[1] ?? '');
      const loose = uses.filter(
        (use) =>
          !/^[\w.-]+\/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(use) && !use.startsWith('./'),
      );
      assert.deepEqual(loose, []);
      assert.ok(uses.length > 0);
    });

    it(`${name} may only read, save for what a job needs`, () => {
      assert.deepEqual(workflow.permissions, { contents: 'read' });
      const writes = Object.entries(workflow.jobs).map(([job, { permissions = {} }]) => [
        job,
        Object.keys(permissions)
          .filter((right) => permissions[right] === 'write')
          .sort(),
      ]);
      const granted = writes.filter(([, rights]) => rights?.length);
      assert.deepEqual(Object.fromEntries(granted), RIGHTS[name]);
    });

    it(`${name} has a time limit for each job`, () => {
      for (const [job, { uses, 'timeout-minutes': minutes }] of Object.entries(workflow.jobs)) {
        assert.ok(uses !== undefined || Number(minutes) > 0, job);
      }
    });

    it(`${name} runs only what is there`, () => {
      for (const [, script] of text.matchAll(/npm run ([\w:]+)/g))
        assert.ok(scripts[script ?? ''], script);
      for (const [found] of text.matchAll(/scripts\/[\w-]+\.ts|\.ci\/run/g)) {
        assert.ok(existsSync(path.join(ROOT, found)), found);
      }
    });

    it(`${name} hands no expression to a shell`, () => {
      const steps = Object.values(workflow.jobs).flatMap((job) => job.steps ?? []);
      const runs = steps.map(({ run }) => run).filter((run) => run !== undefined);
      assert.deepEqual(
        runs.filter((run) => run.includes('${{')),
        [],
      );
      assert.ok(runs.length > 0);
    });
  }

  it('are right to actionlint', function () {
    this.timeout(180_000);
    const found = actionlint();
    if ('lacks' in found) {
      if (this.test) this.test.title += ` (skipped: no ${found.lacks})`;
      return this.skip();
    }
    assert.equal(lintWorkflows(found.program), '');
  });
});
