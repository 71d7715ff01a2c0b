/** Microsoft's public registry. */
import { body, recorded } from '../answers.ts';
import type { Registry } from '../registry.ts';

export const mcr: Registry = {
  id: 'mcr',
  name: 'Microsoft Artifact Registry',
  hosts: [
    { host: 'mcr.microsoft.com' },
    {
      host: '*.data.mcr.microsoft.com',
      standing: 'api',
      note: 'serves the layers of mcr.microsoft.com',
    },
  ],
  habits: [],
  users: { known: [], closed: false, usual: null },
  credentials: [],
  nodeCredentials: null,
  key: '{host}',
  secret: null,
  renew: 'Images are public and need no credentials.',
  answers: [
    {
      at: ['manifest'],
      status: [404],
      says: /^manifest tagged by .{1,140} is not found/i,
      causes: ['TagNotFound'],
      means: 'the repository is there, the tag is not',
      example: body('MANIFEST_UNKNOWN', 'manifest tagged by "1.4.1" is not found'),
      source: recorded('test/corpus A227'),
    },
  ],
  existence: {
    hidden: 'no',
    text: 'Microsoft Artifact Registry is public: what it calls missing is missing',
    who: null,
  },
  limits: [],
  docs: 'https://github.com/microsoft/containerregistry',
};
