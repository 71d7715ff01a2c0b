declare global {
  /** Put in place by the bundler (`scripts/build/bundle.ts`), from package.json. */
  var KUBECTL_IMAGEPULL_VERSION: string | undefined;
}

/** Version of the bundle without `v`; run from the sources it has none. */
export const VERSION: string = globalThis.KUBECTL_IMAGEPULL_VERSION ?? '0.0.0-source';
