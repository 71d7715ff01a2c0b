/** What the IBM Cloud of the tests holds: accounts, keys, policies, images. Invented; the forms are the documented ones. */
import type { IbmAnswerBody } from './ibm-server.ts';

export interface IbmWorld {
  keys: {
    /** The key, refresh token, or profile ID itself. */
    value: string;
    iamId: string;
    subject: string;
    account: string;
    details: Record<string, unknown>;
    /** Instead of a token. */
    refusal?: IbmAnswerBody;
    /** Namespaces of the account that it is shown; absent: all. */
    sees?: string[];
    /** Namespaces from which the registry lets it pull. */
    pulls: string[];
  }[];
  serviceIds: { id: string; name: string; description: string; account_id: string }[];
  groups: { id: string; name: string; members: string[] }[];
  /** Groups in a page, at most. */
  groupPage: number;
  policies: {
    id: string;
    iamId?: string;
    group?: string;
    roles: string[];
    attributes: [name: string, value: string, operator?: string][];
    state: string;
    rule?: unknown;
  }[];
  accounts: {
    id: string;
    namespaces: { name: string; account: string; resource_group: string }[];
    quota: {
      limit: { storage_bytes: number; traffic_bytes: number };
      usage: { storage_bytes: number; traffic_bytes: number };
    };
  }[];
  images: { name: string; tags: string[]; digest: string }[];
}

export const CLUSTER = 'c0d19dnd0uii3pk7po40';
export const ACCOUNT = 'a0bc0c5466544e968bff315fba51e594';
export const OTHER_ACCOUNT = 'ffbc0c5466544e968bff315fba51e5ff';
export const SERVICE_ID = 'ServiceId-bb4ccc31-bd31-493a-bb58-52ec399800be';
export const KEY = 'KEY-OF-THE-CLUSTER-0123456789abcdefghijklmnopq';
export const OTHER_KEY = 'KEY-OF-THE-OTHER-ACCOUNT-0123456789abcdefghi';

export const READER = 'crn:v1:bluemix:public:container-registry::::serviceRole:Reader';
export const WRITER = 'crn:v1:bluemix:public:container-registry::::serviceRole:Writer';
export const VIEWER = 'crn:v1:bluemix:public:iam::::role:Viewer';

export const DEFAULT_WORLD: IbmWorld = {
  keys: [
    {
      value: KEY,
      iamId: `iam-${SERVICE_ID}`,
      subject: SERVICE_ID,
      account: ACCOUNT,
      details: {
        id: 'ApiKey-1',
        name: `cluster-${CLUSTER}-key`,
        description: `API key of cluster-${CLUSTER}`,
        iam_id: `iam-${SERVICE_ID}`,
        account_id: ACCOUNT,
        locked: false,
        disabled: false,
      },
      pulls: ['shop'],
    },
    {
      value: OTHER_KEY,
      iamId: 'IBMid-270001ABCD',
      subject: 'dana@example.com',
      account: OTHER_ACCOUNT,
      details: {
        id: 'ApiKey-2',
        name: 'laptop',
        description: '',
        iam_id: 'IBMid-270001ABCD',
        account_id: OTHER_ACCOUNT,
        locked: true,
        disabled: false,
        expires_at: '2027-01-01T00:00+0000',
      },
      pulls: ['partner'],
    },
  ],
  serviceIds: [
    {
      id: SERVICE_ID,
      name: `cluster-${CLUSTER}`,
      description: 'ID for the pull secrets of the cluster',
      account_id: ACCOUNT,
    },
  ],
  groups: [],
  groupPage: 100,
  policies: [
    {
      id: 'policy-all',
      iamId: `iam-${SERVICE_ID}`,
      roles: [READER],
      attributes: [
        ['accountId', ACCOUNT],
        ['serviceName', 'container-registry'],
      ],
      state: 'active',
    },
    {
      id: 'policy-dana',
      iamId: 'IBMid-270001ABCD',
      roles: [READER],
      attributes: [['serviceName', 'container-registry']],
      state: 'active',
    },
  ],
  accounts: [
    {
      id: ACCOUNT,
      namespaces: [
        { name: 'shop', account: ACCOUNT, resource_group: 'rg1' },
        { name: 'tools', account: ACCOUNT, resource_group: 'rg2' },
      ],
      quota: {
        limit: { storage_bytes: 512_000_000, traffic_bytes: 5_120_000_000 },
        usage: { storage_bytes: 100_000_000, traffic_bytes: 1_000_000_000 },
      },
    },
    {
      id: OTHER_ACCOUNT,
      namespaces: [{ name: 'partner', account: OTHER_ACCOUNT, resource_group: 'rg9' }],
      quota: {
        limit: { storage_bytes: -1, traffic_bytes: -1 },
        usage: { storage_bytes: 0, traffic_bytes: 0 },
      },
    },
  ],
  images: [
    {
      name: 'us.icr.io/shop/web',
      tags: ['1.0', '1.1', 'latest'],
      digest: `sha256:${'a'.repeat(64)}`,
    },
    { name: 'us.icr.io/shop/api', tags: ['2.0'], digest: `sha256:${'b'.repeat(64)}` },
    { name: 'us.icr.io/partner/app', tags: ['1'], digest: `sha256:${'c'.repeat(64)}` },
  ],
};
