/** What running pods have, against what the tag points to. */
import assert from 'node:assert/strict';
import { parseImage } from '../../../src/image/reference.ts';
import { digestOf, movedTag } from '../../../src/judge/verify-running.ts';
import type { LadderResult, StepResult } from '../../../src/words/ladder.ts';
import type { VerifiedRow } from '../../../src/words/verification.ts';

const sha = (char: string) => `sha256:${char.repeat(64)}`;
const NOW = sha('a');
const CHILD = sha('c');

function row(digest: string | null): VerifiedRow {
  const platform: StepResult = {
    step: 'platform',
    outcome: 'ok',
    code: 'ok',
    detail: '',
    ms: 0,
    facts: { manifests: [CHILD] },
  };
  const asked: Partial<LadderResult> = { digest, steps: [platform] };
  return { asked } as VerifiedRow;
}

const told = (image: string, ids: readonly [id: string, pods: number][], rows = [row(NOW)]) =>
  movedTag(
    { reference: parseImage(image), running: ids.map(([id, pods]) => ({ image, id, pods })) },
    rows,
  );

describe('movedTag', () => {
  const old = `docker.io/library/nginx@${sha('b')}`;
  const same = `docker.io/library/nginx@${NOW}`;

  it('says nothing where pods have what the tag points to', () => {
    assert.deepEqual(told('nginx:1', [[same, 3]]), []);
  });

  it('says nothing where they have an image of its index', () => {
    assert.deepEqual(told('nginx:1', [[`docker.io/library/nginx@${CHILD}`, 3]]), []);
  });

  it('counts the pods that have another', () => {
    assert.deepEqual(
      told('nginx:1', [
        [old, 2],
        [same, 1],
      ]),
      [
        'the tag points to sha256:aaaaaaaaaaaa… now; 2 of 3 running pods have sha256:bbbbbbbbbbbb…, pulled earlier',
      ],
    );
    assert.match(
      told('nginx:1', [
        [old, 1],
        [same, 1],
      ]).join(),
      /1 of 2 running pods has sha256:b/,
    );
    assert.match(told('nginx:1', [[old, 1]]).join(), /now; the running pod has sha256:b/);
  });

  it('adds up names of one digest, as docker and containerd tell it', () => {
    const text = told('nginx:1', [
      [old, 1],
      [`docker-pullable://nginx@${sha('b')}`, 1],
    ]);
    assert.match(text.join(), /2 of 2 running pods have/);
  });

  it('says nothing of an image named by digest, or of a tag nobody saw', () => {
    assert.deepEqual(told(`nginx@${NOW}`, [[old, 1]]), []);
    assert.deepEqual(told('nginx:1', [[old, 1]], [row(null)]), []);
  });
});

describe('digestOf', () => {
  const name = 'ghcr.io/o/app';
  const cases: readonly [id: string, digest: string | null][] = [
    [`ghcr.io/o/app@${NOW}`, NOW],
    [`docker-pullable://ghcr.io/o/app@${NOW}`, NOW],
    [`ghcr.io/o/app:1@${NOW}`, NOW],
    [NOW, null],
    [`docker://${NOW}`, null],
    [`ghcr.io/o/copy@${NOW}`, null],
    ['ghcr.io/o/app:1', null],
    ['', null],
  ];
  for (const [id, digest] of cases) {
    it(`${id || 'nothing'}: ${digest === null ? 'not comparable' : 'the digest'}`, () => {
      assert.equal(digestOf(id, name), digest);
    });
  }
});
