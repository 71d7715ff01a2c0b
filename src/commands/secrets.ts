/** `kubectl imagepull secrets`. */
import type { ExitCode, SecretsOptions } from '../words/options.ts';
import type { World } from '../words/streams.ts';

/** Runs the verb; what it throws is worded by the caller. */
export async function secrets(_options: SecretsOptions, _world: World): Promise<ExitCode> {
  throw new Error('being written');
}
