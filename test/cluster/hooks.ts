/** Runs before all tests: skips them where there can be no cluster, and fails outside of one. */
import { existsSync } from 'node:fs';
import { KUBECONFIG } from './up/settings.ts';

export const mochaHooks: Mocha.RootHookObject = {
  beforeAll(this: Mocha.Context) {
    if (process.env['IMAGEPULL_CLUSTER_SKIP'] !== undefined) this.skip();
    if (process.env['KUBECONFIG'] !== KUBECONFIG || !existsSync(KUBECONFIG)) {
      throw new Error('run these with npm run test:cluster');
    }
  },
};
