/** The tests of one runtime: each fault is pulled, and what the runtime says is read by `explain`. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { CauseName } from '../../../../src/words/cause.ts';
import { RUNTIMES } from '../up/settings.ts';
import { captured } from './captured.ts';
import { type Explained, explainArgument, explainPiped } from './explained.ts';
import type { RuntimeFault, Said, Tool } from './fault.ts';

/** A row of the table in docs/proof. */
export interface Row extends Explained {
  readonly tool: Tool;
  readonly what: string;
  readonly text: string;
  readonly injected: CauseName;
  readonly seconds: number;
  /** Why it could not be named, where it was not. */
  readonly hidden: string | null;
  readonly ok: boolean;
}

export function rowsFile(tool: Tool): string {
  return path.join(RUNTIMES, `${tool}.json`);
}

/** The error, without the progress and the warnings before it: what a person copies. */
export function errorOf(text: string): string {
  const start = /^(?:Error|time="[^"]*" level=fatal)/m.exec(text)?.index ?? 0;
  return text.slice(start);
}

function holds({ cause, alternatives }: Explained, injected: CauseName): boolean {
  return cause === injected || alternatives.includes(injected);
}

function isCertainAndWrong({ cause, certainty }: Explained, injected: CauseName): boolean {
  return certainty === 'certain' && cause !== injected;
}

/** Names the fault unless it is hidden, and says nothing for certain that is not so. */
function isRight(explained: Explained, injected: CauseName, hidden: string | null): boolean {
  if (isCertainAndWrong(explained, injected)) return false;
  return hidden !== null || holds(explained, injected);
}

function shown(explained: Explained): string {
  const others =
    explained.alternatives.length > 0 ? ` or ${explained.alternatives.join(', ')}` : '';
  return `${explained.cause} (${explained.certainty})${others}`;
}

/** A test for each fault, and one for what its whole output reads as through a pipe. */
export function runtimeSuite(tool: Tool, faults: readonly RuntimeFault[]): void {
  describe(`runtimes: ${tool}`, () => {
    const rows: Row[] = [];
    let said: ReadonlyMap<string, Said> = new Map();

    before(async () => {
      said = await captured(tool, faults);
    });

    after(() => writeFileSync(rowsFile(tool), JSON.stringify(rows)));

    for (const fault of faults) {
      it(`${fault.name}: ${fault.what}`, async () => {
        const found = said.get(fault.name);
        assert.ok(found);
        const { text, code, seconds } = found;
        assert.notEqual(code, 0, 'the pull went well');
        assert.notEqual(code, null, `gave no error in time: ${text}`);
        const error = errorOf(text);
        const read = await explainArgument(error);
        const { what, cause: injected } = fault;
        const hidden = fault.hidden?.[tool] ?? null;
        const ok = isRight(read, injected, hidden);
        rows.push({ ...read, tool, what, injected, text: error, seconds, hidden, ok });
        assert.ok(ok, `${shown(read)}, not ${injected}, in: ${error}`);
        // A log holds more than the error: lines about something else are None.
        const piped = (await explainPiped(text)).filter(({ cause }) => cause !== 'None');
        assert.ok(
          piped.some((each) => isRight(each, injected, hidden)) &&
            piped.every((each) => !isCertainAndWrong(each, injected)),
          `piped: ${piped.map(shown).join('; ')}, not ${injected}, in: ${text}`,
        );
      });
    }
  });
}
