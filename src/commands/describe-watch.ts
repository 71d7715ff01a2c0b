/**
 * `describe --watch`: after the answer a line for each change, until every image is pulled.
 *
 * One watch of pods for each namespace, no watch of events: they are asked for where a pod's status does not tell.
 * Only pods that changed are looked at again.
 */
import { POD } from '../collect/kinds.ts';
import { type Members, membersOf } from '../collect/members.ts';
import { InputError } from '../words/errors.ts';
import type { DescribeOptions, ExitCode } from '../words/options.ts';
import type { World } from '../words/streams.ts';
import { LONGEST_TIMER_MS } from '../words/timer.ts';
import { Following, type Watched } from './following.ts';
import { type Pace, Turns } from './turns.ts';

/** Each watch holds a connection. */
const MAX_WATCHES = 16;

const PACE: Pace = { gatherMs: 300, againMs: 3000 };

/** Ends with 0 once all images are pulled, with 1 at `--timeout`. Throws what waiting cannot mend. */
export async function watchOn(
  watched: Watched,
  options: DescribeOptions,
  world: World,
): Promise<ExitCode> {
  const { opened, targets, scope } = watched;
  const { follow } = opened;
  if (!follow) throw new InputError('only a live cluster can be watched');
  if (scope && scope.length > MAX_WATCHES) {
    throw new InputError(
      `cannot watch ${scope.length} namespaces one by one, ${MAX_WATCHES} at most: name them with -n`,
    );
  }
  const members = await membersOf(opened.source, targets, scope?.[0]);
  const following = new Following(watched, members, options, world);
  const stop = new AbortController();
  const signal = AbortSignal.any([world.signal, stop.signal]);
  let timer: NodeJS.Timeout | undefined;
  let turns: Turns | undefined;
  try {
    return await new Promise<ExitCode>((resolve, reject) => {
      const own = new Turns(() => following.look(), { resolve, reject }, PACE);
      turns = own;
      for (const namespace of scope ?? [undefined]) {
        const query = {
          resource: POD,
          namespace,
          labelSelector: options.selector,
          fieldSelector: fieldSelector(members, options),
          keep: (pod: unknown) => following.keeps(pod),
        };
        const onChange = (change: Parameters<typeof following.note>[0]) => {
          if (following.note(change, namespace)) own.soon();
        };
        follow<unknown>(query, onChange, signal).catch(reject);
      }
      const { timeoutMs } = options;
      if (timeoutMs) {
        const limit = Math.min(timeoutMs, LONGEST_TIMER_MS);
        timer = setTimeout(() => resolve(following.timedOut()), limit);
      }
    });
  } finally {
    clearTimeout(timer);
    turns?.end();
    stop.abort();
  }
}

/** One pod by its name needs no watch of its whole namespace. */
function fieldSelector(members: Members, options: DescribeOptions): string | undefined {
  const [only, ...others] = members.names;
  const byName = only?.resource.kind === 'Pod' && others.length === 0 && members.exact;
  const parts = [
    ...(byName ? [`metadata.name=${only.name}`] : []),
    ...(options.fieldSelector ? [options.fieldSelector] : []),
  ];
  return parts.join() || undefined;
}
