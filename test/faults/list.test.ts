import assert from 'node:assert/strict';
import { FAULT_IDS } from '../../src/credentials/faults/index.ts';
import { CAUSE_NAMES } from '../../src/words/cause.ts';
import { SECRET_FAULTS } from './list/decode.ts';
import { chosen, FAULTS, shortList } from './list/index.ts';
import { NOT_PRODUCED } from './not-produced.ts';

describe('the list of faults', () => {
  const ofCause = (cause: string) => FAULTS.filter((fault) => fault.cause === cause);

  it('has a hundred, each with a name of its own that is a DNS label', () => {
    assert.ok(FAULTS.length >= 100, `${FAULTS.length}`);
    assert.equal(new Set(FAULTS.map(({ name }) => name)).size, FAULTS.length);
    // A CronJob's name may have 52 letters.
    for (const { name } of FAULTS) assert.match(name, /^[a-z][a-z0-9-]{0,48}[a-z0-9]$/);
  });

  it('says of each in other words what was done', () => {
    assert.equal(new Set(FAULTS.map(({ what }) => what)).size, FAULTS.length);
  });

  for (const cause of CAUSE_NAMES) {
    if (cause === 'None' || cause === 'Unknown') continue;
    it(`${cause}: two to eight faults, or a reason why not`, () => {
      const count = ofCause(cause).length;
      const reason = NOT_PRODUCED[cause];
      assert.ok(count <= 8, `${count} faults`);
      assert.equal(reason === undefined, count >= 2, `${count} faults, reason: ${reason}`);
    });
  }

  it('has every kind of workload', () => {
    const kinds = new Set(FAULTS.map(({ as }) => as ?? 'Pod'));
    assert.deepEqual([...kinds].sort(), [
      'CronJob',
      'DaemonSet',
      'Deployment',
      'Job',
      'Pod',
      'StatefulSet',
      'ephemeral container',
      'init container',
      'several containers',
    ]);
  });

  it('has a short form with one fault of each cause', () => {
    const short = shortList();
    const causes = new Set(FAULTS.filter(({ slow }) => !slow).map(({ cause }) => cause));
    assert.deepEqual(new Set(short.map(({ cause }) => cause)), causes);
    assert.equal(short.length, causes.size);
  });

  it('is chosen from by names', () => {
    assert.deepEqual(chosen({}), FAULTS);
    assert.deepEqual(chosen({ IMAGEPULL_FAULTS: 'short' }), shortList());
    assert.deepEqual(
      chosen({ IMAGEPULL_FAULTS: 'dns,tag' }).map(({ name }) => name),
      ['dns', 'tag'],
    );
    assert.throws(() => chosen({ IMAGEPULL_FAULTS: 'nope' }), /no fault "nope"/);
  });
});

describe('the list of pull secrets with a fault', () => {
  it('has every fault that decode knows, once', () => {
    assert.deepEqual(SECRET_FAULTS.map(({ id }) => id).sort(), [...FAULT_IDS].sort());
  });
});
