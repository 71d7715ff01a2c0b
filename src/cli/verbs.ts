/** Each verb once, as data: help, docs/commands.md and the parser read this place. */
import type { Verb } from './flags.ts';

export interface VerbHelp {
  readonly name: Verb;
  readonly usage: string;
  /** Starts with a verb, no full stop. */
  readonly short: string;
  readonly long: string;
  readonly examples: readonly { readonly comment: string; readonly command: string }[];
}

export const COMMAND = 'kubectl imagepull';

export const VERBS: readonly VerbHelp[] = [
  {
    name: 'describe',
    usage: 'describe [POD | TYPE/NAME ...] [flags]',
    short: 'Say why images of pods do not pull',
    long: 'Says for each failing container the cause, what it rests on, what else it could be and what to do next. Without a name: every pull failure of the namespace, grouped by what is guilty.',
    examples: [
      { comment: 'A pod', command: 'describe web-7d4b9c6f5-x2x9k' },
      {
        comment: 'Workloads: their failing pods',
        command: 'describe deploy/web sts/db cronjob/nightly',
      },
      { comment: 'By label', command: 'describe -l app=web -n prod' },
      { comment: 'The whole cluster, the largest trouble first', command: 'describe -A' },
      { comment: 'Saved objects, no cluster needed', command: 'describe -A -f broken.json' },
    ],
  },
  {
    name: 'explain',
    usage: 'explain [CAUSE | MESSAGE] [flags]',
    short: 'Explain a pasted message or a cause by its name',
    long: 'Reads a message of the kubelet or the container runtime, or many from a file or standard input, and says which cause it tells of. Needs no cluster. Without an argument it lists the causes.',
    examples: [
      { comment: 'A message', command: `explain 'Failed to pull image "x": ...'` },
      { comment: 'A cause', command: 'explain TagNotFound' },
      { comment: 'Every event of the namespace', command: 'explain -f events.txt' },
    ],
  },
];
