import assert from 'node:assert/strict';
import { readArgv } from '../../../src/cli/argv.ts';
import { verifyOptions } from '../../../src/cli/options-verify.ts';
import { parseFlags } from '../../../src/cli/parser.ts';
import { UsageError } from '../../../src/words/errors.ts';

function parse(...argv: string[]) {
  const line = readArgv(['verify', ...argv]);
  return verifyOptions(parseFlags('verify', line), line.args);
}

describe('options of verify', () => {
  it('take every flag of registries', () => {
    const got = parse(
      ...['--image', 'a/b:1', '--image=c', '--secret', 's', '--docker-config', 'd'],
      ...['--registry-username', 'u', '--password-stdin', '--ca-file=ca', '--plain-http'],
      ...['--insecure-skip-registry-tls', '--registry-mirror', 'docker.io=https://m:5000/p'],
      ...['--registry-mirror=http://m', '--registry-address', 'Reg.example:5000=10.0.0.1:443'],
      ...['--registry-address=a.b=[::1]:5000', '--no-credentials-to', 'Evil.example'],
      ...['-ojunit', '-n', 'shop'],
    );
    assert.deepEqual(got.images, ['a/b:1', 'c']);
    assert.deepEqual(got.secrets, ['s']);
    assert.deepEqual(got.own, { dockerConfig: 'd', username: 'u', passwordStdin: true });
    assert.equal(got.output, 'junit');
    assert.deepEqual(JSON.parse(JSON.stringify(got.registries)), {
      caFile: 'ca',
      plainHttp: true,
      insecureSkipTls: true,
      mirrors: ['docker.io=https://m:5000/p', 'http://m'],
      addresses: ['Reg.example:5000=10.0.0.1:443', 'a.b=[::1]:5000'],
      noCredentialsTo: ['evil.example'],
    });
  });

  it('are empty without flags', () => {
    const got = parse('deploy/web');
    assert.deepEqual(got.targets, ['deploy/web']);
    assert.deepEqual([got.images, got.secrets, got.filenames], [[], [], []]);
    assert.deepEqual(got.own, {
      dockerConfig: undefined,
      username: undefined,
      passwordStdin: false,
    });
    assert.equal(got.output, 'table');
  });

  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [['--secret', 's'], /--secret can only be used with --image/],
    [['--image', ''], /--image must not be empty/],
    [['--image', 'a', '--secret='], /--secret must not be empty/],
    [['--image', 'a', 'web'], /--image and names/],
    [['--image', 'a', '-A'], /--image and --all-namespaces/],
    [['--image', 'a', '-f', 'x'], /--image and --filename/],
    [['--image', 'a', '-l', 'x=y'], /--image and --selector/],
    [['--image', 'a', '-n', 'x,y'], /takes one namespace/],
    [['--password-stdin', '--username', 'u'], /needs --registry-username.*API server/],
    [['--registry-username', 'u'], /needs --password-stdin/],
    [['-f', '-', '--registry-username', 'u', '--password-stdin'], /both read standard input/],
    [['--registry-address', 'host'], /must be HOST=IP:PORT/],
    [['--registry-address', 'host=name:80'], /must be HOST=IP:PORT/],
    [['--registry-address', 'host=10.0.0.1'], /must be HOST=IP:PORT/],
    [['--registry-address', 'host=10.0.0.256:5000'], /must be HOST=IP:PORT/],
    [['--registry-address', 'host=10.0.0.01:5000'], /must be HOST=IP:PORT/],
    [['--registry-address', 'host=10.0.0:5000'], /must be HOST=IP:PORT/],
    [['--registry-address', 'host=10.0.0.1.1:5000'], /must be HOST=IP:PORT/],
    [['--registry-address', 'host=10.0.0.1:0'], /must be HOST=IP:PORT/],
    [['--registry-address', 'host=10.0.0.1:65536'], /must be HOST=IP:PORT/],
    [['--registry-address', 'host=10.0.0.1:99999'], /must be HOST=IP:PORT/],
    [['--registry-address', 'host=[::1::2]:5000'], /must be HOST=IP:PORT/],
    [['--registry-address', 'host=[1:2:3]:5000'], /must be HOST=IP:PORT/],
    [['--registry-address', 'host=::1:5000'], /must be HOST=IP:PORT/],
    [['--registry-address', 'host:0=10.0.0.1:5000'], /must be HOST=IP:PORT/],
    [['--registry-address', 'host:65536=10.0.0.1:5000'], /must be HOST=IP:PORT/],
    [['--registry-address', '[::g]:1=10.0.0.1:5000'], /must be HOST=IP:PORT/],
    [['--registry-mirror', 'host:70000=https://m.example'], /must be a URL/],
    [['--no-credentials-to', 'host:70000'], /must be a host/],
    [['--registry-mirror', 'm.example'], /must be a URL/],
    [['--registry-mirror', 'https://u:p@m.example'], /without a password/],
    [['--registry-mirror', 'ftp://m.example'], /must be a URL/],
    [['--no-credentials-to', 'https://x'], /must be a host/],
    [['-o', 'dockerconfigjson'], /allowed formats are: json,name,wide,yaml,junit/],
  ];
  for (const [argv, message] of wrong) {
    it(`refuse ${argv.join(' ')}`, () => {
      assert.throws(
        () => parse(...argv),
        (error) => error instanceof UsageError && message.test(error.message),
      );
    });
  }

  it('say nothing of a password in a mirror', () => {
    assert.throws(
      () => parse('--registry-mirror', 'https://u:s3cret@m'),
      (error) => error instanceof Error && !error.message.includes('s3cret'),
    );
  });
});
