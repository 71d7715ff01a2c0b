/** Events are kept for an hour; pods fail for longer. */
import assert from 'node:assert/strict';
import { kubectl } from './help/commands.ts';
import { type Described, describeJson } from './help/described.ts';
import { apply, ownNamespace, pod, waitUntilFailing } from './help/objects.ts';
import { waitFor } from './up/processes.ts';
import { HOSTS, PRIVATE_APP } from './up/settings.ts';

/** By cause. */
const IMAGES = {
  TagNotFound: `${HOSTS.open.name}/public/app:nope`,
  Unauthorized: PRIVATE_APP,
  DnsFailure: 'nowhere.corp.test/team/app:1.0',
  TlsUntrusted: `${HOSTS.untrusted.name}/public/app:1.0`,
};

describe('cluster: events expired', () => {
  const namespace = ownNamespace('events');

  before(async () => {
    const made = Object.entries(IMAGES).map(([cause, image]) => pod(cause.toLowerCase(), image));
    await apply(namespace, ...made);
    await waitUntilFailing(namespace, made.length);
  });

  /** The answer to a question that was asked while there was no event; each attempt to pull makes new ones. */
  async function describeWithoutEvents(): Promise<Described> {
    await kubectl('delete', 'events', '--all', '-n', namespace);
    const described = await describeJson('-n', namespace);
    const events = await kubectl('get', 'events', '-n', namespace, '-o', 'name');
    assert.equal(events, '');
    return described;
  }

  it('the cause still stands in the status of the container', async () => {
    const { items } = await waitFor('a moment without events', describeWithoutEvents);
    assert.deepEqual(items.map(({ cause }) => cause).sort(), Object.keys(IMAGES).sort());
    for (const { evidence } of items) {
      assert.equal(evidence[0]?.source, 'status.containerStatuses[app].state.waiting.message');
    }
  });
});
