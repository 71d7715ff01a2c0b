/** Flag values → the options of `describe`, checked. */

import type { AskOptions } from '../words/ask-options.ts';
import { CAUSE_NAMES, type CauseName } from '../words/cause.ts';
import { UsageError } from '../words/errors.ts';
import { nearest } from '../words/nearest.ts';
import type { DescribeOptions } from '../words/options.ts';
import { parseDuration } from './duration.ts';
import { badValue, given, lookOptions, positive, printOptions } from './options.ts';
import { checkStdin, REGISTRY_FLAGS, askOptions as registryAsk } from './options-verify.ts';
import type { FlagValues } from './parser.ts';

/** Options of `describe`; what cannot be is a UsageError. */
export function describeOptions(flags: FlagValues, args: readonly string[]): DescribeOptions {
  const options: DescribeOptions = {
    ...lookOptions(flags, args),
    fieldSelector: given(flags, 'field-selector'),
    ...printOptions(flags, 'describe'),
    causes: flags
      .strings('cause')
      .flatMap((list) => list.split(',').filter(Boolean).map(causeName)),
    registry: given(flags, 'registry'),
    sinceMs: positive(flags, 'since', 'describe'),
    noSecrets: flags.boolean('no-secrets') ?? false,
    exitCode: flags.boolean('exit-code') ?? false,
    ...watchOptions(flags),
    verify: askOptions(flags),
  };
  checkVerify(options);
  return options;
}

/** `null`: no registry is asked, and a flag that says how is a UsageError. */
function askOptions(flags: FlagValues): AskOptions | null {
  if (flags.boolean('verify')) return registryAsk(flags);
  const stray = REGISTRY_FLAGS.find(({ name, type, repeatable }) => {
    if (type === 'boolean') return flags.boolean(name);
    return repeatable ? flags.strings(name).length > 0 : given(flags, name) !== undefined;
  });
  if (stray) throw new UsageError(`--${stray.name} can only be used with --verify`);
  return null;
}

function checkVerify({ verify, watch, filenames }: DescribeOptions): void {
  if (verify === null) return;
  if (watch) throw new UsageError('--verify cannot be used with --watch');
  checkStdin(verify.own, filenames);
}

function watchOptions(flags: FlagValues): Pick<DescribeOptions, 'watch' | 'timeoutMs'> {
  const watch = flags.boolean('watch') ?? false;
  const value = given(flags, 'timeout');
  if (value === undefined) return { watch };
  if (!watch) throw new UsageError('--timeout can only be used with --watch');
  const duration = parseDuration(value);
  if (!duration.ok) throw badValue('timeout', value, duration.problem, 'describe');
  if (duration.ms < 0) throw new UsageError('--timeout must not be negative');
  return { watch, timeoutMs: duration.ms || undefined };
}

function causeName(text: string): CauseName {
  const wanted = text.trim().toLowerCase();
  const found = CAUSE_NAMES.find((name) => name.toLowerCase() === wanted);
  if (found) return found;
  const near = nearest(
    wanted,
    CAUSE_NAMES.map((name) => name.toLowerCase()),
  );
  const meant = CAUSE_NAMES.find((name) => name.toLowerCase() === near);
  const hint = meant ? `did you mean ${meant}?` : 'kubectl imagepull explain lists the causes';
  throw new UsageError(`unknown cause "${text}", ${hint}`);
}
