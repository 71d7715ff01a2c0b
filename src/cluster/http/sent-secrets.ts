/** What a server was shown and may say again in its errors: those texts are printed, the secrets in them are not. */
import { redactAll } from '../../words/redact.ts';

/** The secrets of an Authorization header: its value, and the password in it. */
function sentSecrets(authorization: unknown): string[] {
  if (typeof authorization !== 'string') return [];
  const [, scheme = '', value = ''] = /^(\w+) (.*)$/.exec(authorization) ?? [];
  if (scheme !== 'Basic') return [value];
  const login = Buffer.from(value, 'base64').toString('utf8');
  return [value, login.slice(login.indexOf(':') + 1)];
}

/** A text of the server without them, and without what else looks like a credential. */
export function withoutSent(text: string, authorization: unknown): string {
  return redactAll(text, sentSecrets(authorization));
}
