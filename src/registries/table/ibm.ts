/**
 * IBM Cloud Container Registry.
 * Sources: ibm-cloud-docs/Registry registry_access.md, registry_firewall.md, registry_private.md,
 * registry_overview.md; the region map of IBM/container-registry-go-sdk containerregistryv1.
 */
import { awaitIbmSecret, IBM_SECRET_VERSION } from '../ibm-secrets.ts';
import type { HostRule, Registry } from '../registry.ts';
import { ibmAnswers } from './ibm-answers.ts';

/** First label of the host, region, and the old host's where there was one. */
const REGIONS: readonly (readonly [label: string, region: string, old?: string])[] = [
  ['us', 'us-south', 'registry.ng.bluemix.net'],
  ['uk', 'eu-gb', 'registry.eu-gb.bluemix.net'],
  ['de', 'eu-de', 'registry.eu-de.bluemix.net'],
  ['au', 'au-syd', 'registry.au-syd.bluemix.net'],
  ['jp', 'jp-tok'],
  ['jp2', 'jp-osa'],
  ['ca', 'ca-tor'],
  ['ca2', 'ca-mon'],
  ['br', 'br-sao'],
  ['es', 'eu-es'],
  ['in', 'in-che'],
  ['in2', 'in-mum'],
  // Only in the SDK's map, not in the documents.
  ['fr2', 'eu-fr2'],
];

const PRIVATE_NOTE =
  'the private-network name: the same images as the public name, but a pull secret needs an entry of its own for it';

function hostsOf(host: string, region: string, old: string | undefined): HostRule[] {
  return [
    { host, region },
    { host: `private.${host}`, region, note: PRIVATE_NOTE },
    ...(old === undefined ? [] : [oldHost(old, region, host)]),
  ];
}

function oldHost(host: string, region: string, instead: string): HostRule {
  return {
    host,
    region,
    standing: 'old',
    instead,
    note: `the deprecated name of ${instead}: the same images, but a pull secret for one name does not match the other`,
  };
}

const NO_REGISTRY: readonly HostRule[] = [
  ...['dd0.icr.io', 'dd2.icr.io', 'dd0.{region}.icr.io', '*-icr.ibm-zh.com'].map(
    (host): HostRule => ({
      host,
      standing: 'other',
      note: 'serves the layers that the registry redirects to; firewalls must allow it, no image is named by it',
    }),
  ),
  {
    host: 'cr.cloud.ibm.com',
    standing: 'other',
    instead: 'icr.io',
    note: 'not a host of IBM Cloud Container Registry: those end in icr.io',
  },
  ...['cloud.ibm.com', '*.cloud.ibm.com'].map(
    (host): HostRule => ({
      host,
      standing: 'other',
      instead: 'icr.io',
      note: 'the console and the APIs of IBM Cloud, not its registry: that is icr.io and REGION.icr.io',
    }),
  ),
  {
    host: '**.bluemix.net',
    standing: 'other',
    instead: 'icr.io',
    note: 'a name of IBM Bluemix, as IBM Cloud was called before; the registry is icr.io and REGION.icr.io',
  },
];

export const ibm: Registry = {
  id: 'ibm',
  name: 'IBM Cloud Container Registry',
  hosts: [
    ...hostsOf('icr.io', 'global', 'registry.bluemix.net'),
    ...REGIONS.flatMap(([label, region, old]) => hostsOf(`${label}.icr.io`, region, old)),
    ...NO_REGISTRY,
    { host: '{region}.icr.io', note: 'a region of IBM Cloud that this program does not know' },
    { host: 'private.{region}.icr.io', note: PRIVATE_NOTE },
  ],
  habits: [],
  users: {
    known: ['iamapikey', 'iambearer', 'iamrefresh', 'token', 'Profile-*'],
    closed: true,
    usual: 'iamapikey',
  },
  credentials: [
    'User iamapikey: an API key of a service ID or a user, until it is deleted, disabled or has ended',
    'User iambearer: an IAM access token, about an hour; decode shows when it ends',
    'User iamrefresh: an IAM refresh token, as ibmcloud cr login stores it; it ends when it is not used',
    'User Profile-…: the API key of a service ID that may assume that trusted profile',
    'User token: dead since 2021-08-19',
  ],
  nodeCredentials: 'the configuration of the worker nodes of IBM Cloud (IKS, ROKS)',
  key: '{host}',
  secret: {
    get: 'The cluster makes one for itself: all-icr-io in namespace default, with an API key of its own service ID. The command has it made anew, waits for that, which takes some minutes, and copies it.',
    command: `OLD=$(${IBM_SECRET_VERSION}); ibmcloud ks cluster pull-secret apply --cluster CLUSTER && { ${awaitIbmSecret('OLD')}; } && kubectl get secret all-icr-io -n default -o go-template='{{index .data \`.dockerconfigjson\` | base64decode}}' | {create}`,
  },
  renew:
    'The API key of a service ID, with user name iamapikey, lasts until it is deleted: ibmcloud ks cluster pull-secret apply --cluster CLUSTER makes one.',
  answers: ibmAnswers,
  existence: {
    hidden: 'partly',
    text: 'IBM Cloud Container Registry tells missing from private only to an API key that has Reader on the namespace; namespaces belong to one region',
    who: 'an API key with Reader on the namespace, in the region of the host',
  },
  limits: [
    {
      text: 'Free plan: 5 GB of pull traffic a month for the account and region; reached, layers are refused',
      source: 'https://cloud.ibm.com/docs/Registry?topic=Registry-registry_overview',
    },
    {
      text: 'Pulls over the private network (private.…) do not count',
      source: 'https://cloud.ibm.com/docs/Registry?topic=Registry-registry_overview',
    },
  ],
  docs: 'https://cloud.ibm.com/docs/containers?topic=containers-registry',
};
