import type { Follow, ObjectSource, ResourceKind } from '../words/objects.ts';
import type { Writes } from './write.ts';

/** A source of objects, ready to be asked. */
export interface OpenedSource {
  readonly source: ObjectSource;
  /** The context's namespace, or `default`. */
  readonly namespace: string;
  /** Of saved objects the newest time seen in them, in milliseconds: ages are judged by it, not by today. */
  readonly capturedAt?: number | undefined;
  /** Of saved objects the files that could not be used, one line each; the others count. */
  readonly skipped: readonly string[];
  /** Of saved objects the kinds that are none of Kubernetes' own. */
  readonly customKinds?: readonly ResourceKind[] | undefined;
  /** Of a live server only. */
  readonly follow?: Follow | undefined;
  /** Of a live server only. */
  readonly writes?: Writes | undefined;
  /** How many objects of which type were read so far, for a person who waits: `3500 pods, 120 events`. */
  readonly progress?: (() => string) | undefined;
  /** Ends the connections. */
  close(): void;
}
