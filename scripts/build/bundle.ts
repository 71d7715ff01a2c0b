/** The one-file bundle: CommonJS, because a packed single-executable of Node takes nothing else. */
import { writeFileSync } from 'node:fs';
import { build, type Metafile } from 'esbuild';
import { classify } from '../../src/causes/classify.ts';
import { FRAME_RULES } from '../../src/causes/frames.ts';
import { CAUSES } from '../../src/causes/index.ts';
import { type QuickTable, quickOf, quickTable } from '../../src/causes/quick.ts';
import { jsonEscape } from '../../src/print/escape.ts';
import { slim } from './slim.ts';

/** In `dist/`: what the bundle is made of, for the notices and the SBOM. */
export const METAFILE = 'metafile.json';

export interface Made {
  /** Version of package.json, without `v`. */
  readonly version: string;
  /** See `commitOf`. */
  readonly commit: string;
}

/**
 * Bundles `entry` into `outfile`. A module reached only through `await import()` stays asleep inside the
 * file until it is asked for.
 *
 * - `import.meta.url` (yargs and client-node read it) becomes the file's own URL at run time: a constant
 *   such as `file:///x.js` starts on Linux and macOS and dies on Windows, where a drive letter is needed.
 * - ASCII output loads faster than two-byte text, and `start.cjs` reads it as Latin-1. esbuild's `charset` leaves
 *   regular expressions as they are, so those are escaped here.
 * - `import()` of a built-in becomes `require()`: neither a script compiled from the code cache nor a
 *   single executable resolves the former.
 * - `globalThis.KUBECTL_IMAGEPULL_VERSION` and `…_COMMIT` (src/version.ts) become what it was made of,
 *   `globalThis.KUBECTL_IMAGEPULL_WORDS` the table of `src/causes/quick.ts`.
 */
export async function bundle(
  entry: string,
  outfile: string,
  { version, commit }: Made,
): Promise<Metafile> {
  const { metafile, outputFiles } = await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    minify: true,
    charset: 'ascii',
    supported: { 'dynamic-import': false },
    legalComments: 'none',
    metafile: true,
    write: false,
    logLevel: 'warning',
    plugins: [slim()],
    define: {
      'import.meta.url': 'bundleUrl',
      'globalThis.KUBECTL_IMAGEPULL_VERSION': JSON.stringify(version),
      'globalThis.KUBECTL_IMAGEPULL_COMMIT': JSON.stringify(commit),
      'globalThis.KUBECTL_IMAGEPULL_WORDS': JSON.stringify(JSON.stringify(wordTable())),
    },
    banner: {
      js: "var bundleUrl=require('node:url').pathToFileURL(__filename).href;",
    },
  });
  writeFileSync(outfile, (outputFiles[0]?.text ?? '').replace(/\P{ASCII}/gu, jsonEscape));
  return metafile;
}

/** What `quick.ts` reads from every expression of the classifier, under the sources as the bundle writes them. */
function wordTable(): QuickTable {
  for (const { match } of FRAME_RULES) quickOf(match);
  for (const { patterns } of Object.values(CAUSES)) {
    for (const { match } of patterns) quickOf(match);
  }
  // The expressions that no table lists are read by the classifier itself.
  classify('Failed to pull image "a": not found');
  const ascii = (source: string) => source.replace(/\P{ASCII}/gu, jsonEscape);
  return Object.fromEntries(
    Object.entries(quickTable()).map(([source, parts]) => [ascii(source), parts]),
  );
}
