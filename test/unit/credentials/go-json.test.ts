/** Expected sentences printed by Go 1.26's encoding/json. */
import assert from 'node:assert/strict';
import { toBytes, toText } from '../../../src/credentials/encoding.ts';
import { fieldName, jsonMembers, jsonString, readJson } from '../../../src/credentials/go-json.ts';
import { jsonSyntaxError } from '../../../src/credentials/go-json-syntax.ts';

const ERRORS: readonly (readonly [string, string])[] = [
  ['', 'unexpected end of JSON input'],
  ['  ', 'unexpected end of JSON input'],
  ['{', 'unexpected end of JSON input'],
  ['{"a":', 'unexpected end of JSON input'],
  ['"a', 'unexpected end of JSON input'],
  ['{}x', "invalid character 'x' after top-level value"],
  ['01', "invalid character '1' after top-level value"],
  ['[1,]', "invalid character ']' looking for beginning of value"],
  ['[1 2]', "invalid character '2' after array element"],
  ['{"a"}', "invalid character '}' after object key"],
  ['{"a":1,}', "invalid character '}' looking for beginning of object key string"],
  ['{"a":1 "b"', "invalid character '\"' after object key:value pair"],
  ["{'a'", "invalid character '\\'' looking for beginning of object key string"],
  ['tru', "invalid character ' ' in literal true (expecting 'e')"],
  ['nul ', "invalid character ' ' in literal null (expecting 'l')"],
  ['falsy', "invalid character 'y' in literal false (expecting 'e')"],
  ['-', "invalid character ' ' in numeric literal"],
  ['-a', "invalid character 'a' in numeric literal"],
  ['1.', "invalid character ' ' after decimal point in numeric literal"],
  ['1e', "invalid character ' ' in exponent of numeric literal"],
  ['"\\x"', "invalid character 'x' in string escape code"],
  ['"\\u12g"', "invalid character 'g' in \\u hexadecimal character escape"],
  ['"\t"', "invalid character '\\t' in string literal"],
  ['\xef\xbb\xbf{}', "invalid character '\u00ef' looking for beginning of value"],
  ['\xff\xfe{\0', "invalid character '\u00ff' looking for beginning of value"],
  ['\x7f', "invalid character '\\x7f' looking for beginning of value"],
  ['\xa0', "invalid character '\\u00a0' looking for beginning of value"],
  ['\\', "invalid character '\\\\' looking for beginning of value"],
];

const SOUND = ['null', ' true ', '-0.5e+10', '"\\ud800"', '[]', '{}', '[{"a":[1,"b",null]}]\n'];

describe('jsonSyntaxError', () => {
  for (const [text, error] of ERRORS) {
    it(`${JSON.stringify(text)}`, () => assert.equal(jsonSyntaxError(text), error));
  }
  for (const text of SOUND) {
    it(`nothing wrong with ${JSON.stringify(text)}`, () =>
      assert.equal(jsonSyntaxError(text), null));
  }

  it('nests 10,000 deep and no deeper', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    assert.equal(jsonSyntaxError(nested(10_000)), null);
    assert.equal(jsonSyntaxError(nested(10_001)), "invalid character '[' exceeded max depth");
  });

  it('reads megabytes of escapes', () => {
    assert.equal(jsonSyntaxError(`"${'\\n\\u0041'.repeat(500_000)}"`), null);
  });
});

describe('jsonMembers', () => {
  it('gives every member in order, repeated names and odd blanks included', () => {
    const text = '\n{ "a" : {"}":"]"} , "b":"x\\"{" ,"a":[ {"c":1} ],\t"\\u0064":-1e3 , "":null}';
    const read = readJson(text);
    assert.ok(read.ok);
    const members = [...jsonMembers(text, read.root)].map(({ name, value }) => [
      name,
      value.kind,
      text.slice(value.start, value.end),
    ]);
    assert.deepEqual(members, [
      ['a', 'object', '{"}":"]"}'],
      ['b', 'string', '"x\\"{"'],
      ['a', 'array', '[ {"c":1} ]'],
      ['d', 'number', '-1e3'],
      ['', 'null', 'null'],
    ]);
  });
});

describe('jsonString', () => {
  for (const [written, expected] of [
    ['plain', 'plain'],
    ['\\"\\\\\\/\\b\\f\\n\\r\\t', '"\\/\b\f\n\r\t'],
    ['\\u00e9\\ud83d\\ude00', '\u00e9\u{1f600}'],
    ['\\ud800', '\ufffd'],
    ['\\ud800\\u0061', '\ufffda'],
    ['\\ud800\\ud83d\\ude00', '\ufffd\u{1f600}'],
    ['\\udc00', '\ufffd'],
    ['\xff\xc3', '\ufffd\ufffd'],
    ['\xe2\x82x', '\ufffd\ufffdx'],
    ['\xed\xa0\x80', '\ufffd\ufffd\ufffd'],
    [toBytes('\u00fc\u{1f600}\\n'), '\u00fc\u{1f600}\n'],
  ] as const) {
    it(JSON.stringify(written), () => {
      const text = `"${written}"`;
      const value = { kind: 'string', start: 0, end: text.length } as const;
      assert.equal(toText(jsonString(text, value)), expected);
    });
  }
});

describe('fieldName', () => {
  for (const [name, expected] of [
    ['auths', 'auths'],
    ['AuthS', 'auths'],
    ['auth\u017f', 'auths'],
    ['to\u212aen', 'token'],
    ['\u0130d', toBytes('\u0130d')],
    ['auths ', 'auths '],
  ] as const) {
    it(name, () => assert.equal(fieldName(toBytes(name)), expected));
  }
});
