import assert from 'node:assert/strict';
import { readArgv } from '../../../src/cli/argv.ts';
import { asksNodes, nodeCheckOptions } from '../../../src/cli/options-nodes.ts';
import { parseFlags } from '../../../src/cli/parser.ts';
import { UsageError } from '../../../src/words/errors.ts';

function flags(...argv: string[]) {
  const line = readArgv(['verify', ...argv]);
  return { flags: parseFlags('verify', line), args: line.args };
}

function parse(...argv: string[]) {
  const { flags: values, args } = flags(...argv);
  assert.ok(asksNodes(values));
  return nodeCheckOptions(values, args);
}

describe('options of verify --from-node', () => {
  it('a pod on its own node', () => {
    const got = parse('web', '--from-node');
    assert.deepEqual([got.targets, got.nodes, got.nodeSelector], [['web'], [], undefined]);
    assert.deepEqual([got.yes, got.dryRun, got.timeoutMs], [false, 'none', 120_000]);
  });

  it('--nodes and --node ask nodes by themselves', () => {
    assert.equal(parse('web', '--nodes', 'all').nodeSelector, '');
    assert.equal(parse('web', '--nodes', 'pool=edge').nodeSelector, 'pool=edge');
    const got = parse(
      '--image',
      'a',
      '--secret=s',
      '--node',
      'n1',
      '--node=n2',
      '--yes',
      '--timeout=30s',
    );
    assert.deepEqual([got.images, got.secrets, got.nodes], [['a'], ['s'], ['n1', 'n2']]);
    assert.deepEqual([got.yes, got.timeoutMs], [true, 30_000]);
  });

  it('without them registries are asked', () => {
    assert.equal(asksNodes(flags('web').flags), false);
    assert.equal(asksNodes(flags('web', '--from-node=false').flags), false);
  });

  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [['web', '--yes'], /--yes can only be used with --from-node/],
    [['web', '--dry-run=client'], /--dry-run can only be used with/],
    [['web', '--timeout=1m'], /--timeout can only be used with/],
    [['--from-node'], /^--from-node needs a pod or workload/],
    [['--from-node', '--nodes=all'], /^--from-node needs a pod or workload/],
    [['--nodes=all'], /^--nodes needs a pod or workload/],
    [['--node=n1'], /^--node needs a pod or workload/],
    [['--image=a', '--from-node'], /is on no node by itself/],
    [['web', '--image=a', '--node=n'], /--image and names/],
    [['--image=a', '-l', 'x=y', '--node=n'], /--image and --selector/],
    [['--image=a', '--node=n', '-A'], /takes one namespace/],
    [['web', '--secret=s', '--from-node'], /--secret can only be used with --image/],
    [['web', '--node=n', '--nodes=all'], /--node and --nodes cannot be used together/],
    [['web', '--from-node', '--ca-file=f'], /--ca-file is of no use where a node pulls/],
    [['web', '--from-node', '--plain-http'], /--plain-http is of no use where a node pulls/],
    [['web', '--from-node', '--registry-mirror=http://m'], /--registry-mirror is of no use/],
    [['-f', 'x.yaml', '--from-node'], /--filename is of no use where a node pulls/],
    [['web', '--from-node', '--dry-run=maybe'], /Invalid dry-run value \(maybe\)/],
    [['web', '--nodes=all', '--timeout=0'], /^--timeout must be between 1s and 1h where nodes/],
    [['web', '--from-node', '--timeout=soon'], /--timeout soon: /],
    [['web', '--from-node', '-o', 'junit'], /unable to match a printer/],
    [['web', '--node='], /must not be empty/],
  ];
  for (const [argv, message] of wrong) {
    it(`${argv.join(' ')}: wrong usage`, () => {
      assert.throws(
        () => parse(...argv),
        (error: Error) => error instanceof UsageError && message.test(error.message),
      );
    });
  }
});
