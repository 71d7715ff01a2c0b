import assert from 'node:assert/strict';
import { bareEvidence } from '../../../src/collect/pods.ts';
import { podView, secretView, serviceAccountView } from '../../../src/collect/views.ts';
import { judgePod } from '../../../src/judge/judge.ts';
import { refreshFinding } from '../../../src/judge/refresh-findings.ts';
import type { OpenShiftSources, Refresher } from '../../../src/words/cluster-sources.ts';
import type { PodEvidence } from '../../../src/words/evidence.ts';

const NOW = Date.parse('2026-11-21T04:00:00Z');
const HOUR = 3_600_000;

const WORKING: Refresher = {
  kind: 'ExternalSecret',
  namespace: 'shop',
  name: 'login',
  target: 'regcred',
  ready: 'True',
  reason: 'SecretSynced',
  message: 'secret synced',
  changedAt: NOW - 90 * HOUR,
  refreshedAt: NOW - HOUR / 2,
  intervalMs: HOUR,
};

const REFRESH: readonly (readonly [string, Partial<Refresher>, RegExp | null])[] = [
  ['works', {}, null],
  ['a little late', { refreshedAt: NOW - 2 * HOUR }, null],
  [
    'late',
    { refreshedAt: NOW - 3 * HOUR },
    /last did so on 2026-11-21T01:00:00Z, and externalsecret\/login wants it every 1h/,
  ],
  ['late, in minutes', { refreshedAt: NOW - 3 * HOUR, intervalMs: HOUR / 4 }, /every 15m/],
  ['written once, long ago', { refreshedAt: NOW - 900 * HOUR, intervalMs: null }, null],
  ['never said when', { refreshedAt: null }, null],
  ['no condition yet', { ready: '', reason: '', message: '', refreshedAt: null }, null],
  [
    'failed',
    {
      ready: 'False',
      reason: 'SecretSyncedError',
      message: 'could not get secret data from provider',
    },
    /stopped on 2026-11-17T10:00:00Z: externalsecret\/login says SecretSyncedError: could not get secret data from provider; it last wrote it on 2026-11-21T03:30:00Z$/,
  ],
  [
    'failed without a word',
    { ready: 'False', reason: '', message: '', refreshedAt: null },
    /says nothing more$/,
  ],
  ['failed at length', { ready: 'False', message: 'x\n'.repeat(9_000_000) }, /\.\.\.; it last/],
];

describe('operators that write a pull secret', () => {
  for (const [what, more, says] of REFRESH) {
    it(what, () => {
      const [finding] = refreshFinding('regcred', { ...WORKING, ...more }, NOW);
      if (says === null) assert.equal(finding, undefined);
      else assert.match(finding?.text ?? '', says);
      assert.ok((finding?.text.length ?? 0) < 500);
    });
  }
});

const config = (auths: object) => ({
  '.dockerconfigjson': Buffer.from(JSON.stringify({ auths })).toString('base64'),
});

/** A refused pod in `shop` with the pull secret `regcred`. */
function refused(
  image: string,
  more: Partial<PodEvidence> = {},
  secretMeta: object = {},
): PodEvidence {
  const message = `failed to pull and unpack image "${image}": failed to resolve reference "${image}": unexpected status from HEAD request to https://${image.split('/')[0]}/v2/a/manifests/1: 401 Unauthorized`;
  const pod = podView({
    metadata: { namespace: 'shop', name: 'web' },
    spec: {
      nodeName: 'node1',
      serviceAccountName: 'web',
      imagePullSecrets: [{ name: 'regcred' }],
      containers: [{ name: 'app', image }],
    },
    status: {
      phase: 'Pending',
      containerStatuses: [{ name: 'app', state: { waiting: { reason: 'ErrImagePull', message } } }],
    },
  });
  const secret = secretView({
    metadata: { namespace: 'shop', name: 'regcred', ...secretMeta },
    type: 'kubernetes.io/dockerconfigjson',
    data: config({ 'other.example': { username: 'a', password: 'b' } }),
  });
  return {
    ...bareEvidence(pod, { known: true, value: [] }),
    secrets: new Map([['regcred', { known: true, value: secret }]]),
    ...more,
  };
}

function textsOf(evidence: PodEvidence): Map<string, string> {
  const [verdict] = judgePod(evidence, NOW).verdicts;
  assert.ok(verdict);
  return new Map(verdict.contributing.map(({ code, text }) => [code, text]));
}

const ECR = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/app:1';
const IDENTITIES: readonly (readonly [string, string, string, boolean])[] = [
  ['eks.amazonaws.com/role-arn', 'arn:aws:iam::123456789012:role/web', ECR, true],
  ['eks.amazonaws.com/role-arn', 'arn:aws:iam::123456789012:role/web', 'quay.io/team/app:1', false],
  [
    'iam.gke.io/gcp-service-account',
    'web@p.iam.gserviceaccount.com',
    'europe-docker.pkg.dev/p/r/app:1',
    true,
  ],
  ['iam.gke.io/gcp-service-account', 'web@p.iam.gserviceaccount.com', ECR, false],
  [
    'azure.workload.identity/client-id',
    '8a0c1f2e-0000-4000-8000-000000000001',
    'corp.azurecr.io/team/app:1',
    true,
  ],
  ['example.com/role', 'x', ECR, false],
];

describe('identities of clouds', () => {
  for (const [annotation, value, image, said] of IDENTITIES) {
    it(`${annotation} and ${image}: ${said ? 'said' : 'nothing'}`, () => {
      const account = serviceAccountView({
        metadata: { name: 'web', annotations: { [annotation]: value } },
      });
      const texts = textsOf(refused(image, { serviceAccount: { known: true, value: account } }));
      const text = texts.get('serviceaccount-cloud-identity');
      if (!said) assert.equal(text, undefined);
      else assert.match(text ?? '', new RegExp(`${annotation}\\): it is for the program.*1\\.34`));
    });
  }
});

const OPENSHIFT: OpenShiftSources = {
  mirrors: [],
  registries: { blocked: [], allowed: [], insecure: [] },
  globalSecret: secretView({
    metadata: { namespace: 'openshift-config', name: 'pull-secret' },
    type: 'kubernetes.io/dockerconfigjson',
    data: config({ 'quay.io': { username: 'node', password: 'hidden-word' } }),
  }),
  unavailable: null,
};

describe('what an OpenShift cluster says', () => {
  const sources = { openshift: OPENSHIFT, refreshers: new Map() };

  it('the nodes have a credential for it, and no word of the password', () => {
    const text = textsOf(refused('quay.io/team/app:1', { sources })).get('node-pull-secret') ?? '';
    assert.match(
      text,
      /entry quay\.io of secret openshift-config\/pull-secret: the kubelet tries it after/,
    );
    assert.doesNotMatch(text, /hidden-word/);
  });

  it('the nodes have none for it', () => {
    const texts = textsOf(refused('ghcr.io/team/app:1', { sources }));
    assert.match(texts.get('node-pull-secret') ?? '', /have no entry for ghcr\.io$/);
  });

  it('what may not be read is one more thing that was not seen', () => {
    const why = { reason: 'forbidden', what: 'rules', text: 'not allowed to read rules' } as const;
    const openshift = { ...OPENSHIFT, globalSecret: null, unavailable: why };
    const evidence = refused('ghcr.io/team/app:1', { sources: { ...sources, openshift } });
    const [verdict] = judgePod(evidence, NOW).verdicts;
    assert.deepEqual(verdict?.unavailable, [why]);
  });
});

describe('copies of secrets', () => {
  it('Reflector’s are said to be copies', () => {
    const annotations = { 'reflector.v1.k8s.emberstack.com/reflects': 'base/regcred' };
    const text = textsOf(refused('ghcr.io/team/app:1', {}, { annotations })).get('secret-copied');
    assert.match(text ?? '', /^secret regcred is a copy of base\/regcred that Reflector keeps/);
  });
});
