import assert from 'node:assert/strict';
import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { Cut, TooLarge } from '../../../../src/cluster/http/faults.ts';
import { readLines } from '../../../../src/cluster/lists/watch-lines.ts';

describe('lines of a watch', () => {
  async function linesOf(
    answer: (response: ServerResponse) => void,
    onLine: (line: string) => boolean = () => true,
    limit?: number,
  ): Promise<string[]> {
    const server = createServer((_, response) => answer(response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const lines: string[] = [];
    try {
      const message = await new Promise<IncomingMessage>((resolve) =>
        get({ port, host: '127.0.0.1' }, resolve),
      );
      const keep = (line: string) => {
        lines.push(line);
        return onLine(line);
      };
      await readLines(message, keep, limit);
      return lines;
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }

  it('come whole, however they were cut on the way', async () => {
    const pieces = [Buffer.from('{"a":1}\n{"b"'), Buffer.from(':"\u00e4"}').subarray(0, 3)];
    const rest = Buffer.from(':"\u00e4"}').subarray(3);
    const got = await linesOf(async (response) => {
      for (const piece of [...pieces, rest, Buffer.from('\n\n{"c":3}\n')]) {
        response.write(piece);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      response.end();
    });
    assert.deepEqual(got, ['{"a":1}', '{"b":"\u00e4"}', '{"c":3}']);
  });

  it('come without a line break at the end as well', async () => {
    const got = await linesOf((response) => response.end('1\n<html>'));
    assert.deepEqual(got, ['1', '<html>']);
  });

  it('come packed as well', async () => {
    const got = await linesOf((response) => {
      response.setHeader('Content-Encoding', 'gzip');
      response.end(gzipSync('{"a":1}\n'));
    });
    assert.deepEqual(got, ['{"a":1}']);
  });

  it('stop where they are not wanted any more', async () => {
    const got = await linesOf(
      (response) => response.write('1\n2\n3\n'),
      (line) => line !== '2',
    );
    assert.deepEqual(got, ['1', '2']);
  });

  it('that are cut off are a cut connection', async () => {
    await assert.rejects(
      linesOf((response) => {
        response.write('{"a":1}\n{"b"');
        setTimeout(() => response.destroy(), 20);
      }),
      (error) => error instanceof Cut || (error as { code?: string }).code === 'ECONNRESET',
    );
  });

  it('without an end are too large', async () => {
    await assert.rejects(
      linesOf((response) => response.write('x'.repeat(5000)), undefined, 1000),
      TooLarge,
    );
  });
});
