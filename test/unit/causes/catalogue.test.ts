import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { classify } from '../../../src/causes/classify.ts';
import { CAUSES } from '../../../src/causes/index.ts';
import { NEW_POD } from '../../../src/causes/steps.ts';
import { CAUSE_NAMES } from '../../../src/words/cause.ts';
import { readRows } from '../../measure/messages.ts';

const folder = join(import.meta.dirname, '..', '..', 'corpus');
const rows = new Map(
  readRows(readdirSync(folder).map((name) => join(folder, name))).map((row) => [row.id, row]),
);

const PLACEHOLDER =
  /\{(?:pod|namespace|container|image|host|node|secret|serviceaccount|workload|repository|hostname|hostport)\}/g;

describe('the catalogue of causes', () => {
  for (const name of CAUSE_NAMES) {
    const cause = CAUSES[name];
    describe(name, () => {
      it('is filed under its name, with a title that reads after a colon', () => {
        assert.equal(cause.name, name);
        assert.match(cause.title, /^[a-z][^.]*$/);
        assert.ok(cause.title.length <= 80, cause.title);
      });

      it('has two to seven sentences of meaning', () => {
        const sentences = cause.meaning.split(/[.:](?:\s|$)/).filter((part) => part !== '');
        assert.ok(sentences.length >= 2 && sentences.length <= 9, String(sentences.length));
      });

      it('has examples that are captured texts and that classify to it', () => {
        assert.ok(cause.examples.length > 0);
        for (const { id, text } of cause.examples) {
          assert.equal(rows.get(id)?.message, text, id);
          assert.equal(classify(text, { reason: rows.get(id)?.reason ?? null }).cause, name, id);
        }
      });

      it('is told apart from other causes only', () => {
        for (const { from, how } of cause.tellApart) {
          assert.notEqual(from, name);
          assert.ok(CAUSE_NAMES.includes(from));
          assert.notEqual(how, '');
        }
      });

      it('has commands that can be pasted and replace nothing', () => {
        for (const { text, command } of cause.nextSteps) {
          assert.notEqual(text, '');
          if (command === undefined) continue;
          const filled = command.replace(PLACEHOLDER, 'x');
          assert.doesNotMatch(filled, /\{(?!end\})[a-z]+\}/, 'an unknown placeholder');
          assert.doesNotMatch(filled, /--docker-password|--password|--token/);
          if (command !== NEW_POD.command)
            assert.doesNotMatch(filled, /kubectl (?:delete|replace|apply)\b/);
          assert.doesNotMatch(filled, /patch (?!.*--type=json).*imagePullSecrets/);
        }
      });
    });
  }

  it('gives tools that take a name no port', () => {
    const all = Object.values(CAUSES).flatMap(({ nextSteps, tellApart }) => [
      ...nextSteps.flatMap(({ command }) => command ?? []),
      ...tellApart.flatMap(({ command }) => command ?? []),
    ]);
    const byName = all.filter((command) =>
      /(?:\b(?:getent|nslookup|dig|ping|traceroute)|-servername) /.test(command),
    );
    assert.ok(byName.length >= 3);
    for (const command of byName) assert.doesNotMatch(command, /\{host\}/);
  });

  it('names an alternative only with a way to tell it apart', () => {
    const missing: string[] = [];
    for (const row of rows.values()) {
      const { cause, alternatives } = classify(row.message, { reason: row.reason });
      for (const other of alternatives) {
        if (/, rpc error|errors occurred/.test(row.message)) continue;
        if (!CAUSES[cause].tellApart.some(({ from }) => from === other)) {
          missing.push(`${row.id}: ${cause} from ${other}`);
        }
      }
    }
    assert.deepEqual([...new Set(missing.map((text) => text.replace(/^\w+: /, '')))], []);
  });

  it('says with every network cause what governs the pull', () => {
    for (const name of [
      'DnsFailure',
      'ConnectionRefused',
      'NetworkTimeout',
      'NetworkUnreachable',
      'ProxyFailure',
      'TlsUntrusted',
      'TlsInvalid',
    ] as const) {
      assert.match(CAUSES[name].meaning, /NetworkPolicy does not govern/);
      assert.match(CAUSES[name].meaning, /firewall, the proxy, the DNS and the CA/);
    }
  });

  it('holds no pattern with state', () => {
    for (const name of CAUSE_NAMES) {
      for (const { match } of CAUSES[name].patterns) {
        assert.equal(match.global || match.sticky, false);
      }
    }
  });
});
