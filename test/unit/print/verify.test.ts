import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parseImage } from '../../../src/image/reference.ts';
import { verificationList } from '../../../src/print/verify-document.ts';
import { verifySummary, verifyText } from '../../../src/print/verify-table.ts';
import {
  IBM_FAILED_CODES,
  IBM_NOTE_CODES,
  IBM_SKIPPED_CODES,
  IBM_STEPS,
  IBM_UNKNOWN_CODES,
} from '../../../src/words/ibm.ts';
import { FAILED_CODES, SKIPPED_CODES, STEPS } from '../../../src/words/ladder.ts';
import type { VerifiedImage, VerifiedRow } from '../../../src/words/verification.ts';
import { fakeRegistries, type Said } from '../../rig/registries.ts';

async function row(said: Said, change: Partial<VerifiedRow> = {}): Promise<VerifiedRow> {
  const image = parseImage('ghcr.io/o/app:1');
  assert(image.valid);
  const asked = await fakeRegistries(() => said).ask({ image, login: null, platform: null });
  return {
    credential: 'secret regcred',
    whose: 'pod',
    order: 1,
    secret: { namespace: 'shop', name: 'regcred' },
    key: 'ghcr.io',
    user: 'bob',
    result: asked.result,
    step: asked.step,
    code: asked.code,
    detail: '',
    asked,
    ...change,
  };
}

function image(rows: readonly VerifiedRow[], change: Partial<VerifiedImage> = {}): VerifiedImage {
  return {
    image: 'ghcr.io/o/app:1',
    users: [{ kind: 'Pod', namespace: 'shop', name: 'web' }],
    count: 3,
    platforms: [{ os: 'linux', architecture: 'amd64' }],
    result: 'pullable',
    rows,
    findings: [],
    nextSteps: [],
    nearestTags: null,
    ibm: null,
    ...change,
  };
}

const REFUSED: Said = { step: 'token', code: 'token-refused' };
const PRINT = {
  noHeaders: false,
  wide: false,
  bold: (text: string) => text,
  width: Number.POSITIVE_INFINITY,
};

describe('what verify prints', () => {
  it('shows steps of one image, and of several only with -o wide', async () => {
    const one = image([await row('ok')]);
    assert.match(verifyText([one], PRINT), /^STEP /m);
    assert.doesNotMatch(verifyText([one, one], PRINT), /^STEP /m);
    const wide = verifyText([one, one], { ...PRINT, wide: true });
    assert.match(wide, /^STEP /m);
    assert.match(wide, /ghcr\.io +bob +1 +<none> +shop\/pod\/web \+2 +30ms/);
  });

  it('makes control characters visible, wherever they stand', async () => {
    const evil = '\x1b[31mred\u202e';
    const text = verifyText(
      [
        image([await row(REFUSED, { detail: evil, credential: evil, key: evil, user: evil })], {
          image: evil,
          findings: [evil],
          nextSteps: [{ text: evil, command: evil }],
        }),
      ],
      { ...PRINT, wide: true },
    );
    assert.ok(!text.includes('\x1b') && !text.includes('\u202e'));
    assert.match(text, /\^\[\[31mred\\u202e/);
  });

  it('hides a user name that is a secret', async () => {
    const text = verifyText([image([await row('ok', { user: null })])], { ...PRINT, wide: true });
    assert.match(text, /ghcr\.io +<hidden>/);
    assert.match(text, /\(user <hidden>\)/);
  });

  it('tells of so many images at most', async () => {
    const rows = [await row(REFUSED)];
    const noted = Array.from({ length: 12 }, (_, i) =>
      image(rows, { findings: [`${i}: something is wrong`] }),
    );
    const text = verifyText(noted, PRINT);
    assert.equal(text.split('something is wrong').length - 1, 8);
    assert.match(text, /and notes on 4 more images/);
  });

  it('says once what is alike', async () => {
    const noted = image([await row(REFUSED)], { findings: ['something is wrong'] });
    const text = verifyText([noted, { ...noted, image: 'b' }, { ...noted, image: 'c' }], PRINT);
    assert.match(text, /^ghcr\.io\/o\/app:1 and 2 more\nFound: +something is wrong\n$/m);
  });

  it('sums up', () => {
    const images = (['pullable', 'not pullable', 'unverifiable'] as const).map((result) =>
      image([], { result }),
    );
    assert.match(
      verifySummary(images),
      /^From this machine: 1 of 3 images can be pulled, 1 cannot, 1 could not be verified\./,
    );
  });
});

describe('VerificationList', () => {
  const schema = JSON.parse(
    readFileSync(join(import.meta.dirname, '../../../docs/schema/verification-list.json'), 'utf8'),
  ) as {
    $defs: {
      step: { properties: { step: { enum: string[] }; code: { enum: string[] } } };
      ibmStep: { properties: { step: { enum: string[] }; code: { enum: string[] } } };
      credential: { properties: { step: { enum: string[] }; code: { enum: string[] } } };
    };
  };
  const validate = new Ajv2020({ allErrors: true }).compile(schema);
  const why = {
    reason: 'forbidden',
    what: 'nodes',
    text: 'not allowed',
    check: 'kubectl',
  } as const;

  it('fits the schema', async () => {
    const rows = [
      await row('ok'),
      await row(REFUSED),
      await row('ok', { asked: null, step: 'credentials', code: 'secret-broken', secret: null }),
      await row('ok', { order: null, key: null, user: null, whose: 'none' }),
    ];
    const tags = { tags: ['1.27'], read: 4, complete: true, code: null };
    const images = [
      image(rows, { findings: ['a'], nextSteps: [{ text: 'b', command: 'c' }, { text: 'd' }] }),
      image([], { users: [], count: 0, nearestTags: tags }),
    ];
    const parsed: unknown = JSON.parse(JSON.stringify(verificationList({ images, gaps: [why] })));
    assert.ok(validate(parsed), JSON.stringify(validate.errors?.slice(0, 3)));
  });

  it('has every step and every code of IBM Cloud', () => {
    const { step, code } = schema.$defs.ibmStep.properties;
    assert.deepEqual(step.enum, [...IBM_STEPS]);
    const codes = [
      ...IBM_FAILED_CODES,
      ...IBM_UNKNOWN_CODES,
      ...IBM_NOTE_CODES,
      ...IBM_SKIPPED_CODES,
    ];
    assert.deepEqual([...code.enum].sort(), ['ok', ...codes].sort());
  });

  it('has every step and every code there is', () => {
    const { step, credential } = schema.$defs;
    const codes = ['ok', ...SKIPPED_CODES, ...FAILED_CODES];
    assert.deepEqual([...step.properties.code.enum].sort(), [...codes].sort());
    assert.deepEqual(step.properties.step.enum, [...STEPS]);
    const missing = FAILED_CODES.filter((code) => !credential.properties.code.enum.includes(code));
    assert.deepEqual(missing, []);
  });
});
