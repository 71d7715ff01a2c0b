import assert from 'node:assert/strict';
import { readArgv } from '../../../src/cli/argv.ts';
import { explainOptions } from '../../../src/cli/options.ts';
import { describeOptions } from '../../../src/cli/options-describe.ts';
import { parseFlags } from '../../../src/cli/parser.ts';
import { UsageError } from '../../../src/words/errors.ts';

function forDescribe(...argv: string[]) {
  const line = readArgv(['describe', ...argv]);
  return describeOptions(parseFlags('describe', line), line.args);
}

function forExplain(...argv: string[]) {
  const line = readArgv(['explain', ...argv]);
  return explainOptions(parseFlags('explain', line), line.args);
}

describe('options of describe', () => {
  it('are empty without flags', () => {
    assert.deepEqual(JSON.parse(JSON.stringify(forDescribe())), {
      connection: { asGroups: [], asUserExtra: [] },
      targets: [],
      namespaces: [],
      allNamespaces: false,
      filenames: [],
      output: 'table',
      noHeaders: false,
      color: 'auto',
      causes: [],
      noSecrets: false,
      exitCode: false,
      watch: false,
      verify: null,
    });
  });

  it('take every flag', () => {
    const got = forDescribe(
      ...['deploy/web', 'sts/db', '-n', 'prod, stage,prod', '-l', 'a=b', '--field-selector', 'c=d'],
      ...['-f', 'x', '-f-', '-oyaml', '--no-headers', '--color=never', '--registry', 'quay.io'],
      ...['--cause', 'tagnotfound,Unauthorized', '--cause=DnsFailure', '--since=1h30m'],
      ...['--no-secrets', '--exit-code', '--kubeconfig=k', '--context=c', '--cluster=cl'],
      ...['--user=u', '-shttps://s', '--token=t', '--as=a', '--as-uid=1', '--as-group=g,h'],
      ...['--as-group=i', '--as-user-extra=k=v,w', '--request-timeout=90'],
      ...['--insecure-skip-tls-verify', '--certificate-authority=ca'],
      ...['--client-certificate=cc', '--client-key=ck', '--tls-server-name=n'],
      ...[
        '--proxy-url=http://p',
        '--username=un',
        '--password=pw',
        '--disable-compression',
        '--chunk-size=50',
      ],
      ...['-v6', '--cache-dir=/tmp', '-w', '--timeout=90s'],
    );
    assert.deepEqual(got, {
      connection: {
        kubeconfig: 'k',
        context: 'c',
        cluster: 'cl',
        user: 'u',
        server: 'https://s',
        token: 't',
        as: 'a',
        asUid: '1',
        asGroups: ['g,h', 'i'],
        asUserExtra: ['k=v,w'],
        requestTimeoutMs: 90_000,
        insecureSkipTlsVerify: true,
        certificateAuthority: 'ca',
        clientCertificate: 'cc',
        clientKey: 'ck',
        tlsServerName: 'n',
        proxyUrl: 'http://p',
        username: 'un',
        password: 'pw',
        disableCompression: true,
        chunkSize: 50,
        verbosity: 6,
      },
      targets: ['deploy/web', 'sts/db'],
      namespaces: ['prod', 'stage'],
      allNamespaces: false,
      selector: 'a=b',
      fieldSelector: 'c=d',
      filenames: ['x', '-'],
      output: 'yaml',
      noHeaders: true,
      color: 'never',
      causes: ['TagNotFound', 'Unauthorized', 'DnsFailure'],
      registry: 'quay.io',
      sinceMs: 5_400_000,
      noSecrets: true,
      exitCode: true,
      watch: true,
      timeoutMs: 90_000,
      verify: null,
    });
  });

  it('read an empty value as none', () => {
    const got = forDescribe(
      '-n',
      '',
      '-l=',
      '--context=',
      '--request-timeout=',
      '--since=',
      '-o',
      '',
    );
    assert.deepEqual(got.namespaces, []);
    assert.equal(got.connection.context, undefined);
    assert.equal(got.connection.requestTimeoutMs, undefined);
    assert.equal(got.sinceMs, undefined);
    assert.equal(got.output, 'table');
  });

  const timeouts: [string, number][] = [
    ['0', 0],
    ['90', 90_000],
    ['5s', 5000],
    ['1.5s', 1500],
    ['1h30m', 5_400_000],
  ];
  for (const [text, ms] of timeouts) {
    it(`--request-timeout ${text}`, () => {
      assert.equal(forDescribe('--request-timeout', text).connection.requestTimeoutMs, ms);
    });
  }

  const wrong: [string[], RegExp][] = [
    [['-o', 'foo'], /^unable to match a printer suitable for the output format "foo", allowed/],
    [
      ['--color', 'no'],
      /^invalid argument "no" for "--color" flag: must be auto, always or never$/,
    ],
    [['--since', '5'], /^invalid argument "5" for "--since" flag: missing unit in duration "5"$/],
    [['--since', '-5m'], /^--since must be greater than 0$/],
    [['--timeout', '5s'], /^--timeout can only be used with --watch$/],
    [['-w', '--timeout', '5'], /^invalid argument "5" for "--timeout" flag: missing unit/],
    [['-w', '--timeout=-5s'], /^--timeout must not be negative$/],
    [['--chunk-size', 'x'], /^invalid argument "x" for "--chunk-size" flag: must be a whole/],
    [['--request-timeout', 'abc'], /^Invalid timeout value\. Timeout must be/],
    [['--request-timeout', '-1s'], /^Invalid timeout value\. Timeout must be/],
    [['--cause', 'TagNotFond'], /^unknown cause "TagNotFond", did you mean TagNotFound\?$/],
    [['--cause', 'x'], /^unknown cause "x", kubectl imagepull explain lists the causes$/],
  ];
  for (const [argv, message] of wrong) {
    it(`refuse ${argv.join(' ')}`, () => {
      assert.throws(
        () => forDescribe(...argv),
        (error) => error instanceof UsageError && message.test(error.message),
      );
    });
  }
});

describe('options of explain', () => {
  it('join a message that was not quoted', () => {
    assert.equal(forExplain('Failed', 'to', 'pull').text, 'Failed to pull');
    assert.equal(forExplain().text, undefined);
  });

  it('take files and formats', () => {
    const got = forExplain('-f', 'a', '-f-', '-ojson', '--no-headers', '--color=always');
    assert.deepEqual(got, {
      text: undefined,
      filenames: ['a', '-'],
      output: 'json',
      noHeaders: true,
      color: 'always',
    });
  });

  it('refuse a message beside a file', () => {
    assert.throws(() => forExplain('x', '-f', 'y'), UsageError);
  });
});
