/**
 * What a table holds under a name that a stranger wrote. A plain index would find `constructor` and `toString` as well,
 * which every object inherits.
 */
export function lookUp<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
