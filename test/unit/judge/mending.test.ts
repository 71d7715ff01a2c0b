import assert from 'node:assert/strict';
import { setImageStep } from '../../../src/causes/steps.ts';
import { targetOf } from '../../../src/judge/change-spec.ts';
import type { Mended } from '../../../src/judge/mended.ts';
import {
  allowPull,
  earlierImages,
  imageSteps,
  listSecret,
  replaceInAccount,
  setImage,
} from '../../../src/judge/mending.ts';
import { attachSteps } from '../../../src/judge/pod-credentials-copy.ts';
import { of, POD } from '../../rig/mended.ts';

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
      'a StatefulSet of another group',
      of('StatefulSet/web', { group: 'apps.kruise.io' }),
      ['kubectl set image pod/web-1 -n shop app=a:1'],
    ],
    [
      'a StatefulSet of its own group',
      of('StatefulSet/web', { group: 'apps' }),
      ['kubectl set image statefulset/web -n shop app=a:1'],
    ],
    [
      'an owner of a kind that every object inherits',
      of('constructor/web'),
      ['kubectl set image pod/web-1 -n shop app=a:1'],
    ],
    ['a ReplicaSet whose owner is not known', of('ReplicaSet/web-6d4'), [undefined]],
    [
      'a container whose name needs quotes',
      { ...POD, container: 'we b=nginx:1', containerType: 'ephemeral' },
      ['kubectl debug web-1 -n shop --image=a:1'],
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
    [of('ReplicaSet/web-6d4'), undefined],
    [of('Job/web', { group: 'batch.volcano.sh' }), undefined],
    [of('toString/web'), undefined],
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

  it('a container whose name needs quotes, for the next runs of a CronJob', () => {
    const mended = of('CronJob/web', { container: 'we b=nginx:1' });
    const step = {
      text: 'Write it',
      command: "kubectl set image pod/web-1 -n shop 'we b=nginx:1'=IMAGE",
    };
    assert.deepEqual(commands(imageSteps(step, mended, 'IMAGE')), [
      step.command,
      "kubectl set image cronjob/web -n shop 'we b=nginx:1=IMAGE'",
    ]);
  });

  it('a ReplicaSet is left to what owns it', () => {
    const mended = of('ReplicaSet/web-6d4');
    const [step] = imageSteps(setImageStep('Write the right name'), mended, 'IMAGE');
    assert.match(
      step?.text ?? '',
      /^Write the right name, in the template of what owns ReplicaSet web-6d4/,
    );
    assert.match(
      listSecret('new', null, mended).text,
      /what owns ReplicaSet web-6d4.*recreate the pod$/,
    );
    assert.match(allowPull(mended).text, /what owns ReplicaSet web-6d4/);
    assert.equal(targetOf(mended), 'pod/web-1');
  });

  const VOLUME: Partial<Mended> = { volume: 'model' };
  for (const [what, mended, expected] of [
    [
      'a Deployment',
      of('Deployment/web', VOLUME),
      `kubectl patch deployment/web -n shop -p 'spec: {template: {spec: {volumes: [{name: model, image: {FIELD}}]}}}'`,
    ],
    [
      'a pod, whose volumes cannot be changed',
      { ...POD, ...VOLUME },
      `kubectl get pod web-1 -n shop -o yaml | kubectl patch --local -f - -p 'spec: {volumes: [{name: model, image: {FIELD}}]}' -o yaml | kubectl replace --force -f -`,
    ],
    [
      'a Job, whose template is fixed',
      of('Job/web', VOLUME),
      `kubectl get job web -n shop -o yaml | kubectl patch --local -f - -p 'spec: {selector: null, template: {metadata: {labels: {controller-uid: null, batch.kubernetes.io/controller-uid: null}}, spec: {volumes: [{name: model, image: {FIELD}}]}}}' -o yaml | kubectl replace --force -f -`,
    ],
    [
      'an owner of another kind',
      of('Rollout/web', { ...VOLUME, group: 'argoproj.io' }),
      'kubectl edit Rollout.argoproj.io web -n shop',
    ],
    ['a ReplicaSet whose owner is not known', of('ReplicaSet/web-6d4', VOLUME), undefined],
    ['a volume with a name that is none', { ...POD, volume: 'a: b' }, undefined],
  ] as const) {
    it(`an image volume of ${what}: the container keeps its image and policy`, () => {
      const [image, ...more] = setImage('Use it', 'quay.io/a/model:9', mended);
      const policy = allowPull(mended);
      assert.deepEqual(more, []);
      assert.equal(image?.command, expected?.replace('FIELD', 'reference: "quay.io/a/model:9"'));
      assert.equal(policy.command, expected?.replace('FIELD', 'pullPolicy: IfNotPresent'));
      assert.ok(
        image?.text.includes(`spec.volumes[${mended.volume}].image.reference`),
        image?.text,
      );
      assert.ok(
        policy.text.includes(`spec.volumes[${mended.volume}].image.pullPolicy`),
        policy.text,
      );
      assert.equal(earlierImages(mended), null);
    });
  }

  for (const [name, word] of [
    ['regcred', 'regcred'],
    ['123457', '"123457"'],
    ['1e3', '"1e3"'],
    ['0x1f', '"0x1f"'],
    ['null', '"null"'],
    ['true', '"true"'],
    ['on', '"on"'],
    ['yes', '"yes"'],
  ] as const) {
    it(`a name is a string in each patch: ${name}`, () => {
      const account = { name: 'ci', pullSecrets: [name] };
      const attach = { namespace: 'shop', serviceAccount: 'ci', lists: true };
      for (const [command, expected] of [
        [listSecret(name, name, POD).command, `[{name: ${word}, $patch: delete}, {name: ${word}}]`],
        [allowPull({ ...POD, container: name }).command, `[{name: ${word}, imagePullPolicy:`],
        [replaceInAccount(name, 'old', account, POD).command, `value: ${word}}]`],
        [replaceInAccount('new', name, account, POD).command, `value: ${word}},`],
        [attachSteps(name, attach)[0]?.command, `value: {name: ${word}}}]`],
      ] as const) {
        assert.ok(command?.includes(expected), command);
      }
    });
  }

  it('a listed name that nobody checked is quoted, for YAML and for the shell', () => {
    const account = { name: 'ci', pullSecrets: ["a'b}]"] };
    assert.ok(
      replaceInAccount('new', "a'b}]", account, POD).command?.includes(`value: "a'\\''b}]"}`),
    );
    assert.ok(listSecret('new', 'regcred}]', POD).command?.includes('{name: "regcred}]", $patch:'));
    for (const step of [
      replaceInAccount('new', 'a\u001bb', account, POD),
      replaceInAccount('a}]', 'old', account, POD),
      listSecret('new', 'a\u202eb', POD),
      ...attachSteps('a}]', { namespace: 'shop', serviceAccount: 'ci', lists: true }),
    ]) {
      assert.equal(step.command, undefined);
    }
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
