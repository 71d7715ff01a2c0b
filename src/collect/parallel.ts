/** Requests of one kind at the same time. */
export const WIDTH = 12;

/** Runs `work` over the items, at most `width` at a time; results in the order of the items. Throws the first error. */
export async function inParallel<T, U>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<U>,
): Promise<U[]> {
  const results: U[] = [];
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const at = next++;
      results[at] = await work(items[at] as T);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
  return results;
}
