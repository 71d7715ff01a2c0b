/** Runs before all tests: skips them where there can be no enclosure, and fails outside of one. */
import { existsSync } from 'node:fs';
import { RUNTIMES } from './up/settings.ts';

export const mochaHooks: Mocha.RootHookObject = {
  beforeAll(this: Mocha.Context) {
    if (process.env['IMAGEPULL_RUNTIMES_SKIP'] !== undefined) this.skip();
    if (process.env['IMAGEPULL_PLUGIN'] === undefined || !existsSync(RUNTIMES)) {
      throw new Error('run these with npm run test:faults:runtimes');
    }
  },
};
