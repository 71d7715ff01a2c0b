import type { Bytes } from './encoding.ts';

/** Whether a text is an IPv6 address with or without a zone (Go's `netip.ParseAddr`). */
export function isIPv6(text: Bytes): boolean {
  const percent = text.indexOf('%');
  const address = percent === -1 ? text : text.slice(0, percent);
  if (percent === text.length - 1 && percent !== -1) return false;
  const halves = address.split('::');
  if (!address.includes(':') || halves.length > 2) return false;
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  const all = groups.flat();
  const last = all.at(-1);
  const dotted = last?.includes('.') === true && address.endsWith(last);
  if (dotted && !IPV4.test(last)) return false;
  const hex = dotted ? all.slice(0, -1) : all;
  if (!hex.every((group) => HEX_GROUP.test(group))) return false;
  const count = hex.length + (dotted ? 2 : 0);
  return halves.length === 2 ? count < 8 : count === 8;
}

const HEX_GROUP = /^[0-9A-Fa-f]{1,4}$/;
const OCTET = '(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';
const IPV4 = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`);
