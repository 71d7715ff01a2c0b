/** The table that `npm run bench` prints, and docs/proof/speed.md that it writes with `--write`. */
import { type Figure, header, row } from './row.ts';

interface Line {
  readonly what: string;
  readonly figure: Figure;
  readonly aim: number;
  readonly unit: string;
}

export class Report {
  readonly #write: (text: string) => void;
  readonly #lines: (Line | string)[] = [];

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  start(): void {
    this.#write(header());
  }

  /** One ratio; `unit` of the two figures it comes from. */
  row(what: string, figure: Figure, aim: number, unit = 'ms'): void {
    this.#lines.push({ what, figure, aim, unit });
    this.#write(row(unit === 'ms' ? what : `${what}, ${unit}`, figure, aim));
  }

  /** What is said below the rows before it, or why there are none. */
  note(text: string): void {
    this.#lines.push(text);
    this.#write(`  ${text}\n`);
  }

  /** Rows whose ratio is above its aim. */
  get missed(): number {
    return this.#lines.filter((line) => typeof line === 'object' && line.figure.ratio > line.aim)
      .length;
  }

  /** Rows as a table of Markdown; notes follow it. */
  markdown(): string {
    const rows = this.#lines.filter((line) => typeof line === 'object');
    const cells = rows.map(({ what, figure, aim, unit }) => {
      const [ours, theirs] = [figure.ours, figure.theirs].map((n) => `${inDigits(n)} ${unit}`);
      const met = figure.ratio > aim ? 'missed' : 'met';
      return `| ${what} | ${ours} | ${theirs} | ${figure.ratio.toFixed(2)} | ≤ ${aim} | ${met} |`;
    });
    const notes = this.#lines.flatMap((line, at) => {
      if (typeof line !== 'string') return [];
      const before = this.#lines.slice(0, at).findLast((one) => typeof one === 'object');
      return [`- ${before === undefined ? '' : `${before.what}: `}${line}`];
    });
    const head =
      '| work / against | ours | theirs | ratio | aim | |\n| --- | --: | --: | --: | --: | --- |';
    return `${[head, ...cells].join('\n')}\n\n${notes.join('\n')}\n`;
  }
}

function inDigits(n: number): string {
  return n < 10 ? n.toFixed(2) : n.toFixed(0);
}
