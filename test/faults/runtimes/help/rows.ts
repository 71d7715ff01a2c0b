/** What a run leaves for docs/proof. */
import path from 'node:path';
import type { CauseName } from '../../../../src/words/cause.ts';
import { RUNTIMES } from '../up/settings.ts';
import type { Explained } from './explained.ts';
import type { Tool } from './fault.ts';

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
