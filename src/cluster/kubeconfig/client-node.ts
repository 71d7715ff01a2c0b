/**
 * The parts of `@kubernetes/client-node` that are used, by deep import: its index would load the generated API
 * (half a second of start-up). The version is pinned exactly; its files are no public surface.
 */
export { KubeConfig } from '@kubernetes/client-node/dist/config.js';
export {
  type Cluster,
  newClusters,
  newUsers,
  type User,
} from '@kubernetes/client-node/dist/config_types.js';
