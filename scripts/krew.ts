/**
 * Checks krew-manifest.yaml: what krew's own validator wants (`internal/index/validation` and
 * `validate-krew-manifest`), and what it lets pass: misspelt fields, a missing homepage or description, a long
 * shortDescription, a version other than package.json's.
 *
 * `node scripts/krew.ts [--release] [FILE]`; `--release` also refuses sums that are still zeros.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { type Fields, isFields } from '../src/words/fields.ts';
import { BINARY, PLUGIN } from '../src/words/plugin.ts';
import { isPlaceholder, REPOSITORY } from './pack/repository.ts';
import { archiveName, binaryName, TARGETS } from './pack/targets.ts';
import { NO_SUM } from './release/manifest.ts';

export interface KrewOptions {
  /** package.json's version, without `v`. */
  readonly version: string;
  /** Refuse placeholders in the place of sums. */
  readonly release: boolean;
}

const PLATFORMS = TARGETS.map(({ os, arch }) => `${os}/${arch}`);
/** What krew-index's reviewers ask for; `krew search` cuts about there. */
const SHORT_DESCRIPTION_LIMIT = 50;
const DESCRIPTION_WIDTH = 80;

/** The problems of one mapping's keys: every unknown one, and every needed one that is absent. */
function checkKeys(
  value: unknown,
  where: string,
  needed: readonly string[],
  allowed: readonly string[] = [],
): string[] {
  if (!isFields(value)) return [`${where}: not a mapping`];
  const known = [...needed, ...allowed];
  return [
    ...Object.keys(value)
      .filter((key) => !known.includes(key))
      .map((key) => `${where}.${key}: unknown field`),
    ...needed.filter((key) => value[key] === undefined).map((key) => `${where}.${key}: missing`),
  ];
}

function checkTexts(spec: Fields, { version, release }: KrewOptions): string[] {
  const problems: string[] = [];
  const short = String(spec.shortDescription ?? '');
  if (short.includes('\n') || short.length > SHORT_DESCRIPTION_LIMIT) {
    problems.push(
      `spec.shortDescription: ${short.length} characters, at most ${SHORT_DESCRIPTION_LIMIT} on one line`,
    );
  }
  for (const line of String(spec.description ?? '').split('\n')) {
    if (line.length > DESCRIPTION_WIDTH) {
      problems.push(`spec.description: wider than ${DESCRIPTION_WIDTH}: ${line}`);
    }
  }
  if (spec.version !== `v${version}`) {
    problems.push(`spec.version: ${String(spec.version)} is not package.json's v${version}`);
  }
  if (spec.homepage !== REPOSITORY) problems.push(`spec.homepage: not ${REPOSITORY}`);
  else if (release && isPlaceholder(REPOSITORY)) {
    problems.push('spec.homepage: still a placeholder, see scripts/pack/repository.ts');
  }
  return problems;
}

/** `os/arch` of one entry; empty parts where the selector does not say. */
function platformName(platform: Fields): string {
  const selector = isFields(platform.selector) ? platform.selector : {};
  const labels = isFields(selector.matchLabels) ? selector.matchLabels : {};
  return `${String(labels.os ?? '')}/${String(labels.arch ?? '')}`;
}

function checkPlatform(platform: unknown, index: number, options: KrewOptions): string[] {
  const where = `spec.platforms[${index}]`;
  // `files` is left out on purpose: everything in the archive is unpacked, the LICENSE too.
  const problems = checkKeys(platform, where, ['selector', 'uri', 'sha256', 'bin']);
  if (!isFields(platform)) return problems;
  problems.push(...checkKeys(platform.selector, `${where}.selector`, ['matchLabels']));
  if (isFields(platform.selector)) {
    const labels = platform.selector.matchLabels;
    problems.push(...checkKeys(labels, `${where}.selector.matchLabels`, ['os', 'arch']));
  }
  const name = platformName(platform);
  if (!PLATFORMS.includes(name)) problems.push(`${where}: ${name} is none of ours`);
  const target = TARGETS.find(({ os, arch }) => name === `${os}/${arch}`);
  const bin = target === undefined ? BINARY : binaryName(target);
  if (platform.bin !== bin) problems.push(`${where}.bin: not ${bin}`);
  const archive = target === undefined ? '' : archiveName(options.version, target);
  const uri = `${REPOSITORY}/releases/download/v${options.version}/${archive}`;
  if (platform.uri !== uri) problems.push(`${where}.uri: not ${uri}`);
  const sum = String(platform.sha256 ?? '');
  if (!/^[0-9a-f]{64}$/.test(sum)) {
    problems.push(`${where}.sha256: not 64 lower-case hexadecimal digits`);
  } else if (options.release && sum === NO_SUM) {
    problems.push(`${where}.sha256: still a placeholder`);
  }
  return problems;
}

/**
 * Every problem of a krew manifest, one line each with the field it is about; none: it may go out.
 *
 * @param text the manifest as YAML
 */
export function krewProblems(text: string, options: KrewOptions): string[] {
  let manifest: unknown;
  try {
    manifest = load(text);
  } catch (error) {
    return [`not YAML: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`];
  }
  const problems = checkKeys(manifest, 'manifest', ['apiVersion', 'kind', 'metadata', 'spec']);
  if (!isFields(manifest)) return problems;
  if (manifest.apiVersion !== 'krew.googlecontainertools.github.com/v1alpha2') {
    problems.push('apiVersion: not krew.googlecontainertools.github.com/v1alpha2');
  }
  if (manifest.kind !== 'Plugin') problems.push('kind: not Plugin');
  problems.push(...checkKeys(manifest.metadata, 'metadata', ['name']));
  if (isFields(manifest.metadata) && manifest.metadata.name !== PLUGIN) {
    problems.push(`metadata.name: not ${PLUGIN}`);
  }
  const spec = manifest.spec;
  const texts = ['version', 'homepage', 'shortDescription', 'description'];
  problems.push(...checkKeys(spec, 'spec', [...texts, 'platforms'], ['caveats']));
  if (!isFields(spec)) return problems;
  problems.push(...checkTexts(spec, options));
  const platforms: unknown[] = Array.isArray(spec.platforms) ? spec.platforms : [];
  problems.push(...platforms.flatMap((platform, index) => checkPlatform(platform, index, options)));
  const names = platforms.filter(isFields).map(platformName);
  for (const wanted of PLATFORMS) {
    const count = names.filter((name) => name === wanted).length;
    if (count !== 1) problems.push(`spec.platforms: ${count} entries for ${wanted}`);
  }
  return problems;
}

if (process.argv[1] === import.meta.filename) {
  const root = path.resolve(import.meta.dirname, '..');
  const args = process.argv.slice(2);
  const file = args.find((arg) => !arg.startsWith('-')) ?? path.join(root, 'krew-manifest.yaml');
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const release = args.includes('--release');
  const problems = krewProblems(readFileSync(file, 'utf8'), { version, release });
  for (const problem of problems) process.stderr.write(`${path.basename(file)}: ${problem}\n`);
  if (problems.length > 0) process.exitCode = 1;
}
