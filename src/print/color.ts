/** Colour: only on a terminal that wants it, and never the only signal. Pure. */
import type { World } from '../words/streams.ts';

export interface Palette {
  readonly bold: (text: string) => string;
}

const plain = (text: string): string => text;

/**
 * The rules of kubectl (kubectl/pkg/util/term): stdout is a terminal, TERM is not `dumb`, NO_COLOR is not set (its
 * presence counts), on Windows WT_SESSION is set. `always` and `never` overrule.
 */
export function allowsColor(choice: 'auto' | 'always' | 'never', world: World): boolean {
  if (choice !== 'auto') return choice === 'always';
  if (!world.out.isTTY || world.env['TERM'] === 'dumb') return false;
  if (world.env['NO_COLOR'] !== undefined) return false;
  return world.platform !== 'win32' || world.env['WT_SESSION'] !== undefined;
}

/** What may be written in colour. */
export function palette(choice: 'auto' | 'always' | 'never', world: World): Palette {
  if (!allowsColor(choice, world)) return { bold: plain };
  return { bold: (text) => `\u001b[1m${text}\u001b[22m` };
}
