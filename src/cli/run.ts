/** One run of the plugin: a command line and a world in, an exit code out. Verbs are loaded when they are needed. */

import { VERSION } from '../version.ts';
import type { ExitCode } from '../words/options.ts';
import type { World } from '../words/streams.ts';
import { type Parsed, parseCommandLine } from './parse.ts';

/** Runs and words every error; never throws, never exits. */
export async function run(argv: readonly string[], world: World): Promise<ExitCode> {
  try {
    return await dispatch(parseCommandLine(argv), world);
  } catch (error) {
    const { errorOutcome } = await import('./errors.ts');
    const debug = world.env['KUBECTL_IMAGEPULL_DEBUG'] !== undefined;
    const { line, code } = errorOutcome(error, world.signal.aborted, debug);
    if (line !== null) world.err.write(line);
    return code;
  }
}

async function dispatch(parsed: Parsed, world: World): Promise<ExitCode> {
  switch (parsed.kind) {
    case 'version':
      world.out.write(`kubectl-imagepull ${VERSION}\n`);
      return 0;
    case 'help': {
      const { mainHelp, verbHelp } = await import('./help.ts');
      const { VERBS } = await import('./verbs.ts');
      const verb = VERBS.find((v) => v.name === parsed.verb);
      world.out.write(verb ? verbHelp(verb) : mainHelp());
      return 0;
    }
    case 'verb': {
      const options = await import('./options.ts');
      if (parsed.verb === 'describe') {
        const { describe } = await import('../commands/describe.ts');
        return describe(options.describeOptions(parsed.args, parsed.flags), world);
      }
      const { explain } = await import('../commands/explain.ts');
      return explain(options.explainOptions(parsed.args, parsed.flags), world);
    }
  }
}
