/** docs/proof/runtimes.md. */
export function writeProof(_plugin: string): void {
  throw new Error('not yet');
}
