/** Faults of the node as a whole. */
import type { Fault } from '../fault.ts';

export const NODE_FAULTS: readonly Fault[] = [];
