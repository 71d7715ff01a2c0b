import assert from 'node:assert/strict';
import { ATTACH_SECRET } from '../../../src/causes/steps.ts';
import { parseImage } from '../../../src/image/reference.ts';
import {
  eachOnce,
  inPlaceOfAttaching,
  registryAdvice,
  type SecretUser,
  secretSteps,
} from '../../../src/judge/registry-advice.ts';
import type { CauseName } from '../../../src/words/cause.ts';
import type { LadderResult, StepFailed } from '../../../src/words/ladder.ts';
import type { VerifiedRow } from '../../../src/words/verification.ts';

const ECR = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';

const NEW: SecretUser = { namespace: 'shop', serviceAccount: 'ci', missing: null, list: 'none' };

describe('secretSteps', () => {
  for (const [cause, host, command] of [
    [
      'Unauthorized',
      ECR,
      new RegExp(`--region eu-central-1 .*create secret generic pull-${ECR} -n shop `),
    ],
    ['CredentialsExpired', 'nvcr.io', /printf '\$oauthtoken:%s'.*generic pull-nvcr\.io -n shop /],
    ['Unauthorized', 'docker.io', /https:\/\/index\.docker\.io\/v1\/.*generic pull-docker\.io /],
    ['Unauthorized', 'registry.digitalocean.com', /^doctl registry kubernetes-manifest .*shop/],
    ['Unauthorized', 'registry.corp.example', /USER:%s.*generic pull-registry\.corp\.example /],
    [
      'RepositoryMissingOrPrivate',
      'registry.corp.example',
      /generic pull-registry\.corp\.example /,
    ],
    ['SecretMalformed', 'harbor.corp.example', /generic pull-harbor\.corp\.example -n shop /],
    ['Unauthorized', 'registry.k8s.io', null],
    ['TagNotFound', ECR, null],
    ['Forbidden', 'ghcr.io', null],
    // It is there by now.
    ['SecretMissing', 'docker.io', null],
  ] as const) {
    it(`${cause} at ${host}`, () => {
      const [step] = secretSteps(cause, host, NEW);
      if (command === null) return assert.equal(step, undefined);
      assert.match(step?.command ?? '', command);
      assert.match(
        step?.text ?? '',
        /It writes secret pull-\S+, for this registry alone, and replaces what/,
      );
      assert.doesNotMatch(step?.command ?? '', /force-conflicts/);
    });
  }

  it('two hosts of one kind have two secrets', () => {
    const names = ['a.azurecr.io', 'b.azurecr.io'].map(
      (host) =>
        /create secret generic (\S+)/.exec(
          secretSteps('Unauthorized', host, NEW)[0]?.command ?? '',
        )?.[1],
    );
    assert.deepEqual(names, ['pull-a.azurecr.io', 'pull-b.azurecr.io']);
  });

  it('a secret that is missing is written under the name that the pod lists, and not attached', () => {
    const steps = secretSteps('SecretMissing', 'ghcr.io', { ...NEW, missing: 'regcred' });
    assert.equal(steps.length, 1);
    assert.match(steps[0]?.command ?? '', /create secret generic regcred -n shop /);
    assert.match(
      steps[0]?.text ?? '',
      /secret regcred, which the pod lists and which is not there$/,
    );
  });

  it('one whose name can never exist is not written', () => {
    const [step, attach] = secretSteps('SecretMissing', 'ghcr.io', { ...NEW, missing: 'My_Cred' });
    assert.match(step?.command ?? '', /create secret generic pull-ghcr\.io /);
    assert.match(attach?.command ?? '', /name: pull-ghcr\.io/);
  });

  for (const [list, text, command] of [
    [
      'none',
      /^Add pull-ghcr\.io to ServiceAccount ci, which lists none/,
      /serviceaccount ci -n shop .*op: test.*name: pull-ghcr\.io\}\]/,
    ],
    [
      'serviceaccount',
      /^Add pull-ghcr\.io to ServiceAccount ci, then/,
      /imagePullSecrets\/-, value: \{name: pull-ghcr\.io\}/,
    ],
    ['pod', /^Add pull-ghcr\.io to imagePullSecrets of the pod template; then/, null],
    [null, /^Add pull-ghcr\.io to .* pod template, or of ServiceAccount ci where/, null],
  ] as const) {
    it(`a secret of its own is attached where the list is (${list})`, () => {
      const [, attach, ...more] = secretSteps('Unauthorized', 'ghcr.io', { ...NEW, list });
      assert.match(attach?.text ?? '', text);
      if (command === null) assert.equal(attach?.command, undefined);
      else assert.match(attach?.command ?? '', command);
      assert.deepEqual(more, []);
    });
  }

  it('OpenShift grants to the ServiceAccount of the pod, and no secret is written', () => {
    const host = 'image-registry.openshift-image-registry.svc';
    const steps = secretSteps('Unauthorized', host, NEW);
    assert.deepEqual(
      steps.map(({ command }) => command),
      [
        'oc policy add-role-to-user system:image-puller system:serviceaccount:shop:ci -n IMAGE_NAMESPACE',
      ],
    );
  });

  it('stand in place of the steps that attach some secret, unless the registry was asked', () => {
    const [first, second] = [{ text: 'a' }, { text: 'b' }];
    const steps = [first, ATTACH_SECRET];
    assert.deepEqual(inPlaceOfAttaching(steps, [second], false), [first, second]);
    assert.deepEqual(inPlaceOfAttaching(steps, [second], true), [first]);
    assert.deepEqual(inPlaceOfAttaching(steps, [], true), steps);
  });

  it('equal commands are told once', () => {
    const [a, b, text] = [{ text: 'a', command: 'x' }, { text: 'b', command: 'x' }, { text: 'c' }];
    assert.deepEqual(eachOnce([a, text, b, text]), [a, text, text]);
  });
});

describe('registryAdvice', () => {
  function row(failed: Omit<StepFailed, 'outcome' | 'detail' | 'ms'>, cause: CauseName) {
    const asked: LadderResult = {
      image: '',
      repository: 'team/app',
      host: ECR,
      credential: 'secret regcred',
      result: 'not pullable',
      code: failed.code,
      step: failed.step,
      cause,
      steps: [{ ...failed, outcome: 'failed', detail: '', ms: 1 }],
      digest: null,
      platforms: null,
      realmHost: null,
      retryAfter: null,
      credentialShown: true,
      ms: 1,
    };
    const { result, code, step } = asked;
    const found: VerifiedRow = {
      credential: 'secret regcred',
      whose: 'pod',
      order: 1,
      secret: { namespace: 'shop', name: 'regcred' },
      key: ECR,
      user: 'AWS',
      result,
      step,
      code,
      detail: '',
      asked,
    };
    return found;
  }

  const reference = parseImage(`${ECR}/team/app:1`);
  const POD = { serviceAccount: 'ci', missing: [] };
  const users = [{ kind: 'Pod', namespace: 'shop', name: 'web' }];
  const expired = row(
    {
      step: 'manifest',
      code: 'unauthorized',
      facts: {
        status: 403,
        errorCode: 'DENIED',
        errorMessage: 'Your authorization token has expired.',
      },
    },
    'CredentialsExpired',
  );
  const cached = row(
    {
      step: 'manifest',
      code: 'manifest-not-found',
      facts: { status: 404, errorMessage: 'Requested image not found' },
    },
    'TagNotFound',
  );

  it('tells how to renew what has expired, in the namespace of the pod', () => {
    const { nextSteps } = registryAdvice({ reference, users, ...POD }, [expired]);
    assert.match(nextSteps[0]?.command ?? '', /^aws ecr get-login-password .* -n shop /);
    assert.match(
      nextSteps[1]?.text ?? '',
      /^Add pull-1234.* pod template, or of ServiceAccount ci/,
    );
  });

  it('writes the secret that the pod lists, where that is missing', () => {
    const one = { reference, users, ...POD, missing: ['regcred'] };
    const { nextSteps } = registryAdvice(one, [expired]);
    assert.equal(nextSteps.length, 1);
    assert.match(nextSteps[0]?.command ?? '', /create secret generic regcred -n shop /);
  });

  it('is silent where another credential works', () => {
    const works: VerifiedRow = { ...expired, result: 'pullable', asked: null };
    assert.deepEqual(registryAdvice({ reference, users, ...POD }, [expired, works]).nextSteps, []);
  });

  it('says what an answer leaves open, once', () => {
    const { findings, nextSteps } = registryAdvice({ reference, users, ...POD }, [cached, cached]);
    assert.equal(findings.length, 1);
    assert.match(findings[0] ?? '', /pull-through cache/);
    assert.deepEqual(nextSteps, []);
  });

  it('tells the limits where one was reached', () => {
    const hub = { reference: parseImage('nginx:1'), users, ...POD };
    const limited = row(
      { step: 'manifest', code: 'rate-limited', facts: { status: 429 } },
      'RateLimited',
    );
    const { findings } = registryAdvice(hub, [limited]);
    assert.match(findings.join('\n'), /the limits of Docker Hub: .*100 pulls in 6 hours/);
    assert.match(findings.join('\n'), /they count by account/);
  });

  it('says nothing of an image that is none', () => {
    const none = { reference: parseImage('x/UPPER'), users, ...POD };
    assert.deepEqual(registryAdvice(none, [expired]), { findings: [], nextSteps: [] });
  });
});
