/** The command: argv → a verb → an exit code. Verbs are loaded when they are called for. */

import { pageWidth } from '../print/width.ts';
import { COMMIT, VERSION } from '../version.ts';
import { UsageError } from '../words/errors.ts';
import { MASK } from '../words/hidden.ts';
import { nearest } from '../words/nearest.ts';
import type { ExitCode } from '../words/options.ts';
import { COMMAND } from '../words/plugin.ts';
import { redact } from '../words/redact.ts';
import type { World } from '../words/streams.ts';
import { type CommandLine, readArgv } from './argv.ts';
import { reportError } from './errors.ts';
import { FlagError } from './flag-error.ts';
import { optionsHelp, rootHelp, verbHelp } from './help.ts';
import { completionShell, decodeOptions, explainOptions, secretsOptions } from './options.ts';
import { describeOptions } from './options-describe.ts';
import { asksNodes, nodeCheckOptions } from './options-nodes.ts';
import { verifyOptions } from './options-verify.ts';
import { findVerb, VERBS } from './verbs.ts';
import { versionLine } from './version-line.ts';

/**
 * Runs the command line `argv` (without program name; `program` is what usage lines begin with). Answers go to
 * `world.out`, errors to `world.err`; nothing is thrown. Ends with 130 as soon as `world.signal` is aborted, whatever the
 * verb is waiting for, save what it holds: to leave the cluster as it was.
 */
export async function run(
  argv: readonly string[],
  world: World,
  program = COMMAND,
): Promise<ExitCode> {
  try {
    const held: Promise<unknown>[] = [];
    const work = dispatch(argv, world, program, (more) => held.push(more));
    const code = await Promise.race([work, interrupted(world.signal, held)]);
    return world.signal.aborted ? 130 : code;
  } catch (error) {
    return reportError(error, world, program);
  }
}

async function interrupted(
  signal: AbortSignal,
  held: readonly Promise<unknown>[],
): Promise<ExitCode> {
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await Promise.allSettled(held);
  return 130;
}

async function dispatch(
  argv: readonly string[],
  world: World,
  program: string,
  hold: (work: Promise<unknown>) => void,
): Promise<ExitCode> {
  const line = readArgv(argv);
  if (isSet(line, 'version') && line.command === undefined) {
    world.out.write(`${versionLine(VERSION, COMMIT, world)}\n`);
    return 0;
  }
  const asksHelp = line.command === 'help' || isSet(line, 'help');
  const command = line.command === 'help' ? line.args[0] : line.command;
  if (command === undefined) return show(rootHelp(pageWidth(world.out), program), world);
  if (command === 'options') {
    if (!asksHelp && line.args.length > 0) throw new UsageError('options takes no arguments');
    return show(optionsHelp(pageWidth(world.out), program), world);
  }
  const verb = findVerb(command);
  if (!verb) throw unknownCommand(command, program);
  if (asksHelp) return show(verbHelp(verb, pageWidth(world.out), program), world);
  // yargs is a third of the time of `--help`, which can do without.
  const { parseFlags } = await import('./parser.ts');
  const flags = parseFlags(verb.name, line);
  switch (verb.name) {
    case 'describe': {
      const options = describeOptions(flags, line.args);
      const { describe } = await import('../commands/describe.ts');
      return await describe(options, world);
    }
    case 'verify': {
      if (asksNodes(flags)) {
        const options = nodeCheckOptions(flags, line.args);
        const { verifyNodes } = await import('../commands/verify-nodes.ts');
        return await verifyNodes(options, world, hold);
      }
      const options = verifyOptions(flags, line.args);
      const { verify } = await import('../commands/verify.ts');
      return await verify(options, world);
    }
    case 'secrets': {
      const options = secretsOptions(flags, line.args);
      const { secrets } = await import('../commands/secrets.ts');
      return await secrets(options, world);
    }
    case 'decode': {
      const options = decodeOptions(flags, line.args);
      const { decode } = await import('../commands/decode.ts');
      return await decode(options, world);
    }
    case 'explain': {
      const options = explainOptions(flags, line.args);
      const { explain } = await import('../commands/explain.ts');
      return await explain(options, world);
    }
    case 'completion': {
      const shell = completionShell(line.args);
      const { completion } = await import('../commands/completion.ts');
      return completion(shell, world);
    }
  }
}

/** The last of `--name=true` and `--name=false` counts. */
function isSet(line: CommandLine, name: string): boolean {
  return line.flags.findLast((flag) => flag.startsWith(`--${name}=`)) === `--${name}=true`;
}

function show(text: string, world: World): ExitCode {
  world.out.write(text);
  return 0;
}

/** Longer than a verb, and than most names of objects. */
const MAX_COMMAND = 63;

function unknownCommand(command: string, program: string): FlagError {
  const near = nearVerb(command);
  const hint = near === null ? '' : `, did you mean "${near}"?`;
  // Something that was pasted, which may be a secret.
  const shown = command.length > MAX_COMMAND ? MASK : redact(command);
  return new FlagError(`unknown command "${shown}" for "${program}"${hint}`, undefined);
}

/** What may have been meant: the nearest verb, the one that begins so, or `describe` of what looks like an object's name. */
function nearVerb(command: string): string | null {
  if (command === 'version') return '--version';
  const names = [...VERBS.map((verb) => verb.name), 'help', 'options'];
  const begun = command.length > 1 ? names.filter((name) => name.startsWith(command)) : [];
  if (begun.length === 1) return begun[0] ?? null;
  return nearest(command, names) ?? (OBJECT.test(command) ? `describe ${command}` : null);
}

/** `web-7d4b9c6f5-x2x9k`, `deploy/web`: no verb has a dash, a digit or a slash. */
const OBJECT = /^(?=.*[-/\d])[a-z][a-z\d./-]{2,62}$/;
