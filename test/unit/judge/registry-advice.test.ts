import assert from 'node:assert/strict';
import { ATTACH_SECRET } from '../../../src/causes/steps.ts';
import { parseImage } from '../../../src/image/reference.ts';
import {
  beforeAttaching,
  registryAdvice,
  secretSteps,
} from '../../../src/judge/registry-advice.ts';
import type { CauseName } from '../../../src/words/cause.ts';
import type { LadderResult, StepFailed } from '../../../src/words/ladder.ts';
import type { VerifiedRow } from '../../../src/words/verification.ts';

const ECR = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';

describe('secretSteps', () => {
  for (const [cause, host, command] of [
    ['Unauthorized', ECR, /--region eu-central-1 .*create secret generic ecr-pull -n shop /],
    ['CredentialsExpired', 'nvcr.io', /printf '\$oauthtoken:%s'.*nvidia-pull -n shop /],
    ['SecretMissing', 'docker.io', /https:\/\/index\.docker\.io\/v1\/.*docker-hub-pull/],
    ['Unauthorized', 'registry.digitalocean.com', /^doctl registry kubernetes-manifest .*shop/],
    ['Unauthorized', 'registry.corp.example', null],
    ['Unauthorized', 'harbor.corp.example', null],
    ['Unauthorized', 'registry.k8s.io', null],
    ['TagNotFound', ECR, null],
    ['Forbidden', 'ghcr.io', null],
  ] as const) {
    it(`${cause} at ${host}`, () => {
      const [step] = secretSteps(cause, host, 'shop');
      if (command === null) assert.equal(step, undefined);
      else assert.match(step?.command ?? '', command);
    });
  }

  it('come before the steps that attach the secret', () => {
    const [first, second] = [{ text: 'a' }, { text: 'b' }];
    assert.deepEqual(beforeAttaching([first, ATTACH_SECRET], [second]), [
      first,
      second,
      ATTACH_SECRET,
    ]);
    assert.deepEqual(beforeAttaching([first], [second]), [first, second]);
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
    const { nextSteps } = registryAdvice({ reference, users }, [expired]);
    assert.match(nextSteps[0]?.command ?? '', /^aws ecr get-login-password .* -n shop /);
  });

  it('is silent where another credential works', () => {
    const works: VerifiedRow = { ...expired, result: 'pullable', asked: null };
    assert.deepEqual(registryAdvice({ reference, users }, [expired, works]).nextSteps, []);
  });

  it('says what an answer leaves open, once', () => {
    const { findings, nextSteps } = registryAdvice({ reference, users }, [cached, cached]);
    assert.equal(findings.length, 1);
    assert.match(findings[0] ?? '', /pull-through cache/);
    assert.deepEqual(nextSteps, []);
  });

  it('tells the limits where one was reached', () => {
    const hub = { reference: parseImage('nginx:1'), users };
    const limited = row(
      { step: 'manifest', code: 'rate-limited', facts: { status: 429 } },
      'RateLimited',
    );
    const { findings } = registryAdvice(hub, [limited]);
    assert.match(findings.join('\n'), /the limits of Docker Hub: .*100 pulls in 6 hours/);
    assert.match(findings.join('\n'), /they count by account/);
  });

  it('says nothing of an image that is none', () => {
    const none = { reference: parseImage('UPPER/x'), users };
    assert.deepEqual(registryAdvice(none, [expired]), { findings: [], nextSteps: [] });
  });
});
