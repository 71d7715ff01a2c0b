/** What stops every pull of the node, one at a time. */
import type { Fault } from '../fault.ts';
import { DNS, PROXY, ROUTES, TRUST } from './node-network.ts';
import { CREDENTIALS } from './node-plugins.ts';
import { QPS, RUNTIME, SANDBOX, SLOW } from './node-runtime.ts';
import { DISK, STORAGE } from './node-storage.ts';

export const NODE_WIDE: readonly Fault[] = [
  ...DISK,
  ...STORAGE,
  ...PROXY,
  ...DNS,
  ...SANDBOX,
  ...TRUST,
  ...ROUTES,
  ...RUNTIME,
  ...QPS,
  ...SLOW,
  ...CREDENTIALS,
];
