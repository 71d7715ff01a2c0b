import assert from 'node:assert/strict';
import {
  fileProblem,
  OversizeFile,
  readBounded,
} from '../../../../src/cluster/kubeconfig/small-file.ts';
import { type TempFolder, tempFolder } from '../../../rig/temp.ts';

describe('bounded files', () => {
  let folder: TempFolder;
  before(() => {
    folder = tempFolder();
  });
  after(() => folder.remove());

  it('are read up to the limit', () => {
    const path = folder.write('f', '12345');
    assert.equal(readBounded(path, 5).toString(), '12345');
    assert.throws(() => readBounded(path, 4), OversizeFile);
  });

  it('end also where the file has no end', function () {
    if (process.platform === 'win32') this.skip();
    assert.throws(() => readBounded('/dev/zero', 1_000_000), OversizeFile);
    assert.equal(readBounded('/dev/null', 1).length, 0);
  });

  for (const [code, line] of [
    ['ENOENT', 'open /x: no such file or directory'],
    ['EACCES', 'open /x: permission denied'],
    ['EISDIR', 'read /x: is a directory'],
    ['EIO', 'open /x: EIO'],
    ['', 'open /x: cannot be read'],
  ] as const) {
    it(line, () => assert.equal(fileProblem('/x', Object.assign(new Error('?'), { code })), line));
  }
});
