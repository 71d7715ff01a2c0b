/** Where a command looked, behind "none found". Pure. */

/** ` in shop namespace`, ` in namespaces a, b`; empty for all namespaces. */
export function inNamespaces(namespaces: readonly string[] | undefined): string {
  const [first, ...more] = namespaces ?? [];
  if (first === undefined) return '';
  return more.length === 0
    ? ` in ${first} namespace`
    : ` in namespaces ${[first, ...more].join(', ')}`;
}
