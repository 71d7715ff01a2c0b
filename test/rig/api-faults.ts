/** What can go wrong with an API server, as rules that tests set. */
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { statusAnswer } from './api-answers.ts';
import type { ApiCall } from './api-paths.ts';

export type Fault =
  /** A `Status`; `bare`: without a body. */
  | {
      readonly kind: 'status';
      readonly code: number;
      readonly reason?: string;
      readonly message?: string;
      readonly retryAfter?: string;
      readonly bare?: boolean;
    }
  /** A `Status` that says again what it was shown, in its message, its phrase and a header. */
  | { readonly kind: 'echo'; readonly code: number }
  /** The connection is cut before an answer, or after half of one. */
  | { readonly kind: 'cut' }
  | { readonly kind: 'cut in half' }
  /** Never answers. */
  | { readonly kind: 'silence' }
  /** Answers after a while. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** This body with this status. */
  | { readonly kind: 'body'; readonly code?: number; readonly body: string; readonly type?: string }
  /** A body without end. */
  | { readonly kind: 'endless' }
  /** The true answer, so many bytes at a time, with a pause before each. */
  | { readonly kind: 'drip'; readonly bytes: number; readonly ms: number }
  /** The true answer, with a pause in its middle. */
  | { readonly kind: 'pause'; readonly ms: number }
  /** Half of the true answer, whose length was told, then the end; `reset`: by RST. */
  | { readonly kind: 'half'; readonly reset?: boolean }
  /** The end within a chunk; `garbled`: a chunk whose length is no number. */
  | { readonly kind: 'cut chunk'; readonly garbled?: boolean }
  | { readonly kind: 'redirect'; readonly code: number; readonly to: string }
  /** The true answer, after which its connection ends and `after` is called. */
  | { readonly kind: 'last of connection'; readonly after: () => void };

export interface FaultRule {
  readonly fault: Fault;
  /** Without the server's prefix and without query; absent: all. */
  readonly path?: string;
  /** Plural of the resource; absent: all. */
  readonly resource?: string;
  readonly verb?: 'get' | 'list';
  /** Absent: all. */
  readonly method?: 'GET' | 'POST' | 'DELETE';
  /** Only watches, or none of them. */
  readonly watch?: boolean;
  /** Namespace; absent: all requests, `''`: those across the cluster. */
  readonly namespace?: string;
  /** Only pages after the first one. */
  readonly continued?: boolean;
  /** How often; absent: always. */
  times?: number;
}

/** The first rule that means the call; one with a number of times is used up by it. */
export function ruleFor(rules: FaultRule[], call: ApiCall, method = 'GET'): FaultRule | null {
  const found = rules.find(
    (rule) =>
      rule.times !== 0 &&
      (rule.path === undefined || rule.path === call.path) &&
      (rule.resource === undefined || rule.resource === call.plural) &&
      (rule.verb === undefined || (rule.verb === 'get') === (call.name !== undefined)) &&
      (rule.method === undefined || rule.method === method) &&
      (rule.watch === undefined || rule.watch === call.query.has('watch')) &&
      (rule.namespace === undefined || rule.namespace === (call.namespace ?? '')) &&
      (!rule.continued || call.query.has('continue')),
  );
  if (found?.times !== undefined) found.times--;
  return found ?? null;
}

/** True where the answer was given (or refused) here; false: answer as usual. */
export async function play(rule: FaultRule, response: ServerResponse): Promise<boolean> {
  const { fault } = rule;
  switch (fault.kind) {
    case 'status': {
      const { body } = statusAnswer(fault.code, fault.reason ?? '', fault.message ?? '');
      if (fault.retryAfter !== undefined) response.setHeader('Retry-After', fault.retryAfter);
      response.writeHead(fault.code, { 'Content-Type': 'application/json' });
      response.end(fault.bare ? '' : JSON.stringify(body));
      return true;
    }
    case 'echo': {
      const { authorization = '' } = response.req.headers;
      const plain = Buffer.from(authorization.split(' ')[1] ?? '', 'base64').toString('latin1');
      const said = `${authorization} is wrong: ${plain.replace(/[^ -~]/g, '')}`;
      const { body } = statusAnswer(fault.code, 'Echo', said);
      response.writeHead(fault.code, said, { Warning: `299 - "${said}"` });
      response.end(JSON.stringify(body));
      return true;
    }
    case 'cut':
      response.destroy();
      return true;
    case 'cut in half':
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '1000' });
      response.write('{"kind":"PodList","items":[');
      await sleep(20);
      response.destroy();
      return true;
    case 'silence':
      return true;
    case 'slow':
      await sleep(fault.ms);
      return false;
    case 'body':
      response.writeHead(fault.code ?? 200, { 'Content-Type': fault.type ?? 'application/json' });
      response.end(fault.body);
      return true;
    case 'endless':
      response.writeHead(200, { 'Content-Type': 'application/json' });
      await pour(response);
      return true;
    case 'drip':
      shape(response, async (body) => {
        for (let at = 0; at < body.length && !response.destroyed; at += fault.bytes) {
          await sleep(fault.ms);
          response.write(body.subarray(at, at + fault.bytes));
        }
      });
      return false;
    case 'pause':
      shape(response, async (body) => {
        response.write(body.subarray(0, body.length / 2));
        await sleep(fault.ms, undefined, { ref: false });
        response.write(body.subarray(body.length / 2));
      });
      return false;
    case 'half':
      shape(response, async (body) => {
        response.write(body.subarray(0, body.length / 2));
        await sleep(20);
        if (fault.reset) (response.socket as Partial<Socket> | null)?.resetAndDestroy?.();
        response.destroy();
      });
      return false;
    case 'cut chunk':
      response.socket?.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
      response.socket?.write(fault.garbled ? 'zz\r\n{}' : '400\r\n{"kind":"PodList",');
      await sleep(20);
      response.destroy();
      return true;
    case 'redirect':
      response.writeHead(fault.code, { Location: fault.to });
      response.end();
      return true;
    case 'last of connection':
      response.setHeader('Connection', 'close');
      response.once('finish', fault.after);
      return false;
  }
}

/** Sends the body that is about to be sent in another way; `send` writes it, and its end is the end. */
function shape(response: ServerResponse, send: (body: Buffer) => Promise<void>): void {
  const end = response.end.bind(response);
  response.end = (body?: unknown) => {
    const bytes = Buffer.isBuffer(body) ? body : Buffer.from(String(body ?? ''));
    send(bytes).then(
      () => end(),
      () => response.destroy(),
    );
    return response;
  };
}

async function pour(response: ServerResponse): Promise<void> {
  const block = Buffer.alloc(4 * 1024 * 1024, 0x20);
  const closed = new Promise<void>((resolve) => response.once('close', resolve));
  while (!response.destroyed) {
    if (response.write(block)) continue;
    const drained = new Promise<void>((resolve) => response.once('drain', resolve));
    await Promise.race([drained, closed]);
  }
}
