/**
 * What the errors of one registry mean where that is more than status and code say: one row an answer, and which row
 * an answer fits. Pure.
 */
import type { CauseName } from '../words/cause.ts';
import type { FailedCode, StepName } from '../words/ladder.ts';

/** Where the pull was. `challenge`: the registry wants a login over Basic and got none. */
export type AnswerPlace = 'challenge' | 'token' | 'manifest' | 'blob';

/** Where the words come from. `recorded`: somebody met them. `documented`: documents or the registry's code only. */
export interface AnswerSource {
  readonly kind: 'recorded' | 'documented';
  /** A page, an issue, a file of a repository, or `test/corpus ID`. */
  readonly where: string;
}

export interface RegistryAnswer {
  readonly at: readonly AnswerPlace[];
  /** Empty: any, where only the words are known. */
  readonly status: readonly number[];
  /** Whether a credential was sent; left out where it is the same answer. */
  readonly sent?: boolean;
  /** `code` of the error. */
  readonly code?: string;
  /** Of the message. Linear. */
  readonly says?: RegExp;
  /** Most likely first. */
  readonly causes: readonly [CauseName, ...CauseName[]];
  /** It may come as a web page; one of a proxy or firewall fits no other row. */
  readonly page?: true;
  /** In place of the code that status and error give. */
  readonly ladder?: FailedCode;
  /** A fragment without full stop that stands alone. */
  readonly means: string;
  /** What the answer leaves open, or what else is good to know: a sentence without full stop or capital. */
  readonly open?: string;
  /** It is an answer to the address that asks: a node with another one may get another. */
  readonly address?: true;
  /** The body; `''` where none is known. The JSON around recorded words is the specification's. */
  readonly example: string;
  readonly source: AnswerSource;
}

/** An error as a registry gave it. */
export interface SaidError {
  readonly at: AnswerPlace;
  readonly status: number;
  /** `''` where there is none. */
  readonly code: string;
  readonly message: string;
  readonly sent: boolean;
  /** The body is a web page. */
  readonly page: boolean;
}

/** The first row that fits. `words`: only one that goes by words or code of the error, not by the status alone. */
export function answerOf(
  rows: readonly RegistryAnswer[],
  said: SaidError,
  words: boolean,
): RegistryAnswer | null {
  const row = rows.find((one) => fits(one, said));
  if (row === undefined) return null;
  return words && row.says === undefined && row.code === undefined ? null : row;
}

function fits(row: RegistryAnswer, { at, status, code, message, sent, page }: SaidError): boolean {
  if (page && row.page !== true) return false;
  if (!row.at.includes(at)) return false;
  if (row.status.length > 0 && !row.status.includes(status)) return false;
  if (row.sent !== undefined && row.sent !== sent) return false;
  if (row.code !== undefined && row.code !== code) return false;
  return row.says === undefined || row.says.test(message);
}

/** The place that a step of the ladder asks at; `null` for those before any answer. */
export function placeOf(step: StepName): AnswerPlace | null {
  return PLACES[step] ?? null;
}

const PLACES: Partial<Record<StepName, AnswerPlace>> = {
  challenge: 'challenge',
  token: 'token',
  manifest: 'manifest',
  platform: 'manifest',
  config: 'blob',
  layers: 'blob',
};

/** The specification's body of an error. */
export function body(code: string, message: string): string {
  return JSON.stringify({ errors: [{ code, message }] });
}

export function recorded(where: string): AnswerSource {
  return { kind: 'recorded', where };
}

export function documented(where: string): AnswerSource {
  return { kind: 'documented', where };
}

/** Both places where a login is told good from bad. */
export const LOGIN: readonly AnswerPlace[] = ['token', 'manifest'];
/** Every answer after the login. */
export const CONTENT: readonly AnswerPlace[] = ['manifest', 'blob'];
export const ANYWHERE: readonly AnswerPlace[] = ['token', 'manifest', 'blob'];
