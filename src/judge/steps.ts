/** Next steps as commands that can be pasted: a cause's templates filled in with what is known. Pure. */

import type { NextStep } from '../words/next-step.ts';
import { shellQuote } from '../words/shell.ts';
import { isAvailable } from '../words/verbs.ts';

/** Values for the placeholders of a cause's steps; `null` where it is not known. */
export interface StepValues {
  readonly pod: string;
  readonly namespace: string;
  readonly container: string;
  readonly image: string;
  readonly repository: string | null;
  readonly host: string | null;
  readonly node: string | null;
  readonly secret: string | null;
  readonly serviceaccount: string;
  /** What kubectl is to change, `deployment/web` and the like. */
  readonly workload: string | null;
}

/** Control characters have no place in a command that is to be pasted. */
function printable(word: string): boolean {
  return word.length <= 512 && !/[\p{Cc}\p{Cf}\u2028\u2029]/u.test(word);
}

const PLACEHOLDER = /\{([a-z]+)\}/g;

/**
 * Fills `{pod}`, `{namespace}`, … in text and command. A value that is not known is named in capitals, as kubectl's
 * usage lines have it (`SECRET`). A command of ours that this version does not have is left out.
 */
export function fillStep(step: NextStep, values: StepValues): NextStep {
  const text = fill(step.text, values, false);
  const brought = step.brought && { brought: step.brought };
  if (step.command === undefined || !isAvailable(step.command)) return { text, ...brought };
  return { text, command: fill(step.command, values, true), ...brought };
}

/** As `fillStep`; a step that is nothing without its command, or not for this pod, is left out. */
export function fillSteps(
  steps: readonly NextStep[],
  values: StepValues,
  listsSecrets: boolean,
): NextStep[] {
  const now = listsSecrets ? 'pull secret' : 'no pull secret';
  return steps
    .filter((step) => step.when === undefined || step.when === now)
    .filter((step) => step.command === undefined || isAvailable(step.command))
    .map((step) => fillStep(step, values));
}

/** A host for tools that want its port said, and for those that want none, nor the brackets of an IPv6 address. */
function hostParts(host: string | null) {
  const name = host?.replace(/:\d+$/, '') ?? null;
  return {
    hostname: name?.replace(/^\[(.+)\]$/, '$1') ?? null,
    hostport: host !== null && host === name ? `${host}:443` : host,
  };
}

function fill(template: string, values: StepValues, quote: boolean): string {
  // Of many messages each asks for its steps, and most texts have nothing to fill in.
  if (!template.includes('{')) return template;
  return template.replace(PLACEHOLDER, (whole, name: string) => {
    const value = valueNamed(name, values);
    if (value === undefined) return whole;
    if (!value || !printable(value)) return name.toUpperCase();
    return quote ? shellQuote(value) : value;
  });
}

/** Undefined where no placeholder is called so. */
function valueNamed(name: string, values: StepValues): string | null | undefined {
  if (name === 'hostname' || name === 'hostport') return hostParts(values.host)[name];
  return Object.hasOwn(values, name) ? values[name as keyof StepValues] : undefined;
}
