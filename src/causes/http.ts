/**
 * HTTP statuses in masked text. A number counts only with its phrase: a tag `v403` or a port is none.
 */

import { lookUp } from '../words/lookup.ts';
import { lookAt, mayMatch, quickOf } from './quick.ts';

const PHRASES =
  '(?:Bad Request|Unauthorized|Payment Required|Forbidden|Not Found|Method Not Allowed|Not Acceptable|' +
  'Proxy Authentication Required|Request Time-?out|Conflict|Gone|Precondition Failed|Payload Too Large|' +
  'Request Entity Too Large|Unsupported Media Type|Misdirected Request|Upgrade Required|Too Many Requests|' +
  '(?:Requested )?Range Not Satisfiable|Expectation Failed|Length Required|Unprocessable (?:Entity|Content)|Insufficient Storage|Unavailable For Legal Reasons|Internal Server Error|Not Implemented|Bad Gateway|Service Unavailable|' +
  'Service Temporarily Unavailable|Gateway Time-?out|Bandwidth Limit Exceeded)';

const FORMS: readonly RegExp[] = [
  new RegExp(`\\b([345]\\d\\d) \\(?${PHRASES}`, 'gi'),
  new RegExp(`\\b${PHRASES} \\(([345]\\d\\d)\\)`, 'gi'),
  /\b(?:status code|http code|StatusCode|error code|http status|response status)(?: from registry| returned(?: when fetching \w{1,20}| from \w{1,20})?)?:?\s?=?\s?([345]\d\d)\b/gi,
  /\bHTTP ([345]\d\d) response body/gi,
  /\bStatus ([345]\d\d) (?:trying to pull|while fetching)/gi,
  /\bError ([345]\d\d) \(/gi,
];

/** How containerd's debug lines name a status. */
const GO_STATUSES: Readonly<Record<string, number>> = {
  NotFound: 404,
  Unauthorized: 401,
  Forbidden: 403,
  TooManyRequests: 429,
  InternalServerError: 500,
  BadGateway: 502,
  ServiceUnavailable: 503,
};

/**
 * The last HTTP status a text names, or `null`. Behind a wrapper that announces a status the number may stand
 * alone, as `451` does, whose phrase Go's server leaves out.
 */
export function readStatus(masked: string, innerStart: number, announced: boolean): number | null {
  let last: { readonly index: number; readonly status: number } | null = null;
  const look = lookAt(masked.toLowerCase());
  for (const form of FORMS) {
    if (!mayMatch(quickOf(form), look)) continue;
    for (const found of masked.matchAll(form)) {
      const status = Number(found[1]);
      if (last === null || found.index >= last.index) last = { index: found.index, status };
    }
  }
  if (last !== null) return last.status;
  const named = /\bhttp\.Status(\w+)/.exec(masked)?.[1];
  if (named !== undefined) return lookUp(GO_STATUSES, named) ?? null;
  if (!announced) return null;
  const bare = /^([345]\d\d)\b/.exec(masked.slice(innerStart));
  return bare === null ? null : Number(bare[1]);
}
