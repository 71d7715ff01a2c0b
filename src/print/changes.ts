/** Lines of `describe --watch`. Pure. */
import type { FollowedPod, PullChange } from '../words/following.ts';
import { stamp } from '../words/stamp.ts';
import { visible } from './escape.ts';
import { causeCell } from './where.ts';

/** Failing pods named in one line. */
const MAX_NAMED = 3;

/** `2026-11-21T07:30:00Z   web-x2x9k/app   TagNotFound -> Unauthorized: the registry …`; `now` in milliseconds. */
export function changeLine(change: PullChange, now: number, withNamespace: boolean): string {
  const { namespace, pod, container, was, now: verdict, ended } = change;
  const where = [...(withNamespace ? [namespace] : []), pod, ...(container ? [container] : [])];
  const from = was && verdict ? `${was} -> ` : '';
  const what = verdict
    ? `${from}${causeCell(verdict)}: ${verdict.title}`
    : `${ended}${was ? ` (was ${was})` : ''}`;
  return line(now, `${where.join('/')}   ${what}`);
}

export interface Tally {
  readonly pods: readonly FollowedPod[];
  /** How many pods there should be; absent where only failing ones are known. */
  readonly wanted: number | undefined;
  readonly withNamespace: boolean;
  /** A pod of those asked about was seen, healthy ones included. */
  readonly matched: boolean;
  /** One of them failed at some time. */
  readonly failed: boolean;
}

/** `3 of 5 pods pulled; web-x2x9k: TagNotFound`, or how many still fail where the others are not counted. */
export function tallyText({ pods, wanted, withNamespace, matched, failed }: Tally): string {
  const failing = pods.filter((p) => p.state === 'failing');
  const total = Math.max(wanted ?? 0, pods.filter((p) => p.state !== 'ended').length);
  const pulled = pods.filter((p) => p.state === 'pulled').length;
  const named = failing.slice(0, MAX_NAMED).map((p) => {
    const causes = [...new Set(p.verdicts.map(causeCell))].join(', ');
    return `${withNamespace ? `${p.namespace}/` : ''}${p.name}: ${causes}`;
  });
  const more = failing.length - named.length;
  const list = [...named, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
  const count =
    wanted !== undefined
      ? `${pulled} of ${total} ${plural(total)} pulled`
      : failing.length === 0
        ? noneFails(pods, matched, failed)
        : `${failing.length} ${plural(failing.length)} failing`;
  return list ? `${count}; ${list}` : count;
}

/** Pods that nobody has seen are not said to be well. */
function noneFails(pods: readonly FollowedPod[], matched: boolean, failed: boolean): string {
  if (!matched) return 'no pods match so far';
  const waiting = pods.filter((p) => p.state === 'waiting').length;
  const rest = waiting > 0 ? `, ${waiting} ${plural(waiting)} waiting` : '';
  return `no pod fails${failed ? ' any more' : ''}${rest}`;
}

/** The tally as a line of its own. */
export function tallyLine(text: string, now: number): string {
  return line(now, text);
}

function plural(count: number): string {
  return count === 1 ? 'pod' : 'pods';
}

function line(now: number, text: string): string {
  const time = stamp(Math.floor(now / 1000) * 1000);
  return `${time}   ${visible(text)}\n`;
}
