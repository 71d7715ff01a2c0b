/** Host names against the patterns of the table. Pure, linear. */
import type { HostRule } from './registry.ts';

/** RFC 1035 allows 253; what is longer names no registry. */
const MAX_HOST = 255;
const DIGITS_12 = /^\d{12}$/;

/**
 * The bare host of what is written in an image or in the key of a secret: without scheme, user, port, path and final
 * dot, in lower case. For naming a registry only: what the kubelet makes of a key is another matter. `''` where no
 * host is left.
 */
export function hostOf(written: string): string {
  const text = written.slice(0, 2048).trim().toLowerCase();
  const scheme = text.indexOf('://');
  const rest = scheme < 0 ? text : text.slice(scheme + 3);
  const authority = rest.slice(0, endOf(rest, /[/?#]/));
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  const bare = host.slice(0, endOf(host, /:/));
  return bare.endsWith('.') ? bare.slice(0, -1) : bare;
}

function endOf(text: string, stop: RegExp): number {
  const at = text.search(stop);
  return at < 0 ? text.length : at;
}

/** A host that fits a rule; `region` as the host spells it, else as the rule names it. */
export interface HostFit {
  readonly region: string | null;
}

/** Whether `host` (bare, lower case) fits the rule, or null. */
export function fitHost(rule: HostRule, host: string): HostFit | null {
  if (host === '' || host.length > MAX_HOST) return null;
  const pattern = rule.host.split('.');
  let labels = host.split('.');
  if (pattern[0] === '**') {
    if (labels.length < pattern.length) return null;
    labels = ['**', ...labels.slice(labels.length - pattern.length + 1)];
  }
  if (labels.length !== pattern.length) return null;
  let region = rule.region ?? null;
  for (const [i, part] of pattern.entries()) {
    const fit = fitLabel(part, labels[i] ?? '');
    if (fit === null) return null;
    if (fit.region !== null) region = fit.region;
  }
  return { region };
}

/** What stands behind the last dot. */
export function lastLabel(host: string): string {
  return host.slice(host.lastIndexOf('.') + 1);
}

/** True where the rule names one host only. */
export function isExact(rule: HostRule): boolean {
  return !/[*{]/.test(rule.host);
}

function fitLabel(pattern: string, label: string): HostFit | null {
  const token = /\*\*|\*|\{region\}|\{account\}/.exec(pattern);
  if (token === null || token[0] === '**') return pattern === label ? { region: null } : null;
  const before = pattern.slice(0, token.index);
  const after = pattern.slice(token.index + token[0].length);
  if (label.length <= before.length + after.length) return null;
  if (!label.startsWith(before) || !label.endsWith(after)) return null;
  const held = label.slice(before.length, label.length - after.length);
  if (token[0] === '{account}' && !DIGITS_12.test(held)) return null;
  return { region: token[0] === '{region}' ? held : null };
}

/** `*` stands for any text, also none, `?` for one character. At most as many steps as both lengths multiplied. */
export function fitsGlob(glob: string, text: string): boolean {
  let g = 0;
  /** Behind the last `*`, and where in the text it began to fit. */
  let behind = -1;
  let from = 0;
  for (let t = 0; t < text.length; ) {
    if (glob[g] === '*') {
      behind = ++g;
      from = t;
    } else if (g < glob.length && (glob[g] === '?' || glob[g] === text[t])) {
      g++;
      t++;
    } else if (behind >= 0) {
      g = behind;
      t = ++from;
    } else {
      return false;
    }
  }
  while (glob[g] === '*') g++;
  return g === glob.length;
}
