/** Faults that are mended by carrying out the printed next steps, until the pod runs. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { kubectl, run } from '../cluster/help/commands.ts';
import { document } from '../cluster/help/described.ts';
import { registrySecrets } from '../cluster/help/objects.ts';
import { waitFor } from '../cluster/up/processes.ts';
import type { Fault } from './fault.ts';
import { inject, targetOf } from './inject.ts';
import { chosen } from './list/index.ts';
import { type Carried, carryOut } from './mend/carry-out.ts';
import { MENDED } from './mend/results.ts';
import { mendOf, READERS_LOGIN, type Tried } from './mend/table.ts';
import { PACKED } from './packed.ts';

/** How many faults are mended at once; what breaks the node is mended alone. */
const AT_ONCE = 4;
const PATIENCE = 60;

const isShort = process.env['IMAGEPULL_FAULTS'] === 'short';

interface Job {
  readonly fault: Fault;
  readonly mend: Tried;
}

function jobs(): Job[] {
  const all = chosen(isShort ? {} : process.env);
  return all.flatMap((fault) => {
    const mend = mendOf(fault);
    return mend === null || (isShort && mend.short !== true) ? [] : [{ fault, mend }];
  });
}

const stamp = Date.now().toString(36);
const results = new Map<string, Carried>();
const failures = new Map<string, string>();

async function untilDescribed(namespace: string, fault: Fault): Promise<void> {
  const args = ['describe', targetOf(fault), '-n', namespace, '-o', 'json'];
  await waitFor(
    `${fault.name} to fail`,
    async () => {
      const ran = await run(PACKED, args);
      return ran.code === 0 && document(ran).items.some(({ cause }) => cause !== 'Unknown');
    },
    PATIENCE,
  );
}

async function mendOne({ fault, mend }: Job): Promise<void> {
  const namespace = `mend-${fault.name}-${stamp}`;
  const breakage = fault.wide ?? fault.near;
  try {
    await mend.setUp?.();
    await kubectl('create', 'namespace', namespace);
    await waitFor('the ServiceAccount', () => kubectl('get', 'sa', 'default', '-n', namespace));
    await registrySecrets(namespace);
    await breakage?.breakIt();
    await inject(namespace, [fault]);
    await untilDescribed(namespace, fault);
    results.set(fault.name, await carryOut(namespace, fault, mend));
  } catch (error) {
    failures.set(fault.name, error instanceof Error ? error.message : String(error));
  } finally {
    await breakage?.heal();
    await mend.tidyUp?.();
    await kubectl('delete', 'namespace', namespace, '--wait=false');
  }
}

async function mendAll(all: readonly Job[], atOnce: number): Promise<void> {
  const queue = all.values();
  const work = async () => {
    for (const one of queue) await mendOne(one);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

function told({ printed, commands, wrong }: Carried): string {
  const steps = printed.map(({ text, command }, i) => `${i + 1}. ${text}\n   ${command ?? ''}`);
  return [...steps, '', 'carried out:', ...commands, '', ...wrong].join('\n');
}

describe('faults: mended by the printed next steps', () => {
  const all = jobs();

  before(async function (this: Mocha.Context) {
    this.timeout(1_800_000);
    const login = path.join(homedir(), '.docker');
    mkdirSync(login, { recursive: true });
    writeFileSync(path.join(login, 'config.json'), READERS_LOGIN);
    await mendAll(
      all.filter(({ fault }) => fault.wide === undefined),
      AT_ONCE,
    );
    await mendAll(
      all.filter(({ fault }) => fault.wide !== undefined),
      1,
    );
    const rows = all.map(({ fault: { name, cause, as }, mend }) => {
      const { seconds = null, commands = [], wrong = [] } = results.get(name) ?? {};
      return {
        name,
        cause,
        as: as ?? 'Pod',
        byHand: mend.byHand !== undefined,
        seconds,
        commands,
        wrong,
      };
    });
    writeFileSync(MENDED, JSON.stringify(rows, null, 2));
  });

  for (const { fault } of all) {
    it(`${fault.name}: ${fault.what}: ${fault.cause}`, () => {
      const done = results.get(fault.name);
      assert.ok(done, failures.get(fault.name));
      assert.notEqual(done.seconds, null, `the pod does not run\n${told(done)}`);
      assert.deepEqual(done.wrong, [], told(done));
    });
  }
});
