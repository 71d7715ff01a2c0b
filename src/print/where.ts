/** Verdict parts as short phrases. Pure. */

import type { Unavailable } from '../words/known.ts';
import type { Facts } from '../words/reading.ts';
import type { Quote, Verdict } from '../words/verdict.ts';
import { humanAge } from './age.ts';
import { visible } from './escape.ts';

/** `token server auth.example, answering 401`, `blob host s3.example`, or the stage where no host is named. */
export function whereText(facts: Facts, image: string): string | null {
  const parts: string[] = [];
  if (facts.host) {
    const role = facts.hostRole ?? 'host';
    const own = role === 'registry' || image.startsWith(`${facts.host}/`);
    parts.push(`${role} ${facts.host}${own ? '' : " (not the image's own host)"}`);
  } else if (facts.stage && STAGE_TEXT[facts.stage]) {
    parts.push(STAGE_TEXT[facts.stage]);
  }
  if (facts.status !== null) parts.push(`answering ${facts.status}`);
  return parts.length > 0 ? parts.join(', ') : null;
}

/** Empty where the stage says no more than the cause. */
const STAGE_TEXT: Readonly<Record<NonNullable<Facts['stage']>, string>> = {
  name: '',
  resolve: 'finding the manifest',
  auth: '',
  manifest: 'reading the manifest',
  layer: 'downloading a layer',
  unpack: 'unpacking a layer on the node',
  sandbox: 'making the pod sandbox on the node',
  volume: 'mounting an image volume',
};

/** `kubelet event Failed, 40s ago, x7 over 12m` or the field a text stands in. */
export function sourceText(quote: Quote, now: number): string {
  const from =
    quote.source === 'event'
      ? `kubelet event ${quote.reason}`
      : `${shortField(quote.source)} (${quote.reason})`;
  const parts = [from];
  if (quote.last !== null) parts.push(`${humanAge(quote.last, now)} ago`);
  if (quote.count !== null && quote.count > 1) {
    const over =
      quote.first !== null && quote.last !== null && quote.last > quote.first
        ? ` over ${humanAge(quote.first, quote.last)}`
        : '';
    parts.push(`x${quote.count}${over}`);
  }
  return parts.join(', ');
}

/** `waiting.message` says enough beside a container's name. */
function shortField(source: string): string {
  return source.replace(/^status\.\w+\[.*\]\.(?:state\.)?/, '');
}

/** What could not be seen, with the command that shows the permission or fills the gap. */
export function gapText(gap: Unavailable): string {
  return visible(gap.check ? `${gap.text} (${gap.check})` : gap.text);
}

/** Both names where the text cannot choose, else the one. */
export function causeCell(v: Verdict): string {
  const second = v.alternatives[0];
  return v.certainty === 'ambiguous' && second ? `${v.cause}|${second}` : v.cause;
}
