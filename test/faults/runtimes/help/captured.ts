/** Every fault of one runtime, several at a time. */

import { type Daemon, startDockerd } from './dockerd.ts';
import type { RuntimeFault, Said, Tool } from './fault.ts';
import { ownFolder, pull } from './tools.ts';

/** Most of them wait for a server or a timeout. */
const AT_ONCE = 8;

async function pullWithDockerd(fault: RuntimeFault, daemon: Daemon): Promise<Said> {
  const { setting } = fault;
  if (setting === undefined) return await pull('dockerd', fault, fault.socket ?? daemon.socket);
  const own = await startDockerd(`dockerd-${fault.name}`, setting, ownFolder('dockerd', fault));
  try {
    return await pull('dockerd', fault, own.socket);
  } finally {
    await own.stop();
  }
}

/** What the tool said of each fault, by the fault's name. */
export async function captured(
  tool: Tool,
  faults: readonly RuntimeFault[],
): Promise<ReadonlyMap<string, Said>> {
  const daemon = tool === 'dockerd' ? await startDockerd('dockerd') : null;
  const waiting = faults.toSorted((a, b) => Number(b.slow === true) - Number(a.slow === true));
  const said = new Map<string, Said>();
  const worker = async () => {
    for (let fault = waiting.shift(); fault !== undefined; fault = waiting.shift()) {
      said.set(
        fault.name,
        await (daemon === null ? pull(tool, fault) : pullWithDockerd(fault, daemon)),
      );
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  } finally {
    await daemon?.stop();
  }
  return said;
}
