/** The ladder of a name that is no image reference: nobody is asked. */
import type { InvalidImage } from '../image/reference.ts';
import type { LadderResult } from '../words/ladder.ts';
import { Recorder } from './recorder.ts';
import { StepFault } from './step-fault.ts';

/** `label`: of the credential that would have been used; absent: `anonymous`. */
export function invalidLadder(image: InvalidImage, label = 'anonymous'): LadderResult {
  const recorder = new Recorder();
  recorder.failed(new StepFault('reference', 'reference-invalid', image.reason));
  return {
    image: image.written,
    repository: '',
    host: '',
    credential: label,
    result: 'not pullable',
    code: 'reference-invalid',
    step: 'reference',
    cause: 'InvalidImageName',
    steps: recorder.all(),
    digest: null,
    platforms: null,
    realmHost: null,
    retryAfter: null,
    credentialShown: false,
    ms: 0,
  };
}
