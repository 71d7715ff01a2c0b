#!/usr/bin/env node
/**
 * The command of the npm package. In the words of ES5, as any Node reads them: an old one is told which it should be,
 * where the bundle would be a SyntaxError to it.
 */
'use strict';

/** @param {string[]} parts of a version; src/main.ts and `engines` of the package ask for the same */
function isOld(parts) {
  return Number(parts[0]) < 22 || (Number(parts[0]) === 22 && Number(parts[1]) < 19);
}

/** @param {string} version */
function refusal(version) {
  return 'error: kubectl-imagepull needs Node 22.19 or later, this is V\n'.replace('V', version);
}

/** @param {string} version */
function start(version) {
  if (isOld(version.split('.'))) {
    process.stderr.write(refusal(version));
    process.exitCode = 1;
    return;
  }
  // Node's warnings are for developers of Node programs.
  process.noDeprecation = true;
  process.removeAllListeners('warning');
  require('./bundle.cjs');
}

start(process.versions.node);
