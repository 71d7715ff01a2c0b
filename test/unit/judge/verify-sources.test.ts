import assert from 'node:assert/strict';
import { secretView } from '../../../src/collect/views.ts';
import { withSourceFindings } from '../../../src/judge/verify-sources.ts';
import type { OpenShiftSources, Refresher } from '../../../src/words/cluster-sources.ts';
import type { Subject, VerifiedImage, VerifiedRow } from '../../../src/words/verification.ts';

const ROW: VerifiedRow = {
  credential: 'secret regcred',
  whose: 'pod',
  order: 1,
  secret: { namespace: 'shop', name: 'regcred' },
  key: 'quay.io',
  user: 'team',
  result: 'pullable',
  step: null,
  code: 'ok',
  detail: '',
  asked: null,
};

const REFUSED: VerifiedRow = {
  ...ROW,
  result: 'not pullable',
  step: 'token',
  code: 'token-refused',
};

function image(row: VerifiedRow): VerifiedImage {
  return {
    image: 'quay.io/team/app:1',
    users: [],
    count: 1,
    platforms: [],
    result: row.result,
    rows: [row, { ...row, credential: 'anonymous', whose: 'none', order: null, secret: null }],
    findings: ['before'],
    nextSteps: [],
    nearestTags: null,
    ibm: null,
  };
}

const NONE: OpenShiftSources = {
  mirrors: [],
  registries: { blocked: [], allowed: [], insecure: [] },
  globalSecret: null,
  unavailable: null,
};

function judged(
  row: VerifiedRow,
  more: Partial<OpenShiftSources>,
  refreshers = new Map(),
  subjects: Subject[] = [],
) {
  const openshift = { ...NONE, ...more };
  return withSourceFindings(image(row), { openshift, refreshers, subjects, now: 0 });
}

describe('verify: what the cluster says elsewhere', () => {
  it('nothing: nothing changes', () => {
    assert.deepEqual(judged(ROW, {}), image(ROW));
    const nowhere = { openshift: null, refreshers: new Map(), subjects: [], now: 0 };
    assert.deepEqual(withSourceFindings(image(ROW), nowhere), image(ROW));
  });

  it('a blocked registry: no node pulls it, whatever the registry says', () => {
    const { result, rows, findings } = judged(ROW, {
      registries: { ...NONE.registries, blocked: ['quay.io'] },
    });
    assert.equal(result, 'not pullable');
    assert.deepEqual(
      rows.map((row) => [row.result, row.code]),
      [
        ['not pullable', 'policy-blocked'],
        ['pullable', 'ok'],
      ],
    );
    assert.match(findings[1] ?? '', /^on this cluster nodes refuse to pull quay\.io\/team\/app/);
  });

  it('blocked with a mirror: only the finding', () => {
    const mirrors = [
      { object: 'o', source: 'quay.io', mirrors: ['m.example'], neverSource: false, pulls: 'tag' },
    ] as const;
    const registries = { ...NONE.registries, blocked: ['quay.io'] };
    assert.equal(judged(ROW, { mirrors, registries }).result, 'pullable');
  });

  for (const [source, mirror, flag] of [
    [
      'quay.io',
      'm.example:5000',
      '--registry-mirror quay.io=https://m.example:5000 asks as the nodes do',
    ],
    [
      'quay.io/team',
      'm.example/team',
      '--registry-mirror quay.io=https://m.example asks as the nodes do',
    ],
    ['quay.io/team', 'm.example/copies/team', null],
  ] as const) {
    it(`a mirror ${mirror} of ${source}: ${flag ?? 'no flag does the same'}`, () => {
      const mirrors = [
        { object: 'o', source, mirrors: [mirror], neverSource: false, pulls: 'tag' },
      ] as const;
      const { findings, result } = judged(ROW, { mirrors });
      assert.equal(result, 'pullable');
      assert.match(findings[1] ?? '', /^on this cluster nodes ask m\.example/);
      assert.equal(findings[2] ?? null, flag);
    });
  }

  it('the nodes bring a credential that was not tried: nobody can tell from here', () => {
    const auths = JSON.stringify({ auths: { 'quay.io': { username: 'a', password: 'b' } } });
    const globalSecret = secretView({
      metadata: { namespace: 'openshift-config', name: 'pull-secret' },
      type: 'kubernetes.io/dockerconfigjson',
      data: { '.dockerconfigjson': Buffer.from(auths).toString('base64') },
    });
    const { result, rows } = judged(REFUSED, { globalSecret });
    assert.deepEqual(
      [result, rows[0]?.result, rows[1]?.result],
      ['unverifiable', 'unverifiable', 'not pullable'],
    );
    assert.equal(
      judged({ ...REFUSED, code: 'manifest-not-found' }, { globalSecret }).result,
      'not pullable',
    );
  });

  it('the operator of a secret that was refused', () => {
    const refresher: Refresher = {
      kind: 'ExternalSecret',
      namespace: 'shop',
      name: 'login',
      target: 'regcred',
      ready: 'False',
      reason: 'SecretSyncedError',
      message: '',
      changedAt: null,
      refreshedAt: null,
      intervalMs: null,
    };
    const refreshers = new Map([['shop/regcred', refresher]]);
    assert.match(
      judged(REFUSED, {}, refreshers).findings[1] ?? '',
      /^the operator that writes secret regcred stopped/,
    );
    assert.equal(judged(ROW, {}, refreshers).findings.length, 1);

    // A secret that was never written has no row.
    const absent = (name: string): Subject => ({
      users: [{ kind: 'Pod', namespace: 'shop', name }],
      count: 1,
      serviceAccount: 'default',
      images: [{ container: 'web', image: 'quay.io/team/app:1', never: false }],
      secrets: [
        {
          namespace: 'shop',
          name: 'regcred',
          answer: { known: false, why: { reason: 'not found', what: 'secret', text: 'gone' } },
        },
      ],
      listUnknown: null,
      platforms: [],
    });
    const anonymous: VerifiedRow = {
      ...REFUSED,
      credential: 'anonymous',
      whose: 'none',
      secret: null,
    };
    const found = (subject: Subject) =>
      withSourceFindings(
        { ...image(anonymous), users: [{ kind: 'Pod', namespace: 'shop', name: 'web' }] },
        { openshift: null, refreshers, subjects: [subject], now: 0 },
      ).findings;
    assert.match(found(absent('web'))[1] ?? '', /^the operator that writes secret regcred stopped/);
    assert.equal(found(absent('other')).length, 1);
  });

  it('not among the allowed: no mirror helps', () => {
    const mirrors = [
      { object: 'o', source: 'quay.io', mirrors: ['m.example'], neverSource: false, pulls: 'tag' },
    ] as const;
    const registries = { ...NONE.registries, allowed: ['m.example'] };
    assert.equal(judged(ROW, { mirrors, registries }).result, 'not pullable');
  });
});
