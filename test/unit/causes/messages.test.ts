/** Inputs are captures of kubectl 1.32 on an API server 1.37 that holds the objects of test/dumps/modern-*. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  argumentMessages,
  documentMessages,
  isManifest,
  MAX_MESSAGE,
  splitMessages,
} from '../../../src/causes/messages.ts';

const TEST = join(import.meta.dirname, '..', '..');

function fixture(name: string): string {
  return readFileSync(join(TEST, 'fixtures/explain', name), 'utf8');
}

interface CapturedEvent {
  readonly message: string;
  readonly reason: string;
  readonly metadata: { readonly namespace: string };
  readonly involvedObject: { readonly name: string };
}

const EVENTS: readonly CapturedEvent[] = JSON.parse(
  readFileSync(join(TEST, 'dumps/modern-events.json'), 'utf8'),
).items;

/** As `kubectl get` prints a cell: up to the first line break. */
function asCell(text: string): string {
  const end = text.indexOf('\n');
  return end === -1 ? text : `${text.slice(0, end)}...`;
}

function sorted(texts: readonly string[]): string[] {
  return [...texts].sort();
}

describe('messages of tables', () => {
  const platform = EVENTS.filter((e) => e.metadata.namespace === 'platform');

  it('kubectl get events: every row, cut where kubectl cuts it', () => {
    const found = splitMessages(fixture('get-events.txt'));
    assert.deepEqual(
      sorted(found.map((m) => m.text)),
      sorted(platform.map((e) => asCell(e.message.trim()))),
    );
    assert.deepEqual(
      sorted(found.map((m) => m.reason ?? '')),
      sorted(platform.map((e) => e.reason)),
    );
  });

  it('kubectl events: the second line of a message belongs to it', () => {
    const found = splitMessages(fixture('events.txt'));
    assert.deepEqual(
      sorted(found.map((m) => m.text)),
      sorted(platform.map((e) => e.message.trim())),
    );
    assert.ok(found.some((m) => m.text.includes('403 Forbidden\ndenied: User')));
  });

  const known = new Set(EVENTS.flatMap((e) => [e.message.trim(), asCell(e.message.trim())]));
  for (const [name, rows] of [
    ['get-events-wide.txt', 39],
    ['get-events-all-namespaces.txt', 80],
    ['get-events-no-headers.txt', 40],
    ['events-all-namespaces.txt', 19],
  ] as const) {
    it(`${name}: ${rows} messages, none with a cell of another column`, () => {
      const found = splitMessages(fixture(name));
      assert.equal(found.length, rows);
      assert.deepEqual(
        found.map((m) => m.text).filter((text) => !known.has(text)),
        [],
      );
    });
  }

  it('rows keep reason and object', () => {
    const [first] = splitMessages(fixture('get-events-all-namespaces.txt'));
    assert.equal(first?.reason, 'Failed');
    assert.match(first?.object ?? '', /^pod\/\S+$/);
  });
});

describe('messages of kubectl describe', () => {
  it('takes the rows of the events and nothing else', () => {
    const found = splitMessages(fixture('describe-pod-two-lines.txt'));
    const own = EVENTS.filter((e) => e.involvedObject.name === 'renderer-moss');
    assert.deepEqual(sorted(found.map((m) => m.text)), sorted(own.map((e) => e.message.trim())));
  });

  it('takes several pods', () => {
    const found = splitMessages(fixture('describe-pods.txt'));
    const reasons = found.map((m) => m.reason);
    assert.equal(reasons.filter((r) => r === 'Scheduled').length, 2);
    assert.ok(found.some((m) => m.text.startsWith('Error: unable to parse auth field')));
  });

  it('takes the raw error that stands as the reason of a waiting state once the events are gone', () => {
    const text = fixture('describe-pod-malformed-secret.txt');
    const gone = `${text.slice(0, text.indexOf('Events:'))}Events:           <none>\n`;
    assert.deepEqual(
      splitMessages(gone).map((m) => m.text),
      ['unable to parse auth field, must be formatted as base64(username:password)'],
    );
    assert.equal(splitMessages(text).length, 2, 'with its events it is not repeated');
  });

  it('takes a part that starts at the events', () => {
    const text = fixture('describe-pod-two-lines.txt');
    assert.deepEqual(splitMessages(text.slice(text.indexOf('Events:'))), splitMessages(text));
  });
});

describe('messages of JSON', () => {
  for (const name of ['messages.jsonl', 'messages-k8s13x.jsonl']) {
    it(`${name}: one for each line, in order`, () => {
      const text = readFileSync(join(TEST, 'corpus', name), 'utf8');
      const rows: { message: string; reason: string | null }[] = text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      const found = splitMessages(text);
      assert.deepEqual(
        found.map(({ text, reason }) => ({ text, reason })),
        rows.map(({ message, reason }) => ({ text: message, reason: reason ?? null })),
      );
    });
  }

  it('a list of events of either API', () => {
    for (const [file, field] of [
      ['modern-events.json', 'message'],
      ['modern-events.k8s.io.json', 'note'],
    ] as const) {
      const text = readFileSync(join(TEST, 'dumps', file), 'utf8');
      const items: Record<string, unknown>[] = JSON.parse(text).items;
      const found = splitMessages(text);
      assert.deepEqual(
        found.map((m) => m.text),
        items.map((e) => e[field]),
      );
      assert.ok(found.every((m) => m.object?.includes('/')));
    }
  });

  it('pods: what their waiting containers say, with reason and image', () => {
    const text = readFileSync(join(TEST, 'dumps/modern-pods.json'), 'utf8');
    const found = splitMessages(text);
    assert.equal(found.length, text.match(/"waiting": \{\s*"message"/g)?.length);
    assert.ok(found.some((m) => m.reason === 'ImagePullBackOff' && m.image !== null));
  });

  const cases: readonly (readonly [what: string, text: string, messages: readonly string[]])[] = [
    ['array of strings', '["a b", "c d"]', ['a b', 'c d']],
    ['array of objects', '[{"message": "a"}, {"note": "b"}]', ['a', 'b']],
    ['log of a program', '{"level":"error","msg":"pull","err":"401"}\n', ['pull: 401']],
    ['journald', '{"MESSAGE":"x y","PRIORITY":"3"}\n{"MESSAGE":"z"}\n', ['x y', 'z']],
    ['lines without a message are taken whole', '{"a":1}\n{"b":2}\n', ['{"a":1}', '{"b":2}']],
    ['a broken line among lines', '{"message":"a"}\n{"message":"b\n', ['a', '{"message":"b']],
    ['a line of JSON in a log', 'x failed\n{"msg":"y"}\n', ['x failed', 'y']],
    ['an empty message is a message', '{"message":""}\n{"message":"b"}', ['', 'b']],
    ['no message', '{"kind":"Secret","metadata":{"name":"a"}}', []],
  ];
  for (const [what, text, messages] of cases) {
    it(what, () => {
      assert.deepEqual(
        splitMessages(text).map((m) => m.text),
        messages,
      );
    });
  }

  it('does not follow lists without end', () => {
    let value: unknown = { message: 'deep' };
    for (let i = 0; i < 50; i++) value = { items: [value] };
    assert.deepEqual(documentMessages(value), []);
  });
});

describe('messages of plain text', () => {
  const STATUS = 'unexpected status from GET request to https://r.example/token';
  for (const name of ['messages.jsonl', 'messages-k8s13x.jsonl']) {
    it(`the one-line messages of ${name}, a line each`, () => {
      const lines = readFileSync(join(TEST, 'corpus', name), 'utf8')
        .trim()
        .split('\n')
        .map((line): string => JSON.parse(line).message)
        .filter((message) => !message.includes('\n') && !message.startsWith('{'));
      assert.deepEqual(
        splitMessages(lines.join('\n')).map((m) => m.text),
        lines.map((line) => line.trim()),
      );
    });
  }

  it('two-line messages of containerd 2 stay together', () => {
    const texts = readFileSync(join(TEST, 'corpus/messages-k8s13x.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line): string => JSON.parse(line).message);
    const found = splitMessages(`${texts.join('\n')}\n`).map((m) => m.text);
    assert.deepEqual(
      found,
      texts.map((text) => text.trim()),
    );
  });

  const cases: readonly (readonly [what: string, text: string, messages: readonly string[]])[] = [
    ['empty', '', []],
    ['blank lines', '\n  \n\r\n', []],
    ['Windows line ends', 'a b\r\nc d\r\n', ['a b', 'c d']],
    [
      'a code line after another message',
      'x: 403 Forbidden\ndenied: y',
      ['x: 403 Forbidden', 'denied: y'],
    ],
    [
      'a word after a status that is no code of a registry',
      `${STATUS}: 401 UNAUTHORIZED\nhello`,
      [`${STATUS}: 401 UNAUTHORIZED`, 'hello'],
    ],
    [
      'an error of the network after a status',
      `${STATUS}: 401 Unauthorized\ndial tcp: lookup r.example: no such host`,
      [`${STATUS}: 401 Unauthorized`, 'dial tcp: lookup r.example: no such host'],
    ],
    [
      "a status and the registry's own words",
      `${STATUS}: 404 Not Found\nname unknown: no such repository\nhello`,
      [`${STATUS}: 404 Not Found\nname unknown: no such repository`, 'hello'],
    ],
    [
      'a list of errors',
      `${STATUS}: 403 Forbidden\ndenied\ntoomanyrequests: slow down`,
      [`${STATUS}: 403 Forbidden\ndenied\ntoomanyrequests: slow down`],
    ],
    ['a prompt above', '$ kubectl logs x\na b', ['a b']],
    [
      'a pasted row of describe',
      '  Warning  Failed  5m (x3 over 9m)  kubelet  Failed to pull image "a": b',
      ['Failed to pull image "a": b'],
    ],
  ];
  for (const [what, text, messages] of cases) {
    it(what, () => {
      assert.deepEqual(
        splitMessages(text).map((m) => m.text),
        messages,
      );
    });
  }

  it('a hostile line is cut in the middle, and no shape of it takes long', () => {
    const size = 5_000_000;
    const shapes = ['a', ' ', 'a  ', '{', '[', '"', '* ', '\t', 'a: ', '5m  ', 'Name: x  ', '\r'];
    for (const shape of shapes) {
      const text = `Failed to pull image ${shape.repeat(size / shape.length)} no such host`;
      const start = performance.now();
      const found = [...splitMessages(text), ...argumentMessages(text)];
      assert.ok(performance.now() - start < 3000, JSON.stringify(shape));
      for (const { text: cut } of found) {
        assert.ok(cut.length < MAX_MESSAGE + 100);
        assert.ok(cut.startsWith('Failed to pull image') && cut.endsWith('no such host'));
      }
    }
  });
});

describe('an argument', () => {
  it('is one message with all its lines', () => {
    const text = 'failed: 403 Forbidden\ndenied: x\n\nsomething else';
    assert.deepEqual(
      argumentMessages(text).map((m) => m.text),
      [text],
    );
  });

  it('that is an output of kubectl is taken apart', () => {
    const text = fixture('describe-pod-two-lines.txt');
    assert.deepEqual(argumentMessages(text), splitMessages(text));
    assert.deepEqual(
      argumentMessages('{"message": "a", "reason": "Failed"}').map((m) => m.reason),
      ['Failed'],
    );
  });
});

describe('isManifest', () => {
  const cases: readonly (readonly [text: string, is: boolean])[] = [
    ['apiVersion: v1\nitems:\n', true],
    ['---\nkind: List\n', true],
    ['# saved\napiVersion: v1\n', true],
    ['{\n    "apiVersion": "v1"', true],
    ['{"message":"a"}\n{"message":"b"}\n', false],
    ['kind of a message', false],
    ['[error] pull failed', false],
  ];
  for (const [text, is] of cases) {
    it(JSON.stringify(text), () => assert.equal(isManifest(text), is));
  }
});
