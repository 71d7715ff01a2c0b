/** Reads an answer whole, unpacked and bounded. */
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { Cut, TooLarge } from './faults.ts';

/** 500 objects of 0.5 MB: far above real lists, below what a string of V8 can hold. */
const BODY_LIMIT_BYTES = 256 * 1024 * 1024;

/** Enough for the metadata of a list, continue token included. */
const HEAD_BYTES = 4096;

/**
 * Throws TooLarge above `limit` (after unpacking), Cut where the connection ended early. `onHead` gets the first
 * bytes as soon as they are there.
 */
export async function readBody(
  message: IncomingMessage,
  onHead?: (head: string) => void,
  limit = BODY_LIMIT_BYTES,
): Promise<Buffer> {
  const stream = await unpacked(message);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const before = size;
    size += chunk.length;
    if (size > limit) {
      message.destroy();
      throw new TooLarge(limit);
    }
    chunks.push(chunk);
    if (onHead && before < HEAD_BYTES && size >= HEAD_BYTES) onHead(headOf(chunks));
  }
  if (!message.complete) throw new Cut();
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, size);
}

function headOf(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString('latin1', 0, HEAD_BYTES);
}

/** The body as the server meant it, whatever way it was packed for the journey. */
export async function unpacked(message: IncomingMessage): Promise<Readable> {
  if (message.headers['content-encoding'] !== 'gzip') return message;
  const { createGunzip } = await import('node:zlib');
  const gunzip = createGunzip();
  // `pipe` does not carry errors over: without this a cut connection would leave the reader waiting.
  message.on('error', (error) => gunzip.destroy(error));
  return message.pipe(gunzip);
}
