/** Tokens of the forms that registries give, with made-up content. */

export function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** An unsigned token: nobody here looks at a signature. */
export function jwt(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part(claims)}.c2ln`;
}

/** The form of Amazon's: `expiration` in seconds. */
export function ecrToken(expiration: unknown): string {
  return base64(
    JSON.stringify({
      payload: 'cGF5',
      datakey: 'a2V5',
      version: '2',
      type: 'DATA_KEY',
      expiration,
    }),
  );
}
