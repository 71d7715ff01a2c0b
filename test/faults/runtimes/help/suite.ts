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

/** Names the fault, and says nothing for certain that is not so. */
function isRight(explained: Explained, injected: CauseName): boolean {
  return holds(explained, injected) && !isCertainAndWrong(explained, injected);
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
        const ok = isRight(read, fault.cause);
        const { what, cause: injected } = fault;
        rows.push({ ...read, tool, what, injected, text: error, seconds, ok });
        assert.ok(ok, `${shown(read)}, not ${injected}, in: ${error}`);
        const piped = await explainPiped(text);
        assert.ok(
          piped.some((each) => holds(each, injected)) &&
            !piped.some((each) => each.cause !== 'None' && isCertainAndWrong(each, injected)),
          `piped: ${piped.map(shown).join('; ')}, not ${injected}, in: ${text}`,
        );
      });
    }
  });
}
