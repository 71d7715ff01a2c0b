/** How API servers and registries see us. */
import { BINARY } from '../words/plugin.ts';

export const USER_AGENT = `${BINARY}/${globalThis.KUBECTL_IMAGEPULL_VERSION ?? 'source'}`;
