/** Secrets whose values were taken out before they were saved: by `oc adm inspect` (must-gather), Argo CD, a person. */
import { fields, text } from '../../words/fields.ts';

/**
 * The keys of a Secret whose value is not the real one but `N bytes long`.
 * Source: openshift/oc pkg/cli/admin/inspect/secret.go; `ca.crt`, `tls.crt` and the like are left as they are.
 */
export function elidedKeys(secret: unknown): readonly string[] {
  const data = fields(fields(secret)['data']);
  return Object.keys(data).filter((key) => isElided(text(data[key])));
}

function isElided(value: string): boolean {
  if (value.length > 64) return false;
  return (
    PLACEHOLDER.test(value) || LENGTH_ONLY.test(Buffer.from(value, 'base64').toString('latin1'))
  );
}

const LENGTH_ONLY = /^<?\d{1,10} bytes long>?$/;

/** None of these is base64, so no API server hands them out. `++++++++` is Argo CD's. */
const PLACEHOLDER =
  /^(?:<?\d{1,10} bytes long>?|<[^<>]{0,60}>|[*.-]{2,64}|\+{3,64}|\[(?:redacted|removed|masked|hidden)\]|redacted)$/i;
