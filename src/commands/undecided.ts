/**
 * When to look again at a pod that did not change: events come after the status, so an undecided one is looked at a few
 * times more, at growing distances from its last change, and then no more until it changes.
 */

const FIRST_MS = 3_000;
/** After 3, 6, 12, 24 and 48 s. */
const TIMES = 5;
/** Pods looked at again at a time. */
const MOST = 20;

export class Undecided {
  readonly #pods = new Map<string, { changedAt: number; times: number }>();

  /** `now` in milliseconds. */
  changed(key: string, now: number): void {
    this.#pods.set(key, { changedAt: now, times: 0 });
  }

  forget(key: string): void {
    this.#pods.delete(key);
  }

  /** Of the undecided pods those whose time has come, each counted as looked at; `more`: some are still to come. */
  due(keys: readonly string[], now: number): { readonly keys: readonly string[]; more: boolean } {
    const open = keys.flatMap((key) => {
      const pod = this.#pods.get(key);
      return pod && pod.times < TIMES ? [{ key, pod }] : [];
    });
    const due = open
      .filter(({ pod }) => now - pod.changedAt >= FIRST_MS * 2 ** pod.times)
      .sort((a, b) => a.pod.times - b.pod.times)
      .slice(0, MOST);
    for (const { pod } of due) pod.times++;
    return { keys: due.map(({ key }) => key), more: open.length > 0 };
  }
}
