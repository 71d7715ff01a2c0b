import assert from 'node:assert/strict';
import { releaseNotes } from '../../../scripts/release-notes.ts';

const CHANGELOG = `# Changelog

## [Unreleased]

### Added

- c

## [0.2.0] - 2026-12-01

### Added

- b

## [0.1.0] - 2026-11-21

- a

[Unreleased]: https://example.test/compare/v0.2.0...HEAD
`;

describe('release notes', () => {
  for (const [version, notes] of [
    ['0.2.0', '### Added\n\n- b\n'],
    ['0.1.0', '- a\n'],
    ['0.3.0', null],
    ['0.1', null],
  ] as const) {
    it(`of ${version}`, () => assert.equal(releaseNotes(CHANGELOG, version), notes));
  }
});
