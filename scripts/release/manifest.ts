/** krew-manifest.yaml from its template. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { COMMAND, PLUGIN } from '../../src/words/plugin.ts';
import { REPOSITORY } from '../pack/repository.ts';
import { archiveName, binaryName, TARGETS } from '../pack/targets.ts';

const TEMPLATE = path.join(import.meta.dirname, 'krew-template.yaml');

/** Stands for a sum as long as there is no release. */
export const NO_SUM = '0'.repeat(64);

/** Sums by file name, from the text of a `sha256sum` file. */
export function readSums(text: string): Map<string, string> {
  const lines = text.split('\n').filter((line) => line !== '');
  return new Map(
    lines.map((line) => {
      const [, sum, name] = /^([0-9a-f]{64}) [ *](\S+)$/.exec(line) ?? [];
      if (sum === undefined || name === undefined) throw new Error(`not a line of sums: ${line}`);
      return [name, sum];
    }),
  );
}

/**
 * The manifest as YAML.
 *
 * @param version without `v`
 * @param sums by archive's name; one that is not there becomes zeros
 * @param base address of the folder that holds the archives; default: the release's downloads
 */
export function krewManifest(
  version: string,
  sums: ReadonlyMap<string, string>,
  base = `${REPOSITORY}/releases/download/v${version}`,
): string {
  const platforms = TARGETS.map((target) => {
    const archive = archiveName(version, target);
    return `    - selector:
        matchLabels:
          os: ${target.os}
          arch: ${target.arch}
      uri: ${base}/${archive}
      sha256: "${sums.get(archive) ?? NO_SUM}"
      bin: ${binaryName(target)}`;
  }).join('\n');
  const values: Readonly<Record<string, string>> = {
    name: PLUGIN,
    command: COMMAND,
    version,
    repository: REPOSITORY,
    platforms,
  };
  return readFileSync(TEMPLATE, 'utf8').replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`the template asks for ${name}`);
    return value;
  });
}

const TAG = '{{ .TagName }}';

/**
 * The same for krew-release-bot, which puts in the tag's name and the sums. Its second line of a pair begins with four
 * spaces (pkg/source/template.go), so platforms stand two spaces further left.
 */
export function krewBotTemplate(): string {
  const [head = '', platforms = ''] = krewManifest('@', new Map()).split(/(?<=^ {2}platforms:\n)/m);
  const filled = platforms
    .replace(/^ {2}/gm, '')
    .replace(/uri: (\S+)\n {4}sha256: "0+"/g, '{{addURIAndSha "$1" .TagName }}');
  const text = `${head.replace(/^(?:#.*\n)+/, '')}${filled}`.replaceAll('v@', TAG);
  return `# For krew-release-bot. Made by \`npm run release:manifest\`, as krew-manifest.yaml is.\n${text}`;
}
