import type { Cause } from '../cause.ts';
import { RANK } from '../cause.ts';
import { NEW_POD } from '../steps.ts';

export const PullConflict: Cause = {
  name: 'PullConflict',
  title: 'two pulls on the node got into each other',
  meaning:
    'Another pull or clean-up on the node holds the same layer. The content is fine; the next try usually works.',
  patterns: [
    {
      runtime: 'any',
      match:
        /\bref \S{1,400} locked\b|locked for \S{1,40} \(since|unpack destination \S{1,400} already exists|(?:target |extraction )?snapshot \S{0,400} ?already exists|layer is being pulled|pull of \S{1,400} already in progress|is being used by another pull|\bimage "?¤+"?: already exists/i,
      on: 'part',
      rank: RANK.decisive + 1,
      certainty: 'certain',
      stage: 'layer',
    },
  ],
  examples: [
    {
      id: 'B147',
      text: 'rpc error: code = Unavailable desc = ref k8s.io/1/layer-sha256:5a869bcdb9065613ed82cc4ffe8001f8bde3f490b83dd85ecc64ffbc14b40404 locked for 234.449907ms (since 2026-09-11 11:54:05.578308467 +0200 CEST m=+13.046516127): unavailable',
    },
  ],
  tellApart: [
    {
      from: 'UnpackFailed',
      how: 'If it repeats for more than ten minutes on one node, its storage is damaged.',
    },
  ],
  retryable: true,
  waiting: 'helps: the kubelet tries again by itself',
  group: 'node',
  nextSteps: [
    { text: 'Wait for the next try; if it repeats, restart the runtime on node {node}' },
    NEW_POD,
  ],
};
