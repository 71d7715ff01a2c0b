/** Labelled lines under a table. Pure. */
import type { NextStep } from '../words/next-step.ts';
import { visible } from './escape.ts';
import { foldBeside } from './wrap.ts';

const LABEL_WIDTH = 10;

/** `Found:    one` and the others below it, folded to `width` columns; none for no text. */
export function noteLines(label: string, texts: readonly string[], width: number): string[] {
  return texts
    .flatMap((text) => foldBeside(visible(text), LABEL_WIDTH, width))
    .map((text, i) => `${(i === 0 ? `${label}:` : '').padEnd(LABEL_WIDTH)}${text}`);
}

/** Numbered, each command on a line of its own. */
export function stepLines(steps: readonly NextStep[]): string[] {
  return steps.flatMap((step, i) => {
    const first = `${i + 1}. ${step.text}`;
    return step.command === undefined ? [first] : [first, `   ${step.command}`];
  });
}
