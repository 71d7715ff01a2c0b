/** What `explain` reads in a text: `IMAGEPULL_PLUGIN`, run as anybody runs it. */

import { CAUSE_NAMES, type CauseName } from '../../../../src/words/cause.ts';
import { run } from '../../../cluster/help/commands.ts';

export interface Explained {
  readonly cause: CauseName;
  readonly certainty: string;
  readonly alternatives: readonly CauseName[];
}

/** Throws where the document is not one of readings. */
function readings(document: unknown): readonly Explained[] {
  const { items } = document as { readonly items?: readonly Explained[] };
  if (items === undefined || items.length === 0) throw new Error('explain gave no readings');
  return items.map(({ cause, certainty, alternatives }) => {
    if (!CAUSE_NAMES.includes(cause)) throw new Error(`explain named no cause: ${cause}`);
    return { cause, certainty, alternatives };
  });
}

async function explain(args: readonly string[], stdin: string): Promise<readonly Explained[]> {
  const plugin = process.env['IMAGEPULL_PLUGIN'];
  if (plugin === undefined) throw new Error('run these with npm run test:faults:runtimes');
  const { code, stdout, stderr } = await run(plugin, ['explain', ...args, '-o', 'json'], { stdin });
  if (code !== 0) throw new Error(`explain ended with ${code}: ${stderr}`);
  return readings(JSON.parse(stdout));
}

/** The text as an argument: one reading. */
export async function explainArgument(text: string): Promise<Explained> {
  const [first, ...more] = await explain([text], '');
  if (first === undefined || more.length > 0) throw new Error(`${more.length + 1} readings`);
  return first;
}

/** The same through a pipe: a reading for each message found in it. */
export async function explainPiped(text: string): Promise<readonly Explained[]> {
  return await explain([], text);
}
