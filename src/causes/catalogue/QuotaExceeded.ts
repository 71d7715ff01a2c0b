import type { Cause } from '../cause.ts';
import { RANK } from '../cause.ts';
import type { ErrorPart } from '../part.ts';
import { NEW_POD } from '../steps.ts';
import { aboutPull, all, answered } from '../when.ts';

const notDisk = (part: ErrorPart): boolean => !/disk quota/i.test(part.masked);

export const QuotaExceeded: Cause = {
  name: 'QuotaExceeded',
  title: 'the quota, the plan or the bill of the registry account blocks pulls',
  meaning:
    'The account that owns the registry has used up its traffic or storage, or its billing is not in order. ' +
    'The denial often comes with the first layer, so the manifest can still be read.',
  patterns: [
    {
      runtime: 'registry',
      match:
        /(?:traffic|storage|bandwidth|pull|download|transfer) quota|quota (?:has been |is )?exceeded|exceeded (?:its|your|the) .{0,60}quota|quota (?:limit )?(?:reached|exceeded) |quota is not enough|UserProjectAccountProblem|UserProjectMissing|billing (?:account|is)|payment required|(?:bandwidth|data transfer) limit/i,
      on: 'part',
      only: all(aboutPull, notDisk),
      rank: RANK.decisive,
      certainty: 'certain',
      alternatives: (part) => (/toomanyrequests/i.test(part.masked) ? ['RateLimited'] : []),
    },
    {
      // Azure's storage, where registries keep blobs: the account's throughput, with a 503.
      runtime: 'registry',
      match: /\bover the account limit/i,
      on: 'part',
      only: aboutPull,
      rank: RANK.decisive,
      certainty: 'likely',
      alternatives: ['RateLimited', 'RegistryUnavailable'],
    },
    {
      runtime: 'any',
      match: /402/,
      only: answered(402),
      rank: RANK.status,
      certainty: 'likely',
    },
  ],
  examples: [
    {
      id: 'A099',
      text: 'Your account has exceeded your pull traffic quota for the current month. See https://registry-maple99.example.com/docs/Registry?topic=Registry-troubleshoot-quota',
    },
  ],
  tellApart: [
    {
      from: 'RateLimited',
      how: 'A rate limit passes within hours and says 429 or toomanyrequests.',
    },
    { from: 'NodeDiskFull', how: '"disk quota exceeded" is about the disk of the node.' },
  ],
  retryable: false,
  waiting: 'will not help before the quota is renewed or raised',
  group: 'registry',
  nextSteps: [
    { text: 'Look at the usage and the plan of the account at {host}' },
    { text: 'On IBM Cloud: ibmcloud cr quota shows both' },
    { text: 'Raise the quota, or free what counts against it' },
    NEW_POD,
  ],
};
