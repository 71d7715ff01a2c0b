/** What a flag is. */
import type { VerbName } from '../words/verbs.ts';

export type Verb = VerbName;

export type FlagGroup =
  | 'What to look at'
  | 'Filters'
  | 'Watching'
  | 'Registry'
  | 'From the node'
  | 'Output'
  | 'Cluster';

/** In the order the help shows them. */
export const FLAG_GROUPS: readonly FlagGroup[] = [
  'What to look at',
  'Filters',
  'Watching',
  'Registry',
  'From the node',
  'Output',
  'Cluster',
];

/** What a flag means to one verb. */
export interface FlagSense {
  readonly description: string;
  readonly group?: FlagGroup;
}

export interface Flag {
  /** Without dashes. */
  readonly name: string;
  readonly short?: string;
  readonly type: 'string' | 'boolean';
  /** Given several times all values count; of any other flag the last one does. */
  readonly repeatable?: boolean;
  /** What the help calls the value. */
  readonly value?: string;
  /** Upper-case first letter, no final period. */
  readonly description: string;
  readonly group: FlagGroup;
  /** Verbs that take it. */
  readonly verbs: readonly Verb[];
  /** What is said otherwise where a verb takes it in a sense of its own. */
  readonly of?: Readonly<Partial<Record<Verb, FlagSense>>>;
}
