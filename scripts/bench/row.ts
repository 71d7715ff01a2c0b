/** The table that `npm run bench` prints. */

const WIDTH = 52;

export interface Figure {
  readonly ours: number;
  readonly theirs: number;
  /** Ours divided by theirs, round by round. */
  readonly ratio: number;
}

export function header(): string {
  return `${' '.repeat(WIDTH)}  ours  theirs   ratio       aim\n`;
}

/** A ratio above its aim is marked. */
export function row(what: string, figure: Figure, aim: number): string {
  const cells = [
    what.padEnd(WIDTH),
    figure.ours.toFixed(0).padStart(5),
    figure.theirs.toFixed(0).padStart(7),
    figure.ratio.toFixed(2).padStart(7),
    `<= ${aim.toFixed(2)}`.padStart(9),
  ];
  return `${cells.join(' ')}${figure.ratio > aim ? '  missed' : ''}\n`;
}
