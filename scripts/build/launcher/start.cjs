/**
 * Starts the bundle beside it from V8's code cache, which `npm run build` made: parsing the bundle is a
 * third of the time of `--help`. There is one for each verb, since reading a cache takes time by its size. A cache that is missing, or that another version of V8 made, only costs that time:
 * V8 checks its own version, its flags and the length of the source, and compiles anew.
 */
'use strict';
const fs = require('node:fs');
const { wrap } = require('node:module');
const path = require('node:path');
const vm = require('node:vm');

/** @param {string} file */
function readIfThere(file) {
  try {
    return fs.readFileSync(file);
  } catch {
    return undefined;
  }
}

/** The cache that fits the command line, as far as its words tell; the wrong one only costs time. */
function cacheName() {
  const args = process.argv.slice(2);
  const verb = args.find((arg) => !arg.startsWith('-'));
  const help = args.includes('--help') || args.includes('-h');
  return help || verb === undefined || !/^[a-z]+$/.test(verb) ? 'help' : verb;
}

const bundle = path.join(__dirname, 'kubectl-imagepull.cjs');
const script = new vm.Script(wrap(fs.readFileSync(bundle, 'latin1')), {
  filename: bundle,
  cachedData: readIfThere(path.join(__dirname, `start.${cacheName()}.codecache`)),
});
script.runInThisContext()(exports, require, module, bundle, __dirname);
