/** Set by the build (esbuild `define`); a checkout run without a build says `dev`. */
declare const __VERSION__: string | undefined;

export const VERSION: string = typeof __VERSION__ === 'string' ? __VERSION__ : 'dev';
