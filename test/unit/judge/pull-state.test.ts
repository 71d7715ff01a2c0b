import assert from 'node:assert/strict';
import { podView } from '../../../src/collect/views.ts';
import { pullState } from '../../../src/judge/pull-state.ts';

const running = { running: { startedAt: '2026-11-21T04:00:00Z' } };
const waiting = (reason: string) => ({ waiting: { reason } });

function pod(states: readonly (object | null)[], phase = 'Pending') {
  const named = states.map((state, i) => ({ name: `c${i}`, state }));
  return podView({
    metadata: { name: 'web', namespace: 'shop' },
    spec: { containers: named.map(({ name }) => ({ name, image: 'a' })) },
    status: { phase, containerStatuses: named.filter(({ state }) => state !== null) },
  });
}

describe('pull state', () => {
  const rows: readonly (readonly [what: string, pod: ReturnType<typeof pod>, state: string])[] = [
    ['running', pod([running], 'Running'), 'pulled'],
    ['one of two waits to be created', pod([running, waiting('ContainerCreating')]), 'waiting'],
    ['an init container runs first', pod([waiting('PodInitializing')]), 'waiting'],
    ['no status yet', pod([null]), 'waiting'],
    ['not scheduled, no containers known', pod([]), 'waiting'],
    // The kubelet pulls before it makes the container's configuration.
    ['configuration is wrong', pod([waiting('CreateContainerConfigError')]), 'pulled'],
    ['a reason that nobody knows', pod([waiting('PullImageTimeout')]), 'waiting'],
    ['the program ends again and again', pod([waiting('CrashLoopBackOff')], 'Running'), 'pulled'],
    ['ended', pod([{ terminated: { exitCode: 0 } }], 'Succeeded'), 'pulled'],
    ['evicted before it began', pod([null], 'Failed'), 'ended'],
    ['failed after it ran', pod([{ terminated: { exitCode: 1 } }], 'Failed'), 'pulled'],
  ];
  for (const [what, view, state] of rows) {
    it(`${what}: ${state}`, () => assert.equal(pullState(view, false), state));
  }

  it('a pod with a pull failure is failing', () => {
    assert.equal(pullState(pod([waiting('ErrImagePull')]), true), 'failing');
  });
});
