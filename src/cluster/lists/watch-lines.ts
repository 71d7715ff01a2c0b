/** The body of a watch: one JSON document a line, for as long as it lasts. */
import type { IncomingMessage } from 'node:http';
import { unpacked } from '../http/body.ts';
import { Cut, TooLarge } from '../http/faults.ts';

/** One object and its wrapping; etcd takes 1.5 MB. */
const LINE_LIMIT_BYTES = 32 * 1024 * 1024;

/**
 * Hands each line to `onLine`, until that says false; the last one also where no line break ends it. Resolves where
 * the server ended the answer, throws Cut where it was cut off.
 */
export async function readLines(
  message: IncomingMessage,
  onLine: (line: string) => boolean,
  limit = LINE_LIMIT_BYTES,
): Promise<void> {
  let rest: Buffer[] = [];
  let size = 0;
  for await (const chunk of (await unpacked(message)) as AsyncIterable<Buffer>) {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      rest.push(chunk.subarray(start, end));
      const line = Buffer.concat(rest).toString('utf8').trim();
      rest = [];
      size = 0;
      start = end + 1;
      if (line !== '' && !onLine(line)) {
        message.destroy();
        return;
      }
    }
    if (start === chunk.length) continue;
    rest.push(chunk.subarray(start));
    size += chunk.length - start;
    if (size > limit) {
      message.destroy();
      throw new TooLarge(limit);
    }
  }
  if (!message.complete) throw new Cut();
  const line = Buffer.concat(rest).toString('utf8').trim();
  if (line !== '') onLine(line);
}
