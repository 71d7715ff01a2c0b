import assert from 'node:assert/strict';
import { podView, secretView, serviceAccountView } from '../../../src/collect/views.ts';
import { judgePod } from '../../../src/judge/judge.ts';
import { wantsOf } from '../../../src/judge/wants.ts';
import type { PodEvidence } from '../../../src/words/evidence.ts';
import type { Answer } from '../../../src/words/known.ts';
import type { SecretView } from '../../../src/words/pod.ts';
import { capturedPod, capturedPods } from '../../rig/dumps.ts';

const NOW = Date.parse('2026-11-21T04:00:00Z');

function only(evidence: PodEvidence) {
  const { verdicts } = judgePod(evidence, NOW);
  assert.equal(verdicts.length, 1);
  const [verdict] = verdicts;
  assert.ok(verdict);
  return verdict;
}

describe('judge: one pod', () => {
  it('takes the volume’s image for an image volume', () => {
    const v = only(capturedPod('modern', 'notifier-coral'));
    assert.equal(v.image, 'quay.rubydale.example/orders/proxy-eu:v1.26');
    assert.equal(v.container, 'notifier');
    assert.ok(v.contributing.some((c) => c.code === 'image-volume'));
  });

  it('gives each failing container its own verdict', () => {
    const { verdicts } = judgePod(capturedPod('modern', 'gateway-oak'), NOW);
    assert.deepEqual(
      verdicts.map((v) => v.container),
      ['main', 'side'],
    );
    assert.equal(verdicts[1]?.cause, 'TlsUntrusted');
  });

  it('judges init and ephemeral containers and says which they are', () => {
    const init = only(capturedPod('modern', 'exporter-flint'));
    assert.equal(init.containerType, 'init');
    assert.equal(init.container, 'migrate');
    const debug = only(capturedPod('modern', 'sync-copper'));
    assert.equal(debug.containerType, 'ephemeral');
  });

  it('reads a sandbox failure as the node’s, with the pod’s own image beside it', () => {
    const v = only(capturedPod('modern-node-10', 'frontend-rowan'));
    assert.equal(v.cause, 'RuntimeUnavailable');
    assert.equal(v.guilty.kind, 'node');
  });

  it('keeps the cause when waiting.message holds none (kubelet 1.20)', () => {
    const judged = capturedPods('extra').flatMap((p) => judgePod(p, NOW).verdicts);
    assert.ok(judged.length > 5);
    const unknown = judged.filter((v) => v.cause === 'Unknown');
    assert.deepEqual(
      unknown.map((v) => v.pod),
      [],
    );
  });

  it('counts tries and knows since when', () => {
    const v = only(capturedPod('modern', 'notifier-coral'));
    assert.ok(v.since !== null && v.since < NOW);
    assert.ok(v.tries !== null && v.tries >= 2);
  });
});

describe('judge: other trouble', () => {
  const cases: [string, string, RegExp][] = [
    ['modern', 'gateway-teal', /CrashLoopBackOff/],
    ['modern', 'mailer-river', /CreateContainerConfigError/],
    ['modern', 'renderer-ivory', /not scheduled yet/],
    ['modern', 'proxy-river', /is pulling/],
    ['modern', 'frontend-jade-7gmjk', /a pull failed before/],
  ];
  for (const [dump, pod, text] of cases) {
    it(`${pod} is told apart in one line`, () => {
      const { verdicts, others } = judgePod(capturedPod(dump, pod), NOW);
      assert.deepEqual(verdicts, []);
      assert.equal(others.length, 1);
      assert.match(others[0]?.text ?? '', text);
    });
  }
});

describe('judge: pull secrets', () => {
  const missing: Answer<SecretView> = {
    known: false,
    why: { reason: 'not found', what: 'secret', text: 'secret not found' },
  };
  const forbidden: Answer<SecretView> = {
    known: false,
    why: { reason: 'forbidden', what: 'secret', text: 'not allowed to get secret edge/x' },
  };

  function withSecret(answer: Answer<SecretView>): PodEvidence {
    const evidence = capturedPod('modern', 'agent-onyx');
    const name = evidence.pod.pullSecrets[0];
    assert.ok(name);
    return { ...evidence, secrets: new Map([[name, answer]]) };
  }

  it('a missing secret beside a refusal is the verdict', () => {
    const v = only(capturedPod('modern', 'indexer-delta'));
    assert.equal(v.cause, 'SecretMissing');
    assert.equal(v.certainty, 'likely');
    assert.ok(v.alternatives.length > 0);
    assert.ok(v.contributing.some((c) => c.code === 'secret-missing'));
  });

  it('is the verdict as well where only the API says so', () => {
    assert.equal(only(withSecret(missing)).cause, 'SecretMissing');
  });

  it('a secret that may not be read is never called missing', () => {
    const v = only(withSecret(forbidden));
    assert.notEqual(v.cause, 'SecretMissing');
    assert.deepEqual(
      v.unavailable.map((u) => u.text),
      ['not allowed to get secret edge/x'],
    );
  });

  it('names the nearest secret for a typo', () => {
    const evidence = capturedPod('modern', 'cache-fern');
    const name = evidence.pod.pullSecrets[0] ?? '';
    const near = `${name.slice(0, -1)}${name.at(-1) === 'x' ? 'y' : 'x'}`;
    const v = only({ ...evidence, secretNames: { known: true, value: [near] } });
    assert.ok(
      v.contributing.some((c) => c.code === 'secret-missing-typo' && c.text.includes(near)),
    );
  });

  it('names a type the kubelet ignores', () => {
    const v = only(
      withSecret({ known: true, value: secretView({ metadata: { name: 'x' }, type: 'Opaque' }) }),
    );
    assert.ok(v.contributing.some((c) => c.code === 'secret-wrong-type'));
  });

  it('sees a list attached to the ServiceAccount too late', () => {
    const evidence = capturedPod('modern', 'proxy-cobalt');
    const account = { name: 'default', pullSecrets: ['late'], changedAt: null };
    const v = only({ ...evidence, serviceAccount: { known: true, value: account } });
    assert.ok(v.contributing.some((c) => c.code === 'attached-too-late'));
  });
});

describe('judge: what is worth asking for', () => {
  it('asks for secrets only where credentials may matter', () => {
    assert.equal(wantsOf(capturedPod('modern', 'agent-onyx')).secrets, true);
    const tls = capturedPods('modern').find(
      (p) => judgePod(p, NOW).verdicts[0]?.cause === 'TlsInvalid',
    );
    assert.ok(tls);
    const wants = wantsOf(tls);
    assert.deepEqual([wants.secrets, wants.serviceAccount], [false, false]);
  });

  it('asks for near names only where the kubelet missed one', () => {
    assert.equal(wantsOf(capturedPod('modern', 'cache-fern')).secretNames, true);
    assert.equal(wantsOf(capturedPod('modern', 'agent-onyx')).secretNames, false);
  });
});

describe('judge: how a pull secret comes to be', () => {
  const image = 'ghcr.io/team/app:1';
  const message = `failed to pull and unpack image "${image}": failed to resolve reference "${image}": failed to authorize: failed to fetch oauth token: unexpected status from GET request to https://ghcr.io/token: 401 Unauthorized`;
  const refused = (own: readonly string[], ofAccount: readonly string[]): PodEvidence => {
    const base = capturedPod('modern', 'notifier-coral');
    const pod = podView({
      metadata: { name: 'web', namespace: 'shop', uid: 'web' },
      spec: {
        nodeName: 'n1',
        serviceAccountName: 'ci',
        imagePullSecrets: own.map((name) => ({ name })),
        containers: [{ name: 'web', image }],
      },
      status: {
        phase: 'Pending',
        containerStatuses: [
          { name: 'web', image, state: { waiting: { reason: 'ErrImagePull', message } } },
        ],
      },
    });
    const account = { metadata: {}, imagePullSecrets: ofAccount.map((name) => ({ name })) };
    const serviceAccount = { known: true, value: serviceAccountView(account) } as const;
    return { ...base, pod, serviceAccount, events: { known: true, value: [] }, secrets: new Map() };
  };
  const attach = (evidence: PodEvidence) =>
    only(evidence).nextSteps.flatMap(({ text, command }) =>
      /imagePullSecrets/.test(`${text} ${command}`) ? [command ?? text] : [],
    );

  for (const [what, own, ofAccount, step] of [
    ['no list at all', [], [], /serviceaccount ci .*op: test.*\[\{name: pull-ghcr\.io\}\]/],
    [
      'the list of its ServiceAccount, which a pod made anew by hand keeps',
      ['a'],
      ['a'],
      /get pod web .* --local .*imagePullSecrets: \[\{name: pull-ghcr\.io\}\]/,
    ],
    [
      'a list of its own',
      ['b'],
      ['a'],
      /get pod web .* --local .*imagePullSecrets: \[\{name: pull-ghcr\.io\}\]/,
    ],
  ] as const) {
    it(`${what}: it is written and attached there, each told once`, () => {
      const steps = attach(refused(own, ofAccount));
      assert.equal(steps.length, 1, steps.join('\n'));
      assert.match(steps[0] ?? '', step);
    });
  }

  it('where the registry was asked too, each step is told once', () => {
    const evidence = refused([], []);
    const [recipe] = only(evidence).nextSteps.filter(({ command }) =>
      /create secret/.test(command ?? ''),
    );
    assert.ok(recipe);
    const row = { text: 'Add pull-ghcr.io to imagePullSecrets of the pod template; then recreate' };
    const verified = {
      image,
      users: [],
      count: 1,
      platforms: [],
      result: 'not pullable',
      rows: [],
      findings: [],
      nextSteps: [recipe, row, recipe],
      nearestTags: null,
      ibm: null,
    } as const;
    const { nextSteps } = only({ ...evidence, registry: new Map([[image, verified]]) });
    const commands = nextSteps.flatMap(({ command }) => command ?? []);
    assert.equal(new Set(commands).size, commands.length);
    assert.equal(nextSteps.filter(({ text }) => text === recipe.text).length, 1);
    const attached = nextSteps.filter(({ command }) => /imagePullSecrets/.test(command ?? ''));
    assert.deepEqual(attached.length, 1);
    assert.ok(!nextSteps.some(({ text }) => text === row.text));
  });
});
