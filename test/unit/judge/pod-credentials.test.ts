import assert from 'node:assert/strict';
import { secretView, serviceAccountView } from '../../../src/collect/views.ts';
import { podCredentials, wantsOthers } from '../../../src/judge/pod-credentials.ts';
import { attachSteps, copySteps } from '../../../src/judge/pod-credentials-copy.ts';
import { stepInPlace } from '../../../src/judge/same-place.ts';
import type { PodEvidence } from '../../../src/words/evidence.ts';
import type { Answer } from '../../../src/words/known.ts';
import type { SecretView } from '../../../src/words/pod.ts';
import { captured, capturedPod } from '../../rig/dumps.ts';

const NOW = Date.parse('2026-11-21T04:00:00Z');
const SETTINGS = { now: NOW, soonMs: 1, hash: () => '0'.repeat(64) };

/** A captured pod with the secrets and the ServiceAccount of the same capture. */
function evidence(name: string): PodEvidence {
  const found = capturedPod('modern', name);
  const { pod } = found;
  const views = captured('modern-secrets').map((secret) => secretView(secret));
  const answer = (secret: string): Answer<SecretView> => {
    const view = views.find((v) => v.namespace === pod.namespace && v.name === secret);
    if (view) return { known: true, value: view };
    return { known: false, why: { reason: 'not found', what: secret, text: 'not found' } };
  };
  const account = captured('modern-serviceaccounts').find((a) => {
    const { metadata } = a as { metadata: { namespace: string; name: string } };
    return metadata.namespace === pod.namespace && metadata.name === pod.serviceAccount;
  });
  return {
    ...found,
    secrets: new Map(pod.pullSecrets.map((secret) => [secret, answer(secret)])),
    serviceAccount: account
      ? { known: true, value: serviceAccountView(account) }
      : { known: false, why: { reason: 'not found', what: 'sa', text: 'not found' } },
  };
}

describe('podCredentials of captured pods', () => {
  const slips: readonly (readonly [pod: string, why: RegExp])[] = [
    ['renderer-nova', /no port/],
    ['proxy-sage', /case|small letters/],
    ['cron-slate', /below \/other\/project/],
    ['api-coral', /host of Docker Hub/],
  ];
  for (const [pod, why] of slips) {
    it(`${pod}: the entry is not tried, and why`, () => {
      const told = podCredentials(evidence(pod), [], null, SETTINGS);
      const [row] = told.images[0]?.credentials ?? [];
      assert.equal(row?.order, null);
      assert.match(row?.why ?? '', why);
      assert.equal(told.images[0]?.anonymous.tried, true);
    });
  }

  it('a good pod: its secret matches, and nothing is asked for beyond', () => {
    const good = evidence('gateway-river');
    const told = podCredentials(good, [], null, SETTINGS);
    assert.equal(told.images[0]?.credentials[0]?.order, 1);
    assert.equal(told.images[0]?.anonymous.tried, false);
    assert.equal(wantsOthers(good, SETTINGS), false);
  });

  it('a missing secret is asked for elsewhere', () => {
    const missing = evidence('cache-fern');
    assert.equal(wantsOthers(missing, SETTINGS), true);
    const told = podCredentials(missing, ['cache-fern-2'], null, SETTINGS);
    assert.equal(told.secrets[0]?.status, 'missing');
    assert.deepEqual(told.alike, ['cache-fern-2']);
  });

  it('a list of its own or of the ServiceAccount', () => {
    const own = podCredentials(evidence('cache-fern'), [], null, SETTINGS);
    assert.equal(own.secretsFrom, 'the pod itself');
  });
});

describe('steps that bring a secret', () => {
  it('attach, never replace: by what the ServiceAccount lists', () => {
    const to = { namespace: 'shop', serviceAccount: 'default' };
    const [append] = attachSteps('regcred', { ...to, lists: true });
    const [first] = attachSteps('regcred', { ...to, lists: false });
    assert.match(append?.command ?? '', /imagePullSecrets\/-.*regcred/);
    assert.match(first?.command ?? '', /op: test.*value: null.*regcred/);
    assert.equal(attachSteps('regcred', { ...to, lists: null }).length, 2);
    for (const step of attachSteps('regcred', { ...to, lists: null })) {
      assert.doesNotMatch(step.command ?? '', /SECRET|\{namespace\}|\{serviceaccount\}/);
    }
  });

  it('copy with the type and data key of the secret', () => {
    const [bash, powershell] = copySteps(
      { namespace: 'default', name: 'old', type: 'kubernetes.io/dockercfg' },
      'shop',
    );
    assert.match(
      bash?.command ?? '',
      /--type=kubernetes\.io\/dockercfg --from-file=\.dockercfg=<\(/,
    );
    assert.match(powershell?.command ?? '', /New-TemporaryFile.*Remove-Item/);
  });

  it('each command in the place of the flags', () => {
    const [bash] = copySteps({ namespace: 'default', name: 'a', type: 'x' }, 'shop');
    const place = { connection: ['--context', '$prod'], files: ['-f', 'x.json'] };
    const { command = '' } = stepInPlace(bash ?? { text: '' }, place);
    assert.equal(command.match(/kubectl --context \$prod /g)?.length, 2);
    const ours = stepInPlace({ text: '', command: 'kubectl imagepull decode a' }, place);
    assert.equal(ours.command, 'kubectl imagepull decode a --context $prod -f x.json');
  });
});
