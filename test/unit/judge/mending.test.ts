import assert from 'node:assert/strict';
import {
  allowPull,
  earlierImages,
  listSecret,
  type Mended,
  replaceInAccount,
  setImage,
} from '../../../src/judge/mending.ts';

const POD: Mended = {
  namespace: 'shop',
  pod: 'web-1',
  workload: null,
  container: 'app',
  containerType: 'container',
};
const of = (workload: string, more: Partial<Mended> = {}): Mended => ({
  ...POD,
  workload,
  ...more,
});
const commands = (steps: readonly { readonly command?: string }[]) => steps.map((s) => s.command);

describe('mending', () => {
  for (const [what, mended, expected] of [
    ['a pod', POD, ['kubectl set image pod/web-1 -n shop app=a:1']],
    ['a Deployment', of('Deployment/web'), ['kubectl set image deployment/web -n shop app=a:1']],
    [
      'a Job, whose template is fixed',
      of('Job/web'),
      ['kubectl set image pod/web-1 -n shop app=a:1'],
    ],
    [
      'a CronJob: the pod of now and those to come',
      of('CronJob/web'),
      [
        'kubectl set image pod/web-1 -n shop app=a:1',
        'kubectl set image cronjob/web -n shop app=a:1',
      ],
    ],
    [
      'an owner of another kind',
      of('Rollout/web'),
      ['kubectl set image pod/web-1 -n shop app=a:1'],
    ],
    [
      'an ephemeral container, which cannot be changed',
      { ...POD, containerType: 'ephemeral' },
      ['kubectl debug web-1 -n shop --image=a:1'],
    ],
  ] as const) {
    it(`another image for ${what}`, () => {
      assert.deepEqual(commands(setImage('Use it', 'a:1', mended)), expected);
    });
  }

  for (const [mended, expected] of [
    [
      of('Deployment/web'),
      "kubectl patch deployment/web -n shop -p 'spec: {template: {spec: {imagePullSecrets: [{name: old, $patch: delete}, {name: new}]}}}'",
    ],
    [
      of('CronJob/web'),
      "kubectl patch cronjob/web -n shop -p 'spec: {jobTemplate: {spec: {template: {spec: {imagePullSecrets: [{name: old, $patch: delete}, {name: new}]}}}}}'",
    ],
    [
      POD,
      "kubectl get pod web-1 -n shop -o yaml | kubectl patch --local -f - -p 'spec: {imagePullSecrets: [{name: old, $patch: delete}, {name: new}]}' -o yaml | kubectl replace --force -f -",
    ],
    [of('Rollout/web'), undefined],
  ] as const) {
    it(`a pull secret in the place of another: ${mended.workload}`, () => {
      assert.equal(listSecret('new', 'old', mended).command, expected);
    });
  }

  for (const [workload, expected] of [
    ['Deployment/web', /of Deployment web; its rollout makes new pods$/],
    ['DaemonSet/web', /of DaemonSet web; its rollout makes new pods$/],
    ['StatefulSet/web', /of StatefulSet web; only new pods get it$/],
    ['CronJob/web', /of CronJob web; its next runs get it$/],
  ] as const) {
    it(`what a change of the template does: ${workload}`, () => {
      assert.match(listSecret('new', null, of(workload)).text, expected);
    });
  }

  for (const [what, mended, expected] of [
    ['a Deployment', of('Deployment/web'), /^See which.*\n.*get replicasets /],
    ['a StatefulSet', of('StatefulSet/web'), /^See which.*\n.*get controllerrevisions /],
    ['a DaemonSet', of('DaemonSet/web'), /^See which.*\n.*get controllerrevisions /],
    ['an owner that a Deployment may have', of('ReplicaSet/web'), /^If a Dep.*\n.*replicasets /],
    ['nothing', POD, null],
    ['a Job', of('Job/web'), null],
    ['a CronJob', of('CronJob/web'), null],
    ['a file of the node', of('Node/n1'), null],
    ['kubectl debug', of('Deployment/web', { containerType: 'ephemeral' }), null],
  ] as const) {
    it(`which image ran before, of a container by ${what}`, () => {
      const step = earlierImages(mended);
      if (expected === null) assert.equal(step, null);
      else assert.match(`${step?.text}\n${step?.command}`, expected);
    });
  }

  it('a Job is made anew without what its controller wrote', () => {
    const { command = '' } = listSecret('new', null, of('Job/web'));
    assert.match(
      command,
      /^kubectl get job web .*selector: null.*controller-uid: null.*replace --force/,
    );
  });

  it('a name that is none goes into no patch', () => {
    assert.equal(listSecret('a}, {b', null, POD).command, undefined);
    assert.equal(allowPull({ ...POD, container: 'a: b' }).command, undefined);
  });

  it('a ServiceAccount loses only the entry that is named', () => {
    const { command = '' } = replaceInAccount(
      'new',
      'old',
      { name: 'ci', pullSecrets: ['a', 'old'] },
      { namespace: 'shop' },
    );
    assert.match(command, /\{op: test, path: \/imagePullSecrets\/1\/name, value: old\}/);
  });
});
