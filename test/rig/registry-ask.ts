/** Asks a registry as a command does, with settings that tests change. */
import assert from 'node:assert/strict';
import { parseImage } from '../../src/image/reference.ts';
import { climb } from '../../src/registry/climb.ts';
import { Pool } from '../../src/registry/pool.ts';
import {
  type LadderRequest,
  type RegistryCredential,
  type RegistrySettings,
  TIMEOUTS,
} from '../../src/registry/settings.ts';
import { Hidden } from '../../src/words/hidden.ts';
import type { LadderResult, StepName } from '../../src/words/ladder.ts';
import { certificate } from './api-server.ts';

export function settings(change: Partial<RegistrySettings> = {}): RegistrySettings {
  return {
    plainHttp: false,
    insecureSkipTls: false,
    ca: [certificate('ca.crt')],
    mirrors: [],
    addresses: new Map(),
    proxies: null,
    noCredentialsTo: new Set(),
    timeouts: TIMEOUTS,
    concurrency: 8,
    userAgent: 'kubectl-imagepull/test',
    signal: new AbortController().signal,
    now: Date.now,
    ...change,
  };
}

export function login(username: string, password: string): RegistryCredential {
  return { label: 'secret/regcred', username, password: new Hidden(password) };
}

export function requestFor(image: string, change: Partial<LadderRequest> = {}): LadderRequest {
  const parsed = parseImage(image);
  assert(parsed.valid, image);
  return { image: parsed, credential: null, platform: null, depth: 'blobs', ...change };
}

/** One ladder with a pool of its own. */
export async function ask(
  image: string,
  change: Partial<LadderRequest> = {},
  with_: Partial<RegistrySettings> = {},
): Promise<LadderResult> {
  const pool = new Pool(settings(with_));
  try {
    return await climb(requestFor(image, change), pool);
  } finally {
    pool.close();
  }
}

/** `STEP OUTCOME CODE` of each step, `ok ok` and `skipped` said once. */
export function stepsOf(result: LadderResult): Partial<Record<StepName, string>> {
  return Object.fromEntries(result.steps.map(({ step, code }) => [step, code]));
}
