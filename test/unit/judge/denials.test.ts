import assert from 'node:assert/strict';
import { denialFinding, denialTrouble, readDenial } from '../../../src/judge/denials.ts';

interface Case {
  readonly from: string;
  readonly text: string;
  readonly by: string | null;
  readonly policies: readonly string[];
  readonly said: RegExp;
}

const CASES: readonly Case[] = [
  {
    from: 'Kyverno, as in github.com/kyverno/policies/issues/979',
    text: 'Error creating: admission webhook "validate.kyverno.svc-fail" denied the request: \n\nresource Pod/default/allowed was blocked due to the following policies \n\nallowed-image-repos:\n  good-repos: \'All images in this Pod must come from an authorized repository.\'\n',
    by: 'Kyverno (validate.kyverno.svc-fail)',
    policies: ['allowed-image-repos'],
    said: /^resource Pod\/default\/allowed was blocked/,
  },
  {
    from: 'ImagePolicyWebhook with a reason (plugin/pkg/admission/imagepolicy)',
    text: 'Error creating: pods "web-5d" is forbidden: image policy webhook backend denied one or more images: latest is not allowed',
    by: 'ImagePolicyWebhook',
    policies: [],
    said: /^latest is not allowed$/,
  },
  {
    from: 'ImagePolicyWebhook, as in github.com/zalando-incubator/kubernetes-on-aws/pull/492',
    text: 'pods "pod-submit-remove-074ec533-671d-11e7-9e85-0242ac110003" is forbidden: one or more images rejected by webhook backend',
    by: 'ImagePolicyWebhook',
    policies: [],
    said: /^$/,
  },
  {
    from: 'ValidatingAdmissionPolicy (apiserver, and seen on the cluster tier)',
    text: `pods "strange-66b" is forbidden: ValidatingAdmissionPolicy 'images-of-ours' with binding 'images-of-ours' denied request: images must come from our registry`,
    by: 'a ValidatingAdmissionPolicy',
    policies: ['images-of-ours'],
    said: /^images must come from our registry$/,
  },
  {
    from: 'Gatekeeper (pkg/webhook writes [policy] in front of each message)',
    text: 'admission webhook "validation.gatekeeper.sh" denied the request: [repo-is-openpolicyagent] container <nginx> has an invalid image repo <nginx>, allowed repos are ["openpolicyagent/"]',
    by: 'Gatekeeper (validation.gatekeeper.sh)',
    policies: ['repo-is-openpolicyagent'],
    said: /invalid image repo/,
  },
  {
    from: 'a webhook that nobody knows, without a reason (apiserver, webhook/errors)',
    text: 'admission webhook "pods.policy.corp.example" denied the request without explanation',
    by: 'admission webhook pods.policy.corp.example',
    policies: [],
    said: /^without explanation$/,
  },
  {
    from: 'no policy: a quota',
    text: 'Error creating: pods "web-1" is forbidden: exceeded quota: small, requested: pods=1, used: pods=2, limited: pods=2',
    by: null,
    policies: [],
    said: /exceeded quota: small/,
  },
];

describe('admission that refuses a pod', () => {
  for (const { from, text, by, policies, said } of CASES) {
    it(from, () => {
      const read = readDenial(text);
      assert.equal(read.by, by);
      assert.deepEqual(read.policies, policies);
      assert.match(read.said, said);
    });
  }

  it('one line each, with the policy', () => {
    const [kyverno] = CASES;
    const denial = {
      namespace: 'shop',
      workload: 'Deployment/web',
      text: kyverno?.text ?? '',
      at: 0,
    };
    const { text, code, object } = denialFinding(denial);
    assert.deepEqual([code, object], ['admission-denied', 'Deployment/web']);
    assert.match(
      text,
      /^Deployment\/web cannot make a further pod: refused by Kyverno \(validate\.kyverno\.svc-fail\), policy allowed-image-repos: resource/,
    );
    assert.doesNotMatch(text, /\n/);
    const trouble = denialTrouble(denial);
    assert.deepEqual([trouble.pod, trouble.workload], ['', 'Deployment/web']);
    assert.match(trouble.text, /^it may not make a pod, so nothing is pulled for it: refused by/);
  });

  it('a hostile text is cut and read at once', () => {
    const text = `admission webhook "kyverno" denied the request: ${'a:\n'.repeat(5_000_000)}`;
    const start = performance.now();
    assert.ok(
      denialFinding({ namespace: '', workload: 'Job/a', text, at: null }).text.length < 600,
    );
    assert.ok(performance.now() - start < 500);
  });
});
