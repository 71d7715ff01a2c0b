import assert from 'node:assert/strict';
import { load, YAML11_SCHEMA } from 'js-yaml';
import { toYaml } from '../../../src/print/yaml.ts';

describe('YAML', () => {
  it('is laid out as kubectl does it', async () => {
    const value = {
      apiVersion: 'v1',
      kind: 'List',
      items: [{ name: 'web', tries: 7, host: null, tags: [], facts: { ok: true } }],
      text: 'first\nsecond\n',
    };
    assert.equal(
      await toYaml(value),
      [
        'apiVersion: v1',
        'kind: List',
        'items:',
        '- name: web',
        '  tries: 7',
        '  host: null',
        '  tags: []',
        '  facts:',
        '    ok: true',
        'text: |',
        '  first',
        '  second',
        '',
      ].join('\n'),
    );
  });

  const texts = [
    ...[
      'yes',
      'no',
      'on',
      'off',
      'y',
      'true',
      'null',
      '~',
      '',
      ' x ',
      '012',
      '0x1f',
      '1e3',
      '1_000',
    ],
    ...[
      '12:30:45',
      '2026-11-21',
      '.inf',
      '- x',
      '# x',
      'a #b',
      'a: b',
      '*x',
      '&x',
      '!x',
      '%x',
      '@x',
    ],
    ...['"x"', "it's", 'a\\b', 'a\tb', 'a\r\nb', '\n', '  lead\nb', 'é日本', 'x'.repeat(500)],
    ...['\x1b[31m', '\u009b31m', '\u202eevil', '\u2028', '\u0085', 'zero\u200bwidth', '\u{e0041}'],
  ];
  for (const text of texts) {
    it(`reads back ${JSON.stringify(text).slice(0, 40)}`, async () => {
      const yaml = await toYaml({ [text]: [text] });
      assert.deepEqual(load(yaml), { [text]: [text] });
      // kubectl and most other readers still follow YAML 1.1.
      assert.deepEqual(load(await toYaml([text]), { schema: YAML11_SCHEMA }), [text]);
      assert.doesNotMatch(yaml, /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    });
  }

  it('leaves out what is undefined', async () => {
    assert.equal(await toYaml({ a: undefined, b: 1 }), 'b: 1\n');
  });
});
