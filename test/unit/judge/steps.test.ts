import assert from 'node:assert/strict';
import { fillSteps, type StepValues } from '../../../src/judge/steps.ts';
import { shellQuote } from '../../../src/words/shell.ts';

const values: StepValues = {
  pod: 'web-0',
  namespace: 'shop',
  container: 'web',
  image: 'us.icr.io/shop/web:1',
  repository: 'us.icr.io/shop/web',
  host: 'us.icr.io',
  node: null,
  secret: 'regcred',
  serviceaccount: 'default',
  workload: 'deployment/web',
};

describe('next steps', () => {
  it('quotes for a POSIX shell only what needs it', () => {
    assert.equal(shellQuote('us.icr.io/shop/web:1@sha256:ab'), 'us.icr.io/shop/web:1@sha256:ab');
    assert.equal(shellQuote(''), "''");
    assert.equal(shellQuote("a'b; rm -rf /"), "'a'\\''b; rm -rf /'");
    assert.equal(shellQuote('$(id)'), "'$(id)'");
  });

  it('fills texts plainly and commands quoted', () => {
    const [step] = fillSteps(
      [{ text: 'look at {image}', command: 'x {image} -n {namespace}' }],
      {
        ...values,
        image: 'a b',
      },
      true,
    );
    assert.deepEqual(step, { text: 'look at a b', command: "x 'a b' -n shop" });
  });

  it('names what is not known in capitals and leaves foreign braces alone', () => {
    const [step] = fillSteps(
      [{ text: 't', command: "go {node} -o jsonpath='{.type}' {other}" }],
      values,
      true,
    );
    assert.equal(step?.command, "go NODE -o jsonpath='{.type}' {other}");
  });

  it('never puts control characters of a stranger into a command', () => {
    const [step] = fillSteps(
      [{ text: 't', command: 'x {image}' }],
      {
        ...values,
        image: 'a\u001b[31m\nrm',
      },
      true,
    );
    assert.equal(step?.command, 'x IMAGE');
  });

  for (const [host, hostname, hostport] of [
    ['us.icr.io', 'us.icr.io', 'us.icr.io:443'],
    ['zot7:5000', 'zot7', 'zot7:5000'],
    ['[fd00::7]:5000', 'fd00::7', "'[fd00::7]:5000'"],
    ['[fd00::7]', 'fd00::7', "'[fd00::7]:443'"],
  ] as const) {
    it(`tells name and port of ${host} apart`, () => {
      const [step] = fillSteps(
        [{ text: 't', command: 'x {hostname} {hostport}' }],
        { ...values, host },
        true,
      );
      assert.equal(step?.command, `x ${hostname} ${hostport}`);
    });
  }

  it('leaves out commands this version does not have, and steps for other pods', () => {
    const steps = [
      { text: 'later', command: 'kubectl imagepull nosuchverb {pod}' },
      { text: 'only with', when: 'pull secret' as const },
      { text: 'only without', when: 'no pull secret' as const },
      { text: 'now', command: 'kubectl imagepull describe {pod}' },
    ];
    const texts = (lists: boolean) => fillSteps(steps, values, lists).map((s) => s.text);
    assert.deepEqual(texts(true), ['only with', 'now']);
    assert.deepEqual(texts(false), ['only without', 'now']);
  });
});
