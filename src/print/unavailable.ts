/** The part of a document that tells what could not be looked at. Field names are a contract (docs/schema). Pure. */
import type { Unavailable } from '../words/known.ts';

export function unavailable(u: Unavailable) {
  return { what: u.what, reason: u.reason, text: u.text, ...(u.check ? { check: u.check } : {}) };
}
