/** The tests of one runtime: each fault is pulled, and what the runtime says is read by `explain`. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import type { CauseName } from '../../../../src/words/cause.ts';
import { captured } from './captured.ts';
import type { Explained } from './explained.ts';
import type { Read, RuntimeFault, Tool } from './fault.ts';
import { type Row, rowsFile } from './rows.ts';

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
    let all: ReadonlyMap<string, Read> = new Map();

    before(async () => {
      all = await captured(tool, faults);
    });

    after(() => writeFileSync(rowsFile(tool), JSON.stringify(rows)));

    for (const fault of faults) {
      it(`${fault.name}: ${fault.what}`, () => {
        const found = all.get(fault.name);
        assert.ok(found, 'the pull went well');
        const { text, error, code, seconds, argument } = found;
        assert.notEqual(code, null, `gave no error in time: ${text}`);
        const { what, cause: injected } = fault;
        const hidden = fault.hidden?.[tool] ?? null;
        const ok = isRight(argument, injected, hidden);
        rows.push({ ...argument, tool, what, injected, text: error, seconds, hidden, ok });
        assert.ok(ok, `${shown(argument)}, not ${injected}, in: ${error}`);
        // A log holds more than the error: lines about something else are None.
        const piped = found.piped.filter(({ cause }) => cause !== 'None');
        assert.ok(
          piped.some((each) => isRight(each, injected, hidden)) &&
            piped.every((each) => !isCertainAndWrong(each, injected)),
          `piped: ${piped.map(shown).join('; ')}, not ${injected}, in: ${text}`,
        );
      });
    }
  });
}
