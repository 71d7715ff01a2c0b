/** Flags of `verify` that have nodes pull the images. */
import type { Flag, Verb } from './flag.ts';

export function nodeFlags(verbs: readonly Verb[]): Flag[] {
  const common = { group: 'From the node', verbs } as const;
  return [
    {
      ...common,
      name: 'from-node',
      type: 'boolean',
      description:
        "Have the pod's node pull: makes a Job of one pod, follows it and removes it again",
    },
    {
      ...common,
      name: 'nodes',
      type: 'string',
      value: 'SELECTOR',
      description: 'Have several nodes pull and compare them: all, or labels, e.g. pool=edge',
    },
    {
      ...common,
      name: 'node',
      type: 'string',
      repeatable: true,
      value: 'NAME',
      description: 'Have this node pull; may be repeated',
    },
    {
      ...common,
      name: 'yes',
      type: 'boolean',
      description: 'Make the Jobs without asking',
    },
    {
      ...common,
      name: 'dry-run',
      type: 'string',
      value: 'HOW',
      description: 'Make nothing and print the Job: client, server or none; with -o yaml in full',
    },
  ];
}
