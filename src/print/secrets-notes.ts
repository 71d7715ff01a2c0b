/** Labelled lines under a table. Pure. */
import type { NextStep } from '../words/next-step.ts';
import { visible } from './escape.ts';
import { foldLine } from './wrap.ts';

const LABEL_WIDTH = 10;

/** A column narrower than this is harder to read than lines that the terminal breaks. */
const MIN_FOLD = 24;

/** `Found:    one` and the others below it, folded to `width` columns; none for no text. */
export function noteLines(label: string, texts: readonly string[], width: number): string[] {
  return texts
    .flatMap((text) => foldLine(visible(text), Math.max(width - LABEL_WIDTH, MIN_FOLD)))
    .map((text, i) => `${(i === 0 ? `${label}:` : '').padEnd(LABEL_WIDTH)}${text}`);
}

/** Numbered, each command on a line of its own. */
export function stepLines(steps: readonly NextStep[]): string[] {
  return steps.flatMap((step, i) => {
    const first = `${i + 1}. ${step.text}`;
    return step.command === undefined ? [first] : [first, `   ${step.command}`];
  });
}
