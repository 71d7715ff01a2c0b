import assert from 'node:assert/strict';
import { decodeText } from '../../../../src/cluster/saved/decode.ts';
import { documentsOf } from '../../../../src/cluster/saved/documents.ts';
import { InputError } from '../../../../src/words/errors.ts';

const POD = { kind: 'Pod', metadata: { name: 'é' } };
const json = JSON.stringify(POD);

describe('bytes as text', () => {
  for (const [name, bytes] of [
    ['UTF-8', Buffer.from(json)],
    ['UTF-8 with BOM', Buffer.from(`\uFEFF${json}`)],
    ['UTF-16LE with BOM', Buffer.from(`\uFEFF${json}`, 'utf16le')],
    ['UTF-16BE with BOM', Buffer.from(`\uFEFF${json}`, 'utf16le').swap16()],
    ['UTF-16LE without BOM', Buffer.from(json, 'utf16le')],
    ['UTF-16BE without BOM', Buffer.from(json, 'utf16le').swap16()],
  ] as const) {
    it(name, () => assert.equal(decodeText(bytes, 'x'), json));
  }

  for (const [name, bytes, message] of [
    ['binary', Buffer.from([1, 2, 0, 3, 4]), /^dump: it is a binary file/],
    ['gzip', Buffer.from([0x1f, 0x8b, 8]), /gzip: unpack it first/],
    ['zip', Buffer.from('PK\u0003\u0004'), /zip archive/],
  ] as const) {
    it(`refuses ${name}`, () =>
      assert.throws(
        () => decodeText(bytes, 'dump'),
        (error: Error) => error instanceof InputError && message.test(error.message),
      ));
  }

  it('takes an empty file', () => assert.equal(decodeText(Buffer.alloc(0), 'x'), ''));
});

describe('text as documents', () => {
  const LOG =
    '==== START logs for container web of pod shop/web-1 ====\n{"not": closed\n==== END logs for container web of pod shop/web-1 ====\n';
  for (const [name, text, expected] of [
    ['JSON', json, [POD]],
    ['JSON in many lines', `\n${JSON.stringify(POD, null, 4)}\n`, [POD]],
    ['JSON array', `[${json},${json}]`, [[POD, POD]]],
    ['JSON Lines', `${json}\n${json}\n`, [POD, POD]],
    ['JSON documents without blanks', `${json}${json}`, [POD, POD]],
    [
      'brackets and quotes in strings',
      '{"a":"}\\"{"}\r\n{"b":"\\\\"}',
      [{ a: '}"{' }, { b: '\\' }],
    ],
    ['output of cluster-info dump', `${json}\n${LOG}${json}\n`, [POD, POD]],
    ['output that begins with a log', `${LOG}${json}`, [POD]],
    ['a log that was cut short', `${json}\n${LOG.slice(0, 90)}`, [POD]],
    ['YAML', 'kind: Pod\nmetadata:\n  name: é\n', [POD]],
    ['YAML documents', `---\nkind: Pod\n---\nkind: Node\n`, [{ kind: 'Pod' }, { kind: 'Node' }]],
    ['YAML in flow form', '{kind: Pod}', [{ kind: 'Pod' }]],
    ['times in YAML stay texts', 'a: 2026-11-21T03:05:15Z\n', [{ a: '2026-11-21T03:05:15Z' }]],
    ['a comment before YAML', '# saved\nkind: Pod\n', [{ kind: 'Pod' }]],
  ] as const) {
    it(name, async () => assert.deepEqual(await documentsOf(text, 'x'), expected));
  }

  for (const [name, text, message] of [
    [
      'JSON cut short',
      '{"items":[\n{"s3cret":"a',
      'dump: the JSON ends before it is complete, in line 2: the file was cut short',
    ],
    [
      'second document cut short',
      `${json}\n{"s3cret`,
      'dump: the JSON ends before it is complete, in line 2: the file was cut short',
    ],
    ['text after JSON', `${json}\ns3cret`, 'dump: line 2 is not JSON'],
    ['broken JSON line', `${json}\n{"s3cret" 1}\n`, 'dump: the JSON cannot be read at line 2'],
    [
      'JSON nested without end',
      `${json}\n${'{"a":['.repeat(1_000_000)}`,
      'dump: the JSON that begins in line 2 is nested too deep',
    ],
    ['neither', 'a: b: "s3cret', 'dump: it can be read neither as JSON nor as YAML at line 1'],
  ] as const) {
    it(`refuses: ${name}`, async () =>
      assert.rejects(documentsOf(text, 'dump'), (error: Error) => {
        assert.ok(error instanceof InputError);
        assert.equal(error.message, message);
        return true;
      }));
  }

  it('refuses YAML nested without end', async () =>
    assert.rejects(documentsOf(`a: ${'['.repeat(5000)}`, 'dump'), InputError));
});
