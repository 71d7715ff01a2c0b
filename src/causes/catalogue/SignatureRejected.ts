import type { Cause } from '../cause.ts';
import { RANK } from '../cause.ts';
import type { ErrorPart } from '../part.ts';
import { NEW_POD, setImageStep } from '../steps.ts';
import { has } from '../when.ts';

const speaksOfSignatures = (part: ErrorPart): boolean =>
  /\bsign(?:ed|ature|atures|ing)\b|cosign|notation|sigstore/i.test(
    part.raw.slice(Math.max(0, part.raw.search(/for reason: /))),
  );

export const SignatureRejected: Cause = {
  name: 'SignatureRejected',
  title: 'the signature policy rejected the image',
  meaning:
    'The image was found, but a rule on the node (policy.json of CRI-O, an image verifier of containerd) or in the ' +
    'cluster wants a signature that is missing, made with another key, or not readable. A policy file or a key that ' +
    'is itself broken rejects every image.',
  patterns: [
    {
      runtime: 'crio',
      match:
        /Source image rejected|SignatureValidationFailed|signature validation failed|A signature was required|None of the signatures were accepted|Running image \S{1,300} is rejected by policy|invalid policy in /i,
      on: 'raw',
      rank: RANK.decisive,
      certainty: 'certain',
      stage: 'manifest',
    },
    {
      // No policy at all: containers/image then refuses every image.
      runtime: 'crio',
      match: /default signature policy|containers\/policy\.json: no such file/i,
      on: 'raw',
      rank: RANK.decisive + 1,
      certainty: 'likely',
      stage: 'manifest',
    },
    {
      runtime: 'containerd',
      match: /image verifier \S{1,200} (?:blocked pull|returned error)/i,
      on: 'part',
      rank: RANK.decisive,
      certainty: 'likely',
      alternatives: (part) => (speaksOfSignatures(part) ? [] : ['PolicyBlocked']),
      stage: 'manifest',
    },
    {
      runtime: 'any',
      match:
        /image verification failed|invalid image signature|signature (?:mismatch|verification (?:failed|error))|no (?:valid |matching )?signatures? (?:found|from|for)|no matching signatures|remote trust data does not exist|no (?:valid )?trust data for|content trust|must be an image digest|image is not signed|not signed (?:by|with) /i,
      on: 'part',
      rank: RANK.decisive + 1,
      certainty: 'likely',
      stage: 'manifest',
    },
    {
      runtime: 'crio',
      match: /.*/,
      only: has('signature-failed'),
      rank: RANK.words,
      certainty: 'certain',
      stage: 'manifest',
    },
  ],
  examples: [
    {
      id: 'A102',
      text: 'FATA[…] pulling image: rpc error: code = Unknown desc = SignatureValidationFailed: Source image rejected: A signature was required, but no signature exists',
    },
    {
      id: 'K0223',
      text: 'Failed to pull image "containers.slateford.example/docs/api:build-3794": failed to pull and unpack image "containers.slateford.example/docs/api:build-3794": image verifier bindir blocked pull of containers.slateford.example/docs/api:build-3794 with digest sha256:31ecef0f22cd25123f8bcaef852b192918b40807ea69d9a1aafc97bf4370d877 for reason: verifier signature-check rejected image (exit code 1): no valid signature from a trusted key',
    },
  ],
  tellApart: [
    {
      from: 'PolicyBlocked',
      how: 'A verifier may check other things than signatures; its own words stand behind "for reason".',
    },
  ],
  retryable: false,
  waiting: 'will not help',
  group: 'image',
  nextSteps: [
    setImageStep(
      'Sign the image, or use one that is signed with a key the policy names: write that',
    ),
    {
      text: 'Check the policy and the keys on node {node} (/etc/containers/policy.json, or the verifier directory of containerd)',
    },
    NEW_POD,
  ],
};
