/** A secret of nobody: reading it compiles what reading any other needs. */
import type { FoundSecrets } from '../collect/decode-found.ts';
import { Hidden } from '../words/hidden.ts';
import type { SecretView } from '../words/pod.ts';

const DATA_KEY = '.dockerconfigjson';

/** `{"auths":{"registry.example":{"auth":"dXNlcjpwYXNz"}}}` */
const CONTENT = 'eyJhdXRocyI6eyJyZWdpc3RyeS5leGFtcGxlIjp7ImF1dGgiOiJkWE5sY2pwd1lYTnoifX19';

/** The secret itself. */
export const EXAMPLE_SECRET: SecretView = {
  namespace: 'example',
  name: 'example',
  uid: '',
  type: 'kubernetes.io/dockerconfigjson',
  createdAt: null,
  changedAt: null,
  dataKeys: [DATA_KEY],
  data: new Map([[DATA_KEY, new Hidden(CONTENT)]]),
  elided: false,
};

export const EXAMPLE: FoundSecrets = {
  groups: [
    {
      user: null,
      secrets: [
        {
          namespace: 'example',
          name: 'example',
          answer: { known: true, value: EXAMPLE_SECRET },
          near: null,
        },
      ],
    },
  ],
  problems: [],
  gaps: [],
};
