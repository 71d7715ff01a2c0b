/** Faults of the node. */
import type { Fault } from '../fault.ts';
import { NODE_CHECKS } from './node-checks.ts';
import { NODE_CONFIG } from './node-config.ts';
import { NODE_WIDE } from './node-wide.ts';

export const NODE_FAULTS: readonly Fault[] = [...NODE_CONFIG, ...NODE_CHECKS, ...NODE_WIDE];
