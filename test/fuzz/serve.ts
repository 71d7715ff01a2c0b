/** Answers that are sent byte for byte, so that nothing of what is wrong with them is put right on the way. */
import type { ServerResponse } from 'node:http';
import fc from 'fast-check';
import { CHANGE, type Change, changed, HARM } from './mutate.ts';
import { changedJson, JSON_CHANGE, type JsonChange } from './mutate-json.ts';

/** What happens to one answer of a server. */
export interface Twist {
  /** Which of the answers, counted from 0. */
  readonly nth: number;
  /** Null: its own. */
  readonly status: number | null;
  readonly json: readonly JsonChange[];
  readonly body: readonly Change[];
  readonly head: readonly Change[];
}

/** Not the statuses that are asked again after a wait: that would take the time, `test/io/faults.test.ts` has them. */
const STATUSES = [
  200, 201, 204, 206, 301, 307, 400, 401, 402, 403, 404, 409, 410, 418, 451, 500, 501,
];

/** Up to four twisted answers of the first ten. */
export const TWISTS: fc.Arbitrary<readonly Twist[]> = fc.array(
  fc.record({
    nth: fc.nat(9),
    status: fc.option(fc.constantFrom(...STATUSES), { freq: 2 }),
    json: fc.array(JSON_CHANGE, { maxLength: 4 }),
    body: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(CHANGE, { maxLength: 3 }) },
    ),
    head: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(CHANGE, { maxLength: 2 }) },
    ),
  }),
  { maxLength: 4 },
);

export interface Plain {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string;
}

const SIZE = 64 * 1024;

/** The answer as changed by the first twist that means it. */
export function twisted(
  answer: Plain,
  nth: number,
  twists: readonly Twist[],
): Plain & { head: readonly Change[] } {
  const twist = twists.find((one) => one.nth === nth);
  if (twist === undefined) return { ...answer, head: [] };
  let { body } = answer;
  if (twist.json.length > 0 && /^[{[]/.test(body)) {
    body = JSON.stringify(changedJson(body, twist.json)) ?? '';
  }
  for (const change of twist.body) body = changed(body, change, HARM, [answer.body], SIZE);
  return { ...answer, body, status: twist.status ?? answer.status, head: twist.head };
}

/** Sends it over the bare socket and ends the connection: whoever waits for more learns that there is none. */
export function sendRaw(
  response: ServerResponse,
  answer: ReturnType<typeof twisted>,
  bodiless = false,
): void {
  const body = Buffer.from(answer.body);
  const lines = Object.entries(answer.headers).flatMap(([name, value]) =>
    [value].flat().map((one) => `${name}: ${one}\r\n`),
  );
  let head = `HTTP/1.1 ${answer.status} X\r\n${lines.join('')}content-length: ${body.length}\r\nconnection: close\r\n\r\n`;
  for (const change of answer.head) head = changed(head, change, HARM, [head], SIZE);
  response.socket?.end(Buffer.concat([Buffer.from(head), bodiless ? Buffer.alloc(0) : body]));
}
