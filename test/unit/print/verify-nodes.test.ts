import assert from 'node:assert/strict';
import { nodesText, planText } from '../../../src/print/verify-nodes.ts';
import type { NodeAnswer, NodeCheck } from '../../../src/words/node-check.ts';

const PRINT = {
  noHeaders: false,
  wide: false,
  bold: (text: string) => text,
  width: Number.POSITIVE_INFINITY,
};

function answer(change: Partial<NodeAnswer> = {}): NodeAnswer {
  return {
    namespace: 'shop',
    pod: 'web',
    image: 'quay.io/a/b:1',
    node: 'n1',
    result: 'pullable',
    cause: null,
    certainty: null,
    alternatives: [],
    detail: '',
    evidence: [],
    findings: [],
    nextSteps: [],
    ms: 1234,
    ...change,
  };
}

const head = (...answers: NodeAnswer[]) =>
  nodesText(answers, PRINT).split('\n', 1)[0]?.split(/ {2,}/);

describe('answers of nodes', () => {
  it('one node: a row an image', () => {
    assert.deepEqual(head(answer()), ['IMAGE', 'CREDENTIAL', 'RESULT', 'CAUSE', 'DETAIL']);
  });

  it('several: a row a node, with the image where there are several', () => {
    const other = answer({ node: 'n2' });
    assert.deepEqual(head(answer(), other), ['NODE', 'RESULT', 'CAUSE', 'DETAIL']);
    assert.deepEqual(head(answer(), { ...other, image: 'x' })?.slice(0, 2), ['IMAGE', 'NODE']);
  });

  it('wide: whose and how long', () => {
    const text = nodesText([answer()], { ...PRINT, wide: true });
    assert.match(text, /POD +TIME +RESULT/);
    assert.match(text, /web +1\.2s +pullable/);
  });

  it('a text that the table cuts stands below it, once for alike nodes', () => {
    const detail = `the quota says ${'x'.repeat(120)} no`;
    const open = { result: 'unverifiable', detail } as const;
    const text = nodesText([answer(open), answer({ ...open, node: 'n2' })], PRINT);
    assert.match(text, /from nodes n1, n2\nSaid: +the quota says x+ no\n/);
  });

  it('causes that cannot be told apart are all named', () => {
    const failed = answer({
      result: 'not pullable',
      cause: 'TagNotFound',
      certainty: 'ambiguous',
      alternatives: ['RepositoryNotFound'],
    });
    assert.match(nodesText([failed], PRINT), /TagNotFound\|RepositoryNotFound/);
  });

  it('control characters are made visible', () => {
    const bad = '\x1b[31mred\u202e';
    const text = nodesText(
      [answer({ image: bad, node: bad, detail: bad, findings: [bad], result: 'unverifiable' })],
      PRINT,
    );
    assert.ok(!text.includes('\x1b') && !text.includes('\u202e'));
  });
});

describe('what is to be made', () => {
  const check = (node: string, unfit: string | null = null): NodeCheck => ({
    subject: {
      namespace: 'shop',
      pod: 'web',
      workload: null,
      serviceAccount: 'web',
      pullSecrets: ['regcred'],
      images: ['quay.io/a/b:1'],
      tolerations: [],
      runAsUser: null,
      node,
    },
    node: { name: node, os: 'linux', taints: [], unfit },
  });

  it('is said before it is', () => {
    const text = planText([check('n1'), check('n2'), check('n3', 'not Ready')], 1);
    assert.match(text, /^To make in namespace shop: 2 Jobs of one pod, 1 at a time, removed again/);
    assert.match(text, /nodes: n1, n2\n/);
    assert.match(text, /layers that a node holds are not fetched/);
  });

  it('is nothing where no node is fit', () => {
    assert.equal(planText([check('n3', 'not Ready')], 1), '');
  });
});
