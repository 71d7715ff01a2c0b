/** Every fault of one runtime, several at a time. */

import { type Daemon, startDockerd } from './dockerd.ts';
import { explainArgument, explainPiped } from './explained.ts';
import type { Read, RuntimeFault, Said, Tool } from './fault.ts';
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

/** From where a tool says what it died of. */
function errorOf(text: string): string {
  const start = /^(?:Error|time="[^"]*" level=fatal)/m.exec(text)?.index ?? 0;
  return text.slice(start);
}

async function read(said: Said): Promise<Read> {
  const error = errorOf(said.text);
  if (error === '') throw new Error(`${said.fault.name}: no error, exit code ${said.code}`);
  const [argument, piped] = await Promise.all([explainArgument(error), explainPiped(said.text)]);
  return { ...said, error, argument, piped };
}

/** What the tool said of each fault, and what is read in it, by the fault's name. */
export async function captured(
  tool: Tool,
  faults: readonly RuntimeFault[],
): Promise<ReadonlyMap<string, Read>> {
  const daemon = tool === 'dockerd' ? await startDockerd('dockerd') : null;
  const waiting = faults.toSorted((a, b) => Number(b.slow === true) - Number(a.slow === true));
  const all = new Map<string, Read>();
  const worker = async () => {
    for (let fault = waiting.shift(); fault !== undefined; fault = waiting.shift()) {
      const said = await (daemon === null ? pull(tool, fault) : pullWithDockerd(fault, daemon));
      // One that went well said nothing; its test fails.
      if (said.code !== 0) all.set(fault.name, await read(said));
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  } finally {
    await daemon?.stop();
  }
  return all;
}
