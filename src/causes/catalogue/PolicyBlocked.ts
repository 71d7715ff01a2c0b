import type { Cause } from '../cause.ts';
import { RANK } from '../cause.ts';
import type { ErrorPart } from '../part.ts';
import { NEW_POD, setImageStep } from '../steps.ts';
import { answered, quotesPage } from '../when.ts';

const noPage = (part: ErrorPart): boolean => !quotesPage(part);

export const PolicyBlocked: Cause = {
  name: 'PolicyBlocked',
  title: "the registry's policy holds the image back",
  meaning:
    'The registry has the image and refuses to hand it out because of its content: vulnerabilities above a limit, a ' +
    'scan that has not finished, a missing signature, a quarantine. Others can pull it once the policy or the image ' +
    'changes.',
  patterns: [
    {
      runtime: 'registry',
      match:
        /cannot be pulled due to configured policy|PROJECT_?POLICY_?VIOLATION|Prevent (?:images with )?vulnerab|download blocking policy|\bXray\b|\bquarantin\w+|blocked by (?:a )?(?:security |download |content )?policy|vulnerability scan(?:ning)? .{0,80}(?:not|pending|block)|violates? .{0,60}policy/i,
      on: 'part',
      only: noPage,
      rank: RANK.decisive,
      certainty: 'certain',
      stage: 'manifest',
    },
    {
      runtime: 'registry',
      match: /412/,
      only: answered(412),
      rank: RANK.status,
      certainty: 'likely',
      stage: 'manifest',
    },
  ],
  examples: [
    {
      id: 'A138',
      text: 'Error response from daemon: unknown: current image with 4 vulnerabilities cannot be pulled due to configured policy in \'Prevent images with vulnerability severity of "Critical" or higher from running.\' To continue with pull, please contact your project administrator to exempt matched vulnerabilities through configuring the CVE allowlist. (manager.go:250:0s)',
    },
  ],
  tellApart: [
    {
      from: 'Forbidden',
      how: 'A missing right hits every image of the repository; a policy hits single images or tags.',
    },
    {
      from: 'SignatureRejected',
      how: "Signature rules of the node speak in the runtime's words: Source image rejected, image verifier.",
    },
  ],
  retryable: false,
  waiting: 'will not help, unless a scan is still running',
  group: 'image',
  nextSteps: [
    { text: "Look at the image's scan result at {host}" },
    {
      text: 'Ask the owner of the project for an exemption, or rebuild the image without the findings under a new tag',
    },
    setImageStep('Write the new tag'),
    NEW_POD,
  ],
};
