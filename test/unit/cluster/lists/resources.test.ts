import assert from 'node:assert/strict';
import { builtinKind, builtinOwnerKind } from '../../../../src/cluster/lists/builtin-kinds.ts';
import { parseTargets } from '../../../../src/cluster/lists/resources.ts';
import { UsageError } from '../../../../src/words/errors.ts';

/** `plural/name` of the built-in kinds, `?type/name` of the others, `*` for all of a type. */
function short(args: readonly string[]): string {
  return parseTargets(args)
    .map((t) => `${t.resource ? t.resource.plural : `?${t.type}`}/${t.name ?? '*'}`)
    .join(' ');
}

describe('TYPE/NAME arguments', () => {
  for (const [args, expected] of [
    ['', ''],
    ['web-7d4b9c6f5-x2x9k', 'pods/web-7d4b9c6f5-x2x9k'],
    ['web-1 web-2', 'pods/web-1 pods/web-2'],
    ['pod x y', 'pods/x pods/y'],
    ['po x', 'pods/x'],
    ['pods', 'pods/*'],
    ['pod/x deploy/y', 'pods/x deployments/y'],
    ['deploy web', 'deployments/web'],
    ['deploy/web sts/db cronjob/x', 'deployments/web statefulsets/db cronjobs/x'],
    ['pod,rs x', 'pods/x replicasets/x'],
    ['pod,rs x y', 'pods/x pods/y replicasets/x replicasets/y'],
    ['pods,deployments', 'pods/* deployments/*'],
    ['deployments.apps web', 'deployments/web'],
    ['deployments.v1.apps/web', 'deployments/web'],
    ['DEPLOY/web', 'deployments/web'],
    ['rollout/web', '?rollout/web'],
    ['rollouts.argoproj.io/web', '?rollouts.argoproj.io/web'],
    ['rollout web', 'pods/rollout pods/web'],
    ['x x', 'pods/x'],
    ['pod/x po/x', 'pods/x'],
    ['pod deploy', 'pods/deploy'],
    ['MY_POD', 'pods/MY_POD'],
    ['Rollout/web', '?Rollout/web'],
    ['Test', 'pods/Test'],
    ['etcd-ip-10-0-0-1.ec2.internal', 'pods/etcd-ip-10-0-0-1.ec2.internal'],
  ] as const) {
    it(`describe ${args}`, () => assert.equal(short(args.split(' ').filter(Boolean)), expected));
  }

  for (const [args, message] of [
    ['pod a/b/c', /no need to specify a resource type/],
    ['a/b/c', /may not have more than one slash/],
    ['pod pod/x', /no need to specify a resource type/],
    ['pod/', /must have a single resource and name/],
    ['/x', /must have a single resource and name/],
    ['pod,rs/x', /must have a single resource and name/],
    ['pod,nosuch x', /the server doesn't have a resource type "nosuch"/],
  ] as const) {
    it(`refuses ${args}`, () =>
      assert.throws(
        () => parseTargets(args.split(' ')),
        (error: Error) => error instanceof UsageError && message.test(error.message),
      ));
  }

  it('refuses a name with -A or with a selector, and allows a type', () => {
    assert.throws(
      () => parseTargets(['x'], { allNamespaces: true }),
      /a resource cannot be retrieved by name across all namespaces/,
    );
    assert.throws(
      () => parseTargets(['deploy/x'], { selector: 'a=b' }),
      /name cannot be provided when a selector is specified/,
    );
    assert.equal(parseTargets(['deploy'], { allNamespaces: true, selector: 'a=b' }).length, 1);
  });

  it('refuses very many slashes', () =>
    assert.throws(() => parseTargets(['/'.repeat(130_000)]), /may not have more than one slash/));

  it('refuses an empty name', () => assert.throws(() => parseTargets(['pod', '']), UsageError));
});

describe('built-in kinds', () => {
  for (const [word, kind] of [
    ['ev', 'Event'],
    ['sa', 'ServiceAccount'],
    ['jobs.batch', 'Job'],
    ['jobs.v1.batch', 'Job'],
    ['cj', 'CronJob'],
    ['pods.v1', undefined],
    ['jobs.apps', undefined],
    ['pods.', undefined],
    ['rollouts', undefined],
    ['constructor', undefined],
  ] as const) {
    it(`${word} is ${kind}`, () => assert.equal(builtinKind(word)?.kind, kind));
  }

  it('are found as owners whatever the version', () => {
    assert.equal(builtinOwnerKind('batch/v1beta1', 'CronJob')?.plural, 'cronjobs');
    assert.equal(builtinOwnerKind('v1', 'Node')?.namespaced, false);
    assert.equal(builtinOwnerKind('apps.openshift.io/v1', 'Deployment'), undefined);
  });
});
