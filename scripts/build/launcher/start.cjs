/**
 * Starts the bundle from V8's code cache, which `npm run build` made: parsing the bundle is a third of the time of
 * `--help`. There are a few, since reading a cache takes time by its size (6 ms for a megabyte): the verbs that ask
 * a cluster share one, but for `describe`, which people wait for most. A cache that is missing, or that
 * another version of V8 made, only costs that time: V8 checks its own version, its flags and the length of the source,
 * and compiles anew.
 *
 * The files lie beside this one, or in the packed binary (`npm run pack`), whose main script this is. Node's own
 * `useCodeCache` for such a binary holds only what is compiled at load, and warns when it does not fit.
 */
'use strict';
const fs = require('node:fs');
const { wrap } = require('node:module');
const path = require('node:path');
const sea = require('node:sea');
const vm = require('node:vm');

const BUNDLE = 'kubectl-imagepull.cjs';
const packed = sea.isSea();

/** @param {string} name */
function read(name) {
  return packed ? Buffer.from(sea.getRawAsset(name)) : fs.readFileSync(path.join(__dirname, name));
}

/** @param {string} name */
function readIfThere(name) {
  try {
    return read(name);
  } catch {
    return undefined;
  }
}

/** The cache that fits the command line, as far as its words tell; the wrong one only costs time. */
function cacheName() {
  const args = process.argv.slice(2);
  if (args[0] === '__complete' || /kubectl_complete-[^\\/]*$/.test(process.argv0))
    return 'complete';
  if (args.includes('--help') || args.includes('-h')) return 'help';
  const verb = args.find((arg) => !arg.startsWith('-')) ?? 'help';
  if (['help', 'options', 'completion'].includes(verb)) return 'help';
  return verb === 'describe' || verb === 'explain' ? verb : 'cluster';
}

const filename = packed ? process.execPath : path.join(__dirname, BUNDLE);
const script = new vm.Script(wrap(read(BUNDLE).latin1Slice()), {
  filename,
  cachedData: readIfThere(`start.${cacheName()}.codecache`),
});
script.runInThisContext()(exports, require, module, filename, path.dirname(filename));
