/** `kubectl imagepull decode`. */
import type { DecodeOptions, ExitCode } from '../words/options.ts';
import type { World } from '../words/streams.ts';

/** Runs the verb; what it throws is worded by the caller. */
export async function decode(_options: DecodeOptions, _world: World): Promise<ExitCode> {
  throw new Error('being written');
}
