/** What can go wrong with an API server, as rules that tests set. */
import type { ServerResponse } from 'node:http';
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
  | { readonly kind: 'endless' };

export interface FaultRule {
  readonly fault: Fault;
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
  }
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
