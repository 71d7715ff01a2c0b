/** Policies against an image: `us.icr.io/shop/web:1` in us-south, unless a case says another region. */
import assert from 'node:assert/strict';
import { accessOf } from '../../../src/judge/ibm-access.ts';
import type {
  IbmAttribute,
  IbmLearnedAll,
  IbmPolicy,
  IbmRefusal,
} from '../../../src/words/ibm-learned.ts';

const IMAGE = {
  host: 'us.icr.io',
  apiHost: 'us.icr.io',
  region: 'us-south',
  isPrivate: false,
  namespace: 'shop',
  repository: 'shop/web',
  tag: '1',
  digest: null,
};

function attributes(text: string): IbmAttribute[] {
  return text.split(' ').flatMap((part) => {
    const found = /^(\w+)(=|~|!)(.*)$/.exec(part);
    if (found === null) return [];
    const operator =
      { '=': 'stringEquals', '~': 'stringMatch', '!': 'other' }[found[2] ?? ''] ?? '';
    return [{ name: found[1] ?? '', operator, value: found[3] ?? '' }];
  });
}

function policy(text: string, roles = ['serviceRole:Reader'], more: Partial<IbmPolicy> = {}) {
  return {
    id: text,
    group: null,
    roles,
    resources: [attributes(text)],
    conditional: false,
    ...more,
  };
}

const GAP = {
  problem: 'refused',
  host: 'iam.cloud.ibm.com',
  status: 403,
  errorCode: '',
  errorMessage: '',
  detail: 'iam.cloud.ibm.com answers 403',
} as const;

function all(policies: readonly IbmPolicy[], missing: readonly IbmRefusal[] = []): IbmLearnedAll {
  return {
    credential: 'secret x',
    kind: 'API key',
    user: 'iamapikey',
    blanks: false,
    ends: null,
    token: { known: true, value: { iamId: 'iam-ServiceId-1', account: 'a', name: null }, ms: 1 },
    key: null,
    serviceId: null,
    policies: { known: true, value: { policies, missing, groups: [] }, ms: 1 },
    namespaces: null,
    quota: null,
    images: null,
  };
}

const CR = 'serviceName=container-registry';

describe('access by policies', () => {
  for (const [text, code, group] of [
    [CR, 'ok', null],
    [`${CR} accountId=a region=us-south`, 'ok', null],
    [`${CR} resourceType=namespace resource=shop`, 'ok', null],
    [`${CR} resource~sh*`, 'ok', null],
    [`${CR} resource~s?op`, 'ok', null],
    [`${CR} resource~sh?`, 'ibm-access-wrong-namespace', null],
    [`${CR} resource=shop2`, 'ibm-access-wrong-namespace', null],
    [`${CR} resource=Shop`, 'ibm-access-wrong-namespace', null],
    [`${CR} region=global`, 'ibm-access-wrong-region', null],
    ['serviceName~container-*', 'ok', null],
    ['serviceName=containers-kubernetes', 'ibm-access-none', null],
    ['serviceType=service', 'ok', null],
    ['accountId=a', 'ok', null],
    ['serviceType=platform_service', 'ibm-access-none', null],
    ['service_group_id=IAM', 'ibm-access-none', null],
    ['resourceType=resource-group resource=rg1', 'ibm-access-none', null],
    ['resourceGroupId=rg1', 'ibm-policy-unclear', null],
    ['resourceGroupId=rg1', 'ok', 'rg1'],
    ['resourceGroupId=rg2', 'ibm-access-wrong-group', 'rg1'],
    [`${CR} serviceInstance=x`, 'ibm-policy-unclear', null],
    [`${CR} geography=global`, 'ibm-policy-unclear', null],
    [`${CR} somethingNew=x`, 'ibm-policy-unclear', null],
    [`${CR} resource!shop`, 'ibm-policy-unclear', null],
  ] as const) {
    it(`${text}${group === null ? '' : ` (namespace in ${group})`}: ${code}`, () => {
      assert.equal(accessOf(all([policy(text)]), IMAGE, group, false).step.code, code);
    });
  }

  it('knows the older names of regions', () => {
    const image = { ...IMAGE, region: 'eu-de' };
    const old = all([policy(`${CR} region=eu-central`)]);
    assert.equal(accessOf(old, image, null, false).step.code, 'ok');
    assert.equal(accessOf(old, IMAGE, null, false).step.code, 'ibm-access-wrong-region');
  });

  it('cannot tell by region where that of the host is not known', () => {
    const image = { ...IMAGE, region: null };
    const { step } = accessOf(all([policy(`${CR} region=us-south`)]), image, null, false);
    assert.equal(step.code, 'ibm-policy-unclear');
  });

  for (const [roles, code, lists] of [
    [['serviceRole:Reader'], 'ok', true],
    [['serviceRole:Writer'], 'ok', false],
    [['serviceRole:Manager'], 'ok', true],
    [['role:Viewer', 'serviceRole:Writer'], 'ok', false],
    [['role:Administrator'], 'ibm-access-wrong-role', false],
    [['serviceRole:Administrator'], 'ibm-access-wrong-role', false],
    [['customRole:Puller'], 'ibm-policy-unclear', false],
    [[], 'ibm-access-wrong-role', false],
  ] as const) {
    it(`${roles.join(' and ') || 'no role'}: ${code}`, () => {
      const access = accessOf(all([policy(CR, [...roles])]), IMAGE, null, false);
      assert.deepEqual([access.step.code, access.lists], [code, lists]);
    });
  }

  it('sees a whole region only without namespace and resource group', () => {
    const whole = (text: string) => accessOf(all([policy(text)]), IMAGE, 'rg1', false).wholeRegion;
    assert.deepEqual(
      [CR, `${CR} region=us-south`, `${CR} resource=shop`, 'resourceGroupId=rg1'].map(whole),
      [true, true, false, false],
    );
  });

  it('names the nearest of several', () => {
    const near = policy(`${CR} resource=tools`);
    const { step } = accessOf(
      all([policy('serviceName=kms'), policy(`${CR} region=eu-de`), near]),
      IMAGE,
      null,
      false,
    );
    assert.equal(step.code, 'ibm-access-wrong-namespace');
    assert.equal(step.facts['policy'], near.id);
  });

  it('is no no where the registry gives the image', () => {
    const { step } = accessOf(all([]), IMAGE, null, true);
    assert.deepEqual([step.outcome, step.code], ['unknown', 'ibm-policy-unclear']);
  });

  it('does not say that no policy grants it where not all could be read', () => {
    for (const pulls of [true, false]) {
      const { step } = accessOf(all([], [GAP]), IMAGE, null, pulls);
      assert.deepEqual([step.outcome, step.code], ['unknown', 'ibm-not-allowed']);
      assert.doesNotMatch(step.detail, /no policy gives it/);
    }
  });

  it('tells of ten roles of a policy at most', () => {
    const roles = Array.from({ length: 60 }, (_, i) => `serviceRole:R${i}`);
    const { step } = accessOf(all([policy(CR, roles)]), IMAGE, null, false);
    assert.equal(step.code, 'ibm-access-wrong-role');
    assert.ok(!step.detail.includes('R10'));
  });

  it('takes hostile patterns in good time', () => {
    const value = `${'*a'.repeat(140)}b`;
    const started = performance.now();
    const image = { ...IMAGE, namespace: 'a'.repeat(255) };
    const policies = Array.from({ length: 200 }, () => policy(`${CR} resource~${value}`));
    assert.equal(
      accessOf(all(policies), image, null, false).step.code,
      'ibm-access-wrong-namespace',
    );
    assert.ok(performance.now() - started < 1000);
  });
});
