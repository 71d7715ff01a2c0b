import assert from 'node:assert/strict';
import { parseImage } from '../../../src/image/reference.ts';
import { inScope, mirroredName, nearestScope } from '../../../src/image/scope.ts';

function image(text: string) {
  const parsed = parseImage(text);
  assert.ok(parsed.valid, text);
  return parsed;
}

const CASES: readonly (readonly [scope: string, image: string, inside: boolean])[] = [
  ['quay.io', 'quay.io/team/app:1', true],
  ['quay.io/', 'quay.io/team/app:1', true],
  ['quay.io/team', 'quay.io/team/app:1', true],
  ['quay.io/team/app', 'quay.io/team/app:1', true],
  ['quay.io/team/app:1', 'quay.io/team/app:1', true],
  ['quay.io/team/app:2', 'quay.io/team/app:1', false],
  ['quay.io/te', 'quay.io/team/app:1', false],
  ['quay.io/team/app/x', 'quay.io/team/app:1', false],
  ['quay', 'quay.io/team/app:1', false],
  ['quay.io', 'quay.io:8443/team/app:1', false],
  ['quay.io:8443', 'quay.io:8443/team/app:1', true],
  ['*.quay.io', 'eu.quay.io/team/app:1', true],
  ['*.quay.io', 'a.eu.quay.io/team/app:1', true],
  ['*.quay.io', 'quay.io/team/app:1', false],
  ['*.quay.io', 'notquay.io/team/app:1', false],
  ['docker.io', 'nginx', true],
  ['docker.io/library', 'nginx', true],
  ['docker.io/library/nginx', 'nginx@sha256:'.padEnd(77, 'a'), true],
  ['', 'nginx', false],
  ['/', 'nginx', false],
];

describe('scopes of registries', () => {
  for (const [scope, name, inside] of CASES) {
    it(`${name.slice(0, 30)} is ${inside ? '' : 'not '}in "${scope}"`, () => {
      assert.equal(inScope(image(name), scope), inside);
    });
  }

  it('the longest counts', () => {
    const scopes = ['quay.io', 'quay.io/team/app', 'quay.io/team', 'quay.io/other/repository'];
    assert.equal(nearestScope(image('quay.io/team/app:1'), scopes), 'quay.io/team/app');
    assert.equal(nearestScope(image('ghcr.io/team/app:1'), scopes), null);
  });

  it('the name at a mirror', () => {
    const app = image('quay.io/team/app:1');
    assert.equal(mirroredName(app, 'quay.io', 'm.example:5000'), 'm.example:5000/team/app');
    assert.equal(mirroredName(app, 'quay.io/team', 'm.example/q/t'), 'm.example/q/t/app');
    assert.equal(mirroredName(app, 'quay.io/team/app', 'm.example/app'), 'm.example/app');
    assert.equal(mirroredName(app, '*.io', 'm.example'), 'm.example/team/app');
  });
});
