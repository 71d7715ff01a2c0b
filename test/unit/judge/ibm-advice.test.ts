/** The commands of the runbook, tried in bash with tools that only write down what they were told. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ibmAdvice } from '../../../src/judge/ibm-advice.ts';
import { failed } from '../../../src/judge/ibm-step.ts';
import { registryById } from '../../../src/registries/index.ts';
import { secretCommand } from '../../../src/registries/secret.ts';
import type { IbmFacts, IbmFailedCode, IbmStepName } from '../../../src/words/ibm.ts';
import { type TempFolder, tempFolder } from '../../rig/temp.ts';

const IMAGE = {
  host: 'us.icr.io',
  apiHost: 'us.icr.io',
  region: 'us-south',
  isPrivate: false,
  namespace: 'shop',
  repository: 'shop/web',
  tag: '1',
  digest: null,
};

function commands(
  step: IbmStepName,
  code: IbmFailedCode,
  facts: IbmFacts = {},
  namespace = 'team',
): string[] {
  const identity = {
    kind: 'service ID',
    iamId: 'iam-ServiceId-1',
    name: null,
    description: null,
    account: 'a',
    cluster: 'c1',
  } as const;
  const steps = [failed(step, code, { detail: 'x', facts })];
  const answer = { credential: 'secret x', identity, steps };
  const ibm = { region: 'us-south', namespace: 'shop', owner: 'a', credentials: [] };
  const secret = { namespace, name: 'all-icr-io' };
  const advice = ibmAdvice({ answer, secret }, ibm, IMAGE, { users: [], serviceAccount: null });
  return advice.flatMap(({ command }) => command ?? []);
}

describe('advice for IBM Cloud', () => {
  describe('to raise the limit of pull traffic', () => {
    for (const [limitBytes, usedBytes, value] of [
      [5_120_000_000, 5_120_000_000, '10240'],
      [50e9, 51e9, '100000'],
      [1_500_000, 1_500_000, '3'],
      [5e9, 11e9, 'MEGABYTES'],
      [0, 0, 'MEGABYTES'],
      [1e300, 1e300, 'MEGABYTES'],
    ] as const) {
      it(`of ${limitBytes}, ${usedBytes} used: ${value}`, () => {
        const facts = { limitBytes, usedBytes };
        const all = commands('ibm-traffic', 'ibm-traffic-reached', facts);
        assert.equal(all.at(-1), `ibmcloud cr quota-set --traffic ${value}`);
      });
    }

    it('of a limit that is not known', () => {
      const all = commands('ibm-traffic', 'ibm-traffic-reached');
      assert.equal(all.at(-1), 'ibmcloud cr quota-set --traffic MEGABYTES');
    });
  });

  it('copies nothing onto itself in namespace default', () => {
    const all = commands('ibm-alive', 'ibm-key-not-found', {}, 'default');
    assert.equal(all.length, 3);
    assert.ok(!all.join('\n').includes('create secret'));
  });

  it('takes no old copy away', () => {
    const all = commands('ibm-alive', 'ibm-key-not-found');
    assert.ok(!all.join('\n').includes('delete secret'));
  });

  describe('waits for the new secret', () => {
    /** The secret has version 7 until it was asked for three times after `apply`. */
    const KUBECTL = `#!/bin/bash
echo "kubectl $*" >> "$OUT/log"
case "$*" in
*resourceVersion*)
  [ -e "$OUT/applied" ] || { printf 7; exit 0; }
  echo x >> "$OUT/applied"
  [ "$(wc -l < "$OUT/applied")" -gt 3 ] && printf 9 || printf 7 ;;
*go-template*) [ "$(wc -l < "$OUT/applied")" -gt 3 ] && printf NEW || printf OLD ;;
*create*) cat "$(grep -o '/dev/[a-z0-9/]*' <<< "$*")" > "$OUT/content"; echo 'kind: Secret' ;;
*apply*) cat > "$OUT/written" ;;
esac
`;
    let folder: TempFolder;
    beforeEach(() => {
      folder = tempFolder();
      const tools = {
        kubectl: KUBECTL,
        ibmcloud: '#!/bin/bash\necho "ibmcloud $*" >> "$OUT/log"; echo applied > "$OUT/applied"\n',
        sleep: '#!/bin/bash\n:\n',
      };
      for (const [name, text] of Object.entries(tools)) chmodSync(folder.write(name, text), 0o755);
    });
    afterEach(() => folder.remove());

    function run(script: string): string {
      const { path } = folder;
      const env = { PATH: `${path}:/usr/bin:/bin`, OUT: path };
      const done = spawnSync('bash', ['-c', script], { env, timeout: 10_000 });
      assert.equal(done.status, 0, done.stderr.toString());
      assert.equal(readFileSync(join(path, 'content'), 'utf8'), 'NEW');
      assert.equal(readFileSync(join(path, 'written'), 'utf8'), 'kind: Secret\n');
      return readFileSync(join(path, 'log'), 'utf8');
    }

    it('before it copies it', () => {
      const [note, apply, wait, copy] = commands('ibm-alive', 'ibm-key-not-found');
      const log = run([note, apply, wait, copy].join('\n'));
      assert.match(log, /^ibmcloud ks cluster pull-secret apply --cluster c1$/m);
      assert.match(log, /create secret generic all-icr-io -n team .*--dry-run=client -o yaml$/m);
      assert.match(log, /^kubectl apply --server-side --force-conflicts -f -$/m);
    });

    it('in the recipe of the table too, whose copy has a name of its own', () => {
      const place = { host: 'us.icr.io', namespace: 'default', secret: 'ibm-pull' };
      const log = run(secretCommand(registryById('ibm'), place) ?? 'false');
      assert.match(log, /create secret generic ibm-pull -n default /);
      assert.ok(!log.includes('create secret generic all-icr-io'));
    });
  });
});
