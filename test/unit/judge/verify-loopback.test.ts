import assert from 'node:assert/strict';
import { hostsTold } from '../../../src/commands/verify-registries.ts';
import { isLoopback, isTold } from '../../../src/judge/verify-loopback.ts';

describe('isLoopback', () => {
  for (const host of [
    'localhost',
    'LOCALHOST:5000',
    '127.0.0.1:5000',
    '127.8.0.1',
    '[::1]',
    '[::1]:5000',
    '[0:0:0:0:0:0:0:1]:5000',
    '0.0.0.0:5000',
    '[::]:5000',
  ]) {
    it(host, () => assert.equal(isLoopback(host), true));
  }
  for (const host of [
    'localhost.example',
    '10.0.0.1:5000',
    '127.0.0.example',
    '[::2]:5000',
    '[fd00::1]',
    '[1::]',
    'registry.example:1',
  ]) {
    it(`not ${host}`, () => assert.equal(isLoopback(host), false));
  }
});

describe('isTold', () => {
  const cases: readonly (readonly [flags: string, host: string, told: boolean])[] = [
    ['localhost=127.0.0.1:32000', 'localhost:32000', true],
    ['localhost=127.0.0.1:32000', 'localhost', true],
    ['LocalHost:5000=127.0.0.1:32000', 'localhost:5000', true],
    ['localhost:80=127.0.0.1:32000', 'localhost', true],
    ['localhost:5000=127.0.0.1:32000', 'localhost', false],
    ['localhost:5000=127.0.0.1:32000', 'localhost:5001', false],
    ['[::1]=127.0.0.1:32000', '[::1]:5000', true],
    ['127.0.0.1=127.0.0.1:32000', 'localhost:5000', false],
  ];
  for (const [flag, host, told] of cases) {
    it(`${host} by ${flag}: ${told}`, () => {
      assert.equal(isTold(host, hostsTold({ addresses: [flag], mirrors: [] })), told);
    });
  }

  it('a mirror names its host, and a mirror for every host names none', () => {
    const mirrors = ['https://m.example', 'localhost:5000=http://m.example'];
    assert.deepEqual([...hostsTold({ addresses: [], mirrors })], ['localhost:5000']);
  });
});
