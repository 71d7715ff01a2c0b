import assert from 'node:assert/strict';
import { CAUSES } from '../../../src/causes/index.ts';
import { isNewPod, NEW_POD } from '../../../src/causes/steps.ts';
import type { Mended } from '../../../src/judge/mended.ts';
import { listSecret, replaceInAccount, setImage } from '../../../src/judge/mending.ts';
import { newPod } from '../../../src/judge/new-pod.ts';
import { attachSteps } from '../../../src/judge/pod-credentials-copy.ts';
import type { NextStep } from '../../../src/words/next-step.ts';
import { of, POD } from '../../rig/mended.ts';

const LOOK: NextStep = { text: 'Look', command: 'kubectl get pod web-1 -n shop' };
const attach = attachSteps('new', { namespace: 'shop', serviceAccount: 'ci', lists: false });
const replaced = [
  replaceInAccount('new', 'old', { name: 'ci', pullSecrets: ['old'] }, { namespace: 'shop' }),
];
const list = (mended: Mended) => [LOOK, listSecret('new', null, mended)];

const WAIT = /^Then wait for the next try, 5 minutes at most, or /;
const ONLY_NEW =
  /^Then (?:make the pod anew|delete the pod:)(?!.* at most).*waiting does not bring/;

describe('new pod', () => {
  for (const [what, mended, expected] of [
    [
      'nothing makes',
      POD,
      /^kubectl get pod web-1 -n shop -o yaml \| kubectl replace --force -f -$/,
    ],
    ['a StatefulSet makes', of('StatefulSet/web'), /^kubectl delete pod web-1 -n shop$/],
    ['the kubelet makes from a file', of('Node/n1'), null],
    ['has an ephemeral container', { ...POD, containerType: 'ephemeral' }, null],
  ] as const) {
    it(`in the place of one that ${what}`, () => {
      const step = newPod(mended, [LOOK]);
      if (expected === null) assert.equal(step, null);
      else assert.match(step?.command ?? '', expected);
    });
  }

  const DEPLOYMENT = of('Deployment/web');
  const STATEFUL = of('StatefulSet/web');
  for (const [what, mended, steps, expected] of [
    ['what only looks', POD, [LOOK], WAIT],
    ['what only looks, of a Deployment', DEPLOYMENT, [LOOK], WAIT],
    ['a patch of the ServiceAccount', POD, attach, ONLY_NEW],
    ['a patch of the ServiceAccount, of a Deployment', DEPLOYMENT, attach, ONLY_NEW],
    ['another secret in the ServiceAccount', POD, replaced, ONLY_NEW],
    ['another list in a StatefulSet', STATEFUL, list(STATEFUL), ONLY_NEW],
    ['another list, told in words', of('ReplicaSet/web'), list(of('ReplicaSet/web')), ONLY_NEW],
    ['another list in the pod', POD, list(POD), null],
    ['another list in pod and ServiceAccount', POD, [...replaced, ...list(POD)], null],
    ['another list in a Deployment', DEPLOYMENT, list(DEPLOYMENT), null],
    ['another list in a Job', of('Job/web'), list(of('Job/web')), null],
    ['another list in a CronJob', of('CronJob/web'), list(of('CronJob/web')), null],
    ['kubectl set image of a pod', POD, setImage('Use it', 'a:1', POD), WAIT],
    [
      'kubectl set image of a Deployment',
      DEPLOYMENT,
      setImage('Use it', 'a:1', DEPLOYMENT),
      /^Another image makes new pods by its rollout\. After any other change wait for/,
    ],
    [
      'kubectl set image of a StatefulSet',
      STATEFUL,
      setImage('Use it', 'a:1', STATEFUL),
      /^Then delete the pod: its StatefulSet makes a new one, .* only where the image stays$/,
    ],
  ] as const) {
    it(`after ${what}`, () => {
      const step = newPod(mended, steps);
      if (expected === null) assert.equal(step, null);
      else assert.match(step?.text ?? '', expected);
    });
  }

  const NEVER_SAID = /makes a new one, which|tries at once|delete the pod:/;
  for (const [what, mended, type] of [
    ['a workflow', of('Workflow/build', { group: 'argoproj.io' }), 'Workflow.argoproj.io'],
    ['a kind without a group', of('TaskRun/build'), 'TaskRun'],
    ['a Job of Volcano', of('Job/build', { group: 'batch.volcano.sh' }), 'Job.batch.volcano.sh'],
    ['a kind that every object inherits', of('constructor/build'), 'constructor'],
  ] as const) {
    it(`promises no new pod by ${what}`, () => {
      for (const steps of [[LOOK], attach]) {
        const step = newPod(mended, steps);
        assert.equal(step?.command, `kubectl get ${type} build -n shop`);
        assert.doesNotMatch(step.text, NEVER_SAID);
        assert.ok(step.text.includes(`Whether its ${type} makes a new one`), step.text);
      }
      assert.match(newPod(mended, [LOOK])?.text ?? '', /^Then wait for the next try/);
      assert.doesNotMatch(newPod(mended, attach)?.text ?? '', /next try/);
    });
  }

  it('a kind that is none to kubectl stands in no command', () => {
    assert.equal(newPod(of('a; b/build'), [LOOK])?.command, undefined);
  });

  it('a ReplicaSet makes new pods, whatever owns it', () => {
    const mended = of('Rollout/web', {
      group: 'argoproj.io',
      owner: { workload: 'ReplicaSet/web-6d4', group: 'apps' },
    });
    const step = newPod(mended, [LOOK]);
    assert.match(step?.text ?? '', /delete the pod: its ReplicaSet makes a new one/);
    assert.equal(step?.command, 'kubectl delete pod web-1 -n shop');
  });

  for (const [workload, expected] of [
    [
      'Deployment/web',
      /^Another image makes new pods by its rollout\. After any other change wait/,
    ],
    ['StatefulSet/web', /^Then delete the pod: its StatefulSet .* only where the image stays$/],
    ['ReplicaSet/web', /^Then delete the pod: its ReplicaSet .* only where the image stays$/],
    ['Job/web', WAIT],
    ['CronJob/web', null],
  ] as const) {
    it(`after another image for a volume of ${workload}`, () => {
      const mended = of(workload, { volume: 'model' });
      const step = newPod(mended, setImage('Use it', 'a:1', mended));
      if (expected === null) assert.equal(step, null);
      else assert.match(step?.text ?? '', expected);
    });
  }

  it('pages that change a list of pull secrets promise nothing of waiting', () => {
    const changes = Object.values(CAUSES).filter(({ nextSteps }) =>
      nextSteps.some(({ text }) => /recreate the pod|Put the new name/.test(text)),
    );
    assert.deepEqual(changes.map(({ name }) => name).sort(), [
      'RepositoryMissingOrPrivate',
      'SecretMalformed',
      'Unauthorized',
    ]);
    for (const { name, nextSteps } of changes) {
      const last = nextSteps.filter(isNewPod);
      assert.deepEqual([last.length, last.includes(NEW_POD)], [1, false], name);
      const before = nextSteps.filter((step) => !isNewPod(step));
      assert.match(newPod(POD, before)?.text ?? '', ONLY_NEW, name);
    }
  });
});
