import assert from 'node:assert/strict';
import { parseImage } from '../../../src/image/reference.ts';
import { registryRules } from '../../../src/judge/registry-rules.ts';
import type {
  MirrorRule,
  OpenShiftSources,
  RegistrySources,
} from '../../../src/words/cluster-sources.ts';

const TAG = 'quay.io/team/app:1';
const DIGEST = `quay.io/team/app@sha256:${'a'.repeat(64)}`;

const rule = (more: Partial<MirrorRule>): MirrorRule => ({
  object: 'imagetagmirrorset/one',
  source: 'quay.io',
  mirrors: ['m.example'],
  neverSource: false,
  pulls: 'tag',
  ...more,
});

function rules(
  image: string,
  mirrors: readonly MirrorRule[],
  registries: Partial<RegistrySources> = {},
) {
  const parsed = parseImage(image);
  assert.ok(parsed.valid);
  const sources: OpenShiftSources = {
    mirrors,
    registries: { blocked: [], allowed: [], insecure: [], ...registries },
    globalSecret: null,
    unavailable: null,
  };
  return registryRules(parsed, sources);
}

const codes = (found: ReturnType<typeof rules>) => found.findings.map(({ code }) => code);

interface Case {
  readonly what: string;
  readonly image?: string;
  readonly mirrors?: readonly MirrorRule[];
  readonly registries?: Partial<RegistrySources>;
  readonly codes: readonly string[];
  readonly asked?: readonly string[];
}

const CASES: readonly Case[] = [
  { what: 'nothing is configured', codes: [] },
  {
    what: 'a mirror of the host',
    mirrors: [rule({})],
    codes: ['mirror-configured'],
    asked: ['m.example/team/app'],
  },
  {
    what: 'a mirror of another host',
    mirrors: [rule({ source: 'ghcr.io' })],
    codes: [],
  },
  {
    what: 'mirrors for digests and an image by tag',
    mirrors: [rule({ pulls: 'digest', object: 'imagedigestmirrorset/d' })],
    codes: ['mirror-not-used'],
  },
  {
    what: 'mirrors for digests and an image by digest',
    image: DIGEST,
    mirrors: [rule({ pulls: 'digest' })],
    codes: ['mirror-configured'],
    asked: ['m.example/team/app'],
  },
  {
    what: 'the most specific source alone counts, and its objects are merged',
    mirrors: [
      rule({ mirrors: ['host.example'] }),
      rule({ source: 'quay.io/team', mirrors: ['a.example/t', 'b.example/t'] }),
      rule({ source: 'quay.io/team', mirrors: ['b.example/t', 'c.example/t'] }),
    ],
    codes: ['mirror-configured'],
    asked: ['a.example/t/app', 'b.example/t/app', 'c.example/t/app'],
  },
  {
    what: 'NeverContactSource',
    mirrors: [rule({ neverSource: true })],
    codes: ['source-never-asked'],
    asked: ['m.example/team/app'],
  },
  {
    what: 'NeverContactSource without a mirror changes nothing',
    mirrors: [rule({ mirrors: [], neverSource: true })],
    codes: [],
  },
  { what: 'blocked', registries: { blocked: ['quay.io'] }, codes: ['registry-blocked'] },
  { what: 'another is blocked', registries: { blocked: ['ghcr.io', '*.quay.io'] }, codes: [] },
  {
    what: 'blocked with a mirror',
    mirrors: [rule({})],
    registries: { blocked: ['quay.io'] },
    codes: ['registry-blocked', 'mirror-configured'],
    asked: ['m.example/team/app'],
  },
  {
    what: 'not among the allowed',
    registries: { allowed: ['registry.redhat.io'] },
    codes: ['registry-not-allowed'],
  },
  { what: 'among the allowed', registries: { allowed: ['quay.io/team/app:1'] }, codes: [] },
];

describe('registry rules of OpenShift', () => {
  for (const { what, image = TAG, mirrors = [], registries, codes: wanted, asked = [] } of CASES) {
    it(what, () => {
      const found = rules(image, mirrors, registries);
      assert.deepEqual(codes(found), wanted);
      assert.deepEqual(found.mirrors, asked);
    });
  }

  it('texts name the object and both ends', () => {
    const [mirror] = rules(TAG, [rule({})]).findings;
    assert.equal(
      mirror?.text,
      'nodes ask m.example/team/app before quay.io/team/app itself (imagetagmirrorset/one)',
    );
    const [other] = rules(TAG, [
      rule({ pulls: 'digest', object: 'imagedigestmirrorset/d' }),
    ]).findings;
    assert.equal(
      other?.text,
      'the mirrors of imagedigestmirrorset/d for quay.io are not asked: they are for images named by digest, and this one is named by tag',
    );
    const [blocked] = rules(TAG, [rule({})], { blocked: ['quay.io'] }).findings;
    assert.match(blocked?.text ?? '', /has quay\.io; only its mirrors are asked$/);
  });

  it('many mirrors are not all named', () => {
    const mirrors = Array.from({ length: 9 }, (_, i) => `m${i}.example`);
    const [finding] = rules(TAG, [rule({ mirrors })]).findings;
    assert.match(finding?.text ?? '', /m2\.example\/team\/app and more before/);
    assert.doesNotMatch(finding?.text ?? '', /m3\.example/);
  });
});
