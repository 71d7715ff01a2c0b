/**
 * Takes pasted or piped text apart into the messages to classify: JSON (events, pods, lists, arrays), JSON Lines,
 * tables of events, `kubectl describe`, logs, a message a line. Pure.
 */

import { bareRow, eventHeader } from './messages/event-table.ts';
import { documentMessages } from './messages/json.ts';
import { isDescribe, textMessages } from './messages/lines.ts';
import { type Message, message } from './messages/message.ts';

export { isBareMessage } from './messages/bare.ts';
export { documentMessages } from './messages/json.ts';
export { MAX_MESSAGE, type Message } from './messages/message.ts';

/** The messages of a text, in its order, one for each message given. Any text of any size is accepted. */
export function splitMessages(text: string): Message[] {
  const value = wholeJson(text);
  return value === undefined ? textMessages(text) : documentMessages(value);
}

/**
 * The messages of an argument: one, line breaks included, unless it is JSON, a table of events or the output of
 * `kubectl describe`.
 */
export function argumentMessages(text: string): Message[] {
  const value = wholeJson(text);
  if (value !== undefined) {
    const found = documentMessages(value);
    return found.length > 0 ? found : [message(text.trim())];
  }
  const lines = text.split('\n', 1000);
  if (isDescribe(text) || lines.some((line) => eventHeader(line) ?? bareRow(line))) {
    return textMessages(text);
  }
  return [message(text.trim())];
}

/**
 * Objects over several lines, in YAML or in JSON as kubectl prints it: for a parser of such documents, not for
 * `splitMessages`.
 */
export function isManifest(text: string): boolean {
  const start = text.slice(0, 2000);
  if (/^\s*(?:---[^\n]*\n\s*)?(?:#[^\n]*\n\s*)*(?:apiVersion|kind|items|metadata):/.test(start)) {
    return true;
  }
  return /^\s*[{[][ \t]*\r?\n/.test(start);
}

/** The value of a text that is JSON as a whole; several lines of JSON are not. */
function wholeJson(text: string): unknown {
  if (!/^\s{0,1000}[{[]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
