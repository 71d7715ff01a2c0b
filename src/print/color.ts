/** When and how to colour. Colour never carries what the words do not. Pure. */
import type { World } from '../words/streams.ts';

export type ColorMode = 'auto' | 'always' | 'never';

/** Wraps a text in colour, or gives it back as it is. Texts of strangers are made visible before. */
export type Paint = (text: string) => string;

/** Bold alone: what a colour of the text looks like on a light terminal and on a dark one nobody can know. */
export interface Palette {
  readonly bold: Paint;
}

/**
 * Whether to colour standard output. `auto` goes by kubectl's rules (`kubectl/pkg/util/term`): a terminal that is
 * not `dumb`, NO_COLOR absent (its presence counts, even empty), on Windows only inside Windows Terminal.
 */
export function wantsColor(
  mode: ColorMode,
  world: Pick<World, 'out' | 'env' | 'platform'>,
): boolean {
  if (mode !== 'auto') return mode === 'always';
  const { out, env, platform } = world;
  if (!out.isTTY || env.NO_COLOR !== undefined || env.TERM === 'dumb') return false;
  return platform !== 'win32' || env.WT_SESSION !== undefined;
}

/** The paints for `mode` in this world. */
export function palette(mode: ColorMode, world: Pick<World, 'out' | 'env' | 'platform'>): Palette {
  const on = wantsColor(mode, world);
  const paint =
    (start: number, end: number): Paint =>
    (text) =>
      on && text !== '' ? `\x1b[${start}m${text}\x1b[${end}m` : text;
  return {
    bold: paint(1, 22),
  };
}
