import type { Cause } from '../cause.ts';
import { RANK } from '../cause.ts';
import type { ErrorPart } from '../part.ts';
import { NEW_POD, setImageStep } from '../steps.ts';
import { all, answered, guiltyUrl, without } from '../when.ts';

function manifestOverTls(part: ErrorPart): boolean {
  const url = guiltyUrl(part);
  return url?.kind === 'manifest' && url.scheme === 'https';
}

export const InvalidImageName: Cause = {
  name: 'InvalidImageName',
  title: 'the image name is not valid',
  meaning:
    'The text in the image field is no image reference, so nothing was asked of any registry. Frequent reasons: ' +
    'upper-case letters in the repository, a template variable that was not replaced, a scheme such as https:// ' +
    'in front, a colon without a tag, two tags, a blank. A registry may refuse a name that the runtimes accept: it ' +
    'then answers 400.',
  patterns: [
    {
      runtime: 'any',
      match:
        /invalid reference format|invalid repository name|repository name (?:\([^)]{0,600}\) )?must (?:be lowercase|not be more than)|repository can only contain|cannot specify 64-byte hexadecimal|invalid tag format|invalid digest format|invalid checksum digest|unsupported digest algorithm|must not have leading or trailing whitespace|image has been referred to by ID/i,
      on: 'part',
      only: without('blob', 'unpack'),
      rank: RANK.decisive,
      certainty: 'certain',
      stage: 'name',
    },
    {
      runtime: 'any',
      match:
        /\bInvalidImageName\b|couldn't parse image (?:name|reference)|failed to parse image reference|Invalid (?:source|image) name|could not parse reference/i,
      on: 'part',
      rank: RANK.words,
      certainty: 'certain',
      stage: 'name',
    },
    {
      runtime: 'registry',
      match: /^(?:name invalid|NAME_INVALID|invalid repository name)\b/i,
      rank: RANK.words,
      certainty: 'certain',
      stage: 'manifest',
    },
    {
      // The distribution spec knows 400 for one thing when a manifest is read: name or tag are refused.
      runtime: 'any',
      match: /400/,
      only: all(manifestOverTls, answered(400), without('authorize', 'token', 'blob')),
      rank: RANK.status - 1,
      certainty: 'ambiguous',
      alternatives: ['UnexpectedContent', 'HttpHttpsMismatch'],
      stage: 'manifest',
    },
  ],
  examples: [
    {
      id: 'K0013',
      text: 'Failed to apply default image tag "Checkout:1.0": couldn\'t parse image name "Checkout:1.0": invalid reference format: repository name (library/Checkout) must be lowercase',
    },
  ],
  tellApart: [
    {
      from: 'MirrorMisconfigured',
      how: 'A short name that the node cannot place is valid but names no registry; the text then says short-name.',
    },
    {
      from: 'UnexpectedContent',
      how: 'When other images of {host} pull, the registry refuses this name; when none does, something else answers in its place.',
    },
    {
      from: 'HttpHttpsMismatch',
      how: 'A server that wanted the other of HTTP and HTTPS refuses every image of {host} alike.',
    },
  ],
  retryable: false,
  waiting: 'will not help',
  group: 'image',
  nextSteps: [
    {
      text: 'Read the image field as the pod has it, quotes and blanks included',
      command:
        'kubectl get pod {pod} -n {namespace} -o jsonpath=\'{range .spec.containers[*]}{.name}{" \\""}{.image}{"\\"\\n"}{end}\'',
    },
    setImageStep(
      'Write the right name; correct it as well where the workload comes from (chart value, template, pipeline variable)',
    ),
    NEW_POD,
  ],
};
