import type { CauseName } from '../words/cause.ts';
import type { NextStep } from '../words/next-step.ts';
import type { Certainty, RuntimeName, Stage } from '../words/reading.ts';
import type { ErrorPart } from './part.ts';

/** One way a runtime, the kubelet or a registry words a cause. */
export interface Pattern {
  /** Whose wording it is; `any` where several share it. */
  readonly runtime: Exclude<RuntimeName, null> | 'kubelet' | 'registry' | 'any';
  /**
   * Linear, tested on text whose names, URLs, paths and digests are filled with `¤` (see `mask.ts`), so that
   * nothing somebody named counts as a word.
   */
  readonly match: RegExp;
  /**
   * `inner`: what is left when the known wrappers are taken off (default). `part`: one error with its wrappers,
   * masked. `raw`: the same, not masked, for words that only appear inside quotes.
   */
  readonly on?: 'inner' | 'part' | 'raw';
  /** A structural condition besides the words. */
  readonly only?: (part: ErrorPart) => boolean;
  /** Lower is stronger: a registry's own words go before a bare status, a status before a wrapper. */
  readonly rank: number;
  readonly certainty: Certainty;
  /** Causes this wording does not exclude, most likely first. */
  readonly alternatives?: readonly CauseName[] | ((part: ErrorPart) => readonly CauseName[]);
  /** Where the pull was, for wordings that tell it by themselves. */
  readonly stage?: Stage;
}

/** Ranks of patterns, strongest first. */
export const RANK = {
  /** A sentence that decides alone, whatever stands beside it. */
  decisive: 10,
  /** The registry's, token server's or runtime's own words. */
  words: 20,
  /** What the network, TLS or the disk answered. */
  transport: 30,
  /** A denial in general words. */
  denial: 40,
  /** An HTTP status with its phrase. */
  status: 50,
  /** Only a wrapper says anything. */
  frame: 70,
} as const;

/** What is guilty when the cause hits many pods. */
export type Group = 'registry' | 'namespace' | 'image' | 'node' | 'pod';

export interface TellApart {
  readonly from: CauseName;
  readonly how: string;
  /** A command that answers it. */
  readonly command?: string;
}

export interface Example {
  /** Id of the row in `test/corpus`, where the text is a captured one. */
  readonly id: string;
  readonly text: string;
}

/** Everything the project knows of one cause: classifier, `explain`, the docs and the tests come from it. */
export interface Cause {
  readonly name: CauseName;
  /** Fragment in lower case that reads after `web: `. */
  readonly title: string;
  /** Two to five plain sentences. */
  readonly meaning: string;
  readonly patterns: readonly Pattern[];
  readonly examples: readonly Example[];
  readonly tellApart: readonly TellApart[];
  /** Whether waiting alone can help; `null` where it cannot be said. */
  readonly retryable: boolean | null;
  /** A short phrase on waiting. */
  readonly waiting: string;
  readonly group: Group;
  /**
   * Placeholders in commands and texts (here and in `tellApart`): `{pod} {namespace} {container} {image} {host}
   * {node} {secret} {serviceaccount} {repository} {hostname} {hostport}`; the judge fills them, in commands quoted for the shell.
   */
  readonly nextSteps: readonly NextStep[];
}
