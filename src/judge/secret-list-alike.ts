/** Equal secrets of many namespaces: groups for a table, and what a half-done rotation looks like. Pure. */
import type { ListedSecret, OtherCopy, Rotation } from '../words/secret-row.ts';

/** Rows that are the same but for their namespace, the first of them as the example. */
export interface AlikeGroup {
  readonly example: ListedSecret;
  readonly rows: readonly ListedSecret[];
}

/** Groups equal secrets: same name, type, content and status. In the order of their first rows. */
export function alikeGroups(rows: readonly ListedSecret[]): AlikeGroup[] {
  const groups = Map.groupBy(rows, (row) =>
    row.fingerprint === null
      ? `${row.namespace}/${row.name}`
      : `${row.name} ${row.fingerprint} ${row.type} ${row.status} ${row.why}`,
  );
  return [...groups.values()].flatMap((same) =>
    same[0] ? [{ example: same[0], rows: same }] : [],
  );
}

/**
 * Names whose copies differ though most of them are equal: secrets of one name with the same keys. Names that are
 * different everywhere are everybody's own and no rotation.
 */
export function rotations(rows: readonly ListedSecret[]): Rotation[] {
  const seen = rows.filter((row) => row.fingerprint !== null && row.registries.length > 0);
  const namesakes = Map.groupBy(seen, (row) => row.name);
  const families = [...namesakes.values()]
    .filter((same) => same.some((row) => row.fingerprint !== same[0]?.fingerprint))
    .flatMap((same) => [...Map.groupBy(same, (row) => row.registries.join(' ')).values()]);
  return families.flatMap((family) => {
    const copies = [...Map.groupBy(family, (row) => row.fingerprint ?? '').entries()].sort(
      ([, a], [, b]) => b.length - a.length,
    );
    const [most, ...others] = copies;
    const rest = others.flatMap(([, same]) => same);
    if (most === undefined || rest.length === 0 || most[1].length < 2) return [];
    const [fingerprint, alike] = most;
    if (alike.length <= rest.length) return [];
    return [
      {
        name: alike[0]?.name ?? '',
        alike: alike.length,
        fingerprint,
        others: rest.map(
          (row): OtherCopy => ({ namespace: row.namespace, age: ageOf(row, alike) }),
        ),
      },
    ];
  });
}

/** Older than each of them, newer than each, or in between: then only that it differs can be said. */
function ageOf(row: ListedSecret, alike: readonly ListedSecret[]): OtherCopy['age'] {
  const own = timeOf(row);
  const times = alike.map(timeOf).filter((time) => time !== null);
  if (own === null || times.length === 0) return 'different';
  if (own < times.reduce((a, b) => Math.min(a, b))) return 'older';
  return own > times.reduce((a, b) => Math.max(a, b)) ? 'newer' : 'different';
}

function timeOf(row: ListedSecret): number | null {
  return row.changedAt ?? row.createdAt;
}
