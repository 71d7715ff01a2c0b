import assert from 'node:assert/strict';
import { placeOf } from '../../../src/registry/agents.ts';

describe('placeOf', () => {
  const url = new URL('https://registry.example/v2');
  for (const [key, address, place] of [
    ['registry.example', '10.0.0.1:5000', { host: '10.0.0.1', port: 5000 }],
    ['registry.example:443', '10.0.0.1:80', { host: '10.0.0.1', port: 80 }],
    ['registry.example', '[fd00::1]:5000', { host: 'fd00::1', port: 5000 }],
    ['registry.example', '10.0.0.1', { host: '10.0.0.1', port: 443 }],
    ['registry.example:5000', '10.0.0.1:5000', { host: 'registry.example', port: 443 }],
  ] as const) {
    it(`${key}=${address}`, () => {
      assert.deepEqual(placeOf(url, new Map([[key, address]])), place);
    });
  }

  for (const address of ['10.0.0.300:5000', '10.0.0.1:', 'name:80', '']) {
    it(`does not ask DNS where the address is ${JSON.stringify(address)}`, () => {
      assert.throws(
        () => placeOf(url, new Map([['registry.example', address]])),
        /registry\.example: .* is no IP address/,
      );
    });
  }
});
