/** Whose name stands in a certificate. */

/** Of a subject or issuer as Node writes it (lines of `KEY=VALUE`): its CN, else its O, else the whole on one line. */
export function commonName(name: string): string {
  const parts = new Map(name.split('\n').map((line) => line.split(/=(.*)/s) as [string, string]));
  return parts.get('CN') ?? parts.get('O') ?? name.replaceAll('\n', ', ');
}
