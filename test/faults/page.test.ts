import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { FAULTS } from './list/index.ts';
import type { FaultRun } from './page.ts';
import { faultsOnPage, faultsPage } from './page.ts';

const PAGE = new URL('../../docs/proof/faults.md', import.meta.url);

const RUN: FaultRun = {
  date: '2026-01-02',
  versions: [['containerd', 'v2.0']],
  seconds: 61.4,
  rows: [
    {
      family: 'names',
      name: 'tag',
      what: 'no | tag',
      as: 'Job',
      cause: 'TagNotFound',
      describe: {
        cause: 'TagNotFound',
        alternatives: ['RepositoryNotFound'],
        certainty: 'ambiguous',
      },
      verify: { cause: 'TagNotFound', alternatives: [], certainty: 'certain' },
    },
    {
      family: 'way',
      name: 'dns',
      what: 'no name',
      cause: 'DnsFailure',
      describe: null,
      verify: null,
    },
  ],
  secrets: [{ id: 'key-tag', what: 'a tag', came: 'Unauthorized' }],
  mended: [
    {
      name: 'tag',
      cause: 'TagNotFound',
      byHand: false,
      seconds: 2.5,
      commands: ['kubectl get x', 'kubectl set image pod/tag -n a app=b:1'],
    },
    { name: 'dns', cause: 'DnsFailure', byHand: true, seconds: null, commands: [] },
  ],
};

describe('the page of faults', () => {
  const page = faultsPage(RUN);

  it('has a row for each fault, with what was answered', () => {
    assert.ok(
      page.includes(
        '| `tag` | no \\| tag (Job) | TagNotFound | TagNotFound (ambiguous), or RepositoryNotFound | TagNotFound (certain) |',
      ),
      page,
    );
    assert.deepEqual(faultsOnPage(page), ['tag', 'dns']);
  });

  it('says what mended a fault, and which was not', () => {
    assert.match(page, /1 of 2 pods ran afterwards, of 1 causes/);
    assert.ok(page.includes('| tag | TagNotFound | `kubectl set image …` | 2.5 |'), page);
    assert.match(page, /\| dns \| DnsFailure \| \*\*not mended\*\* \|/);
  });

  it('says which fault was missed', () => {
    assert.match(page, /\| `dns` .*\| no answer \| \*\*missed:\*\* no answer \|/);
    assert.match(page, /\| 1 of 2 \(50\.0 %\) \|/);
  });

  it('on disk tells of the faults that the list has', () => {
    const told = faultsOnPage(readFileSync(PAGE, 'utf8'));
    assert.deepEqual([...told].sort(), FAULTS.map(({ name }) => name).sort());
  });
});
