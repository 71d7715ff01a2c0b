/** THIRD-PARTY-NOTICES: who wrote what is in a binary, and on which terms. */
import type { BundledPackage } from './bundled.ts';

const RULE = '='.repeat(80);

/**
 * The notices of the bundled packages and, for a binary, of Node.
 *
 * @param node text of Node's own LICENSE, which names what Node contains; null for the npm package, which has no Node
 */
export function noticesText(
  packages: readonly BundledPackage[],
  node: { readonly version: string; readonly license: string } | null,
): string {
  const parts = packages.map(
    ({ name, version, license, texts }) =>
      `${name} ${version} (${license})\n\n${texts.join('\n\n')}`,
  );
  if (node !== null) parts.push(`Node.js ${node.version}\n\n${node.license.trim()}`);
  const first = 'This program contains the following software of others, on these terms.';
  return `${[first, ...parts].join(`\n\n${RULE}\n\n`)}\n`;
}
