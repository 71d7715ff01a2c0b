/** Where a command looked, behind "none found". Pure. */
import { visible } from './escape.ts';

/** `No WHAT found in shop namespace.` as a line; `gaps`: not everything could be looked at. */
export function noneFound(
  what: string,
  namespaces: readonly string[] | undefined,
  gaps: boolean,
): string {
  const doubt = gaps ? ', but not everything could be looked at' : '';
  return `${visible(`No ${what} found${inNamespaces(namespaces)}${doubt}.`)}\n`;
}

/** ` in shop namespace`, ` in namespaces a, b`; empty for all namespaces. */
function inNamespaces(namespaces: readonly string[] | undefined): string {
  const [first, ...more] = namespaces ?? [];
  if (first === undefined) return '';
  return more.length === 0
    ? ` in ${first} namespace`
    : ` in namespaces ${[first, ...more].join(', ')}`;
}
