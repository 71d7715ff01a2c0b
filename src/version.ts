declare global {
  /** Put in place by the bundler (`scripts/build/bundle.ts`): package.json's version, and the commit. */
  var KUBECTL_IMAGEPULL_VERSION: string | undefined;
  var KUBECTL_IMAGEPULL_COMMIT: string | undefined;
}

/** Version of the bundle without `v`; run from the sources it has none. */
export const VERSION: string = globalThis.KUBECTL_IMAGEPULL_VERSION ?? '0.0.0-source';

/** The commit that the bundle was made from, with `-dirty` where files differed from it. */
export const COMMIT: string = globalThis.KUBECTL_IMAGEPULL_COMMIT ?? 'unknown';
