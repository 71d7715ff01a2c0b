import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FRAME_RULES } from '../../../src/causes/frames.ts';
import { CAUSES } from '../../../src/causes/index.ts';
import { mask } from '../../../src/causes/mask.ts';
import { lookAt, mayMatch, quickOf, quickTest } from '../../../src/causes/quick.ts';
import { alternativesOf, requiredWords } from '../../../src/causes/required-words.ts';
import { CAUSE_NAMES } from '../../../src/words/cause.ts';

const CORPUS = join(import.meta.dirname, '../../corpus');

function messages(): string[] {
  return ['messages.jsonl', 'messages-k8s13x.jsonl'].flatMap((file) =>
    readFileSync(join(CORPUS, file), 'utf8')
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { message: string }).message),
  );
}

describe('the quick no', () => {
  const cases: [RegExp, readonly string[] | null][] = [
    [/Failed to pull image/i, ['failed to pull image']],
    [/no such host|server misbehaving/, ['no such host', 'server misbehaving']],
    [/(?:error )?reading manifest \S{1,300} in /, ['reading manifest ']],
    [/x509: |\d+/, null],
    [/colou?r/, ['colo']],
    [/ab*cde/, ['cde']],
    [/(?:unauthorized|denied): x/, ['unauthorized', 'denied']],
    [/\bdial tcp [\d.]+: i\/o timeout/, [': i/o timeout']],
    [/(?=lookahead)abc/, ['abc']],
    [/(?<!behind)xyz/, ['xyz']],
    [/(?<name>lookup) x/, ['lookup']],
    [/[a-z]{3,}/, null],
    [/\u0041BCD/, ['abcd']],
    [/\x41BCD/, null],
    [/abc{2,3}d/, ['abc']],
    [/end\.{0,5}/, ['end']],
    [/(?:(?:one|three)+ more|two)?rest/, ['rest']],
  ];
  for (const [regexp, words] of cases) {
    it(String(regexp), () => assert.deepEqual(requiredWords(regexp.source), words));
  }

  it('never says no where a pattern of ours matches a real message', () => {
    const patterns = [
      ...FRAME_RULES.map((rule) => rule.match),
      ...CAUSE_NAMES.flatMap((cause) => CAUSES[cause].patterns.map((p) => p.match)),
    ];
    const fresh = patterns.map((p) => new RegExp(p.source, p.flags.replace('g', '')));
    let matches = 0;
    for (const message of messages()) {
      for (const text of [message, mask(message, null).text]) {
        const look = lookAt(text.toLowerCase());
        for (const pattern of fresh) {
          if (!pattern.test(text)) continue;
          matches++;
          assert.ok(mayMatch(quickOf(pattern), look), `${pattern} matches ${text}`);
        }
      }
    }
    assert.ok(matches > 10_000, `${matches} matches`);
  });

  it('answers as the expression itself', () => {
    const patterns = CAUSE_NAMES.flatMap((cause) => CAUSES[cause].patterns.map((p) => p.match));
    for (const message of messages()) {
      const look = lookAt(message.toLowerCase());
      for (const pattern of patterns) {
        assert.equal(
          quickTest(quickOf(pattern), message, look),
          pattern.test(message),
          `${pattern} on ${message}`,
        );
      }
    }
  });

  it('splits alternatives outside of groups and classes', () => {
    assert.deepEqual(alternativesOf('a|(?:b|c)|[|]d|e\\|f'), ['a', '(?:b|c)', '[|]d', 'e\\|f']);
  });

  it('can say it of most patterns', () => {
    const patterns = CAUSE_NAMES.flatMap((cause) => CAUSES[cause].patterns);
    const silent = patterns.filter((p) => requiredWords(p.match.source) === null);
    assert.ok(silent.length < patterns.length / 5, `${silent.length} of ${patterns.length}`);
  });
});
