/** Every fault of this tier, and who meets it. */
import type { RuntimeFault, Tool } from '../help/fault.ts';
import { ANSWERS, BLOBS } from './answers.ts';
import { CREDENTIALS, NAMES } from './names.ts';
import { NODE } from './node.ts';
import { NETWORK, PROXIES, TLS } from './way.ts';

const FAULTS: readonly RuntimeFault[] = [
  ...NAMES,
  ...CREDENTIALS,
  ...NETWORK,
  ...TLS,
  ...PROXIES,
  ...ANSWERS,
  ...BLOBS,
  ...NODE,
];

export function faultsOf(tool: Tool): readonly RuntimeFault[] {
  return FAULTS.filter(({ tools }) => tools === undefined || tools.includes(tool));
}
