import type { Cause } from '../cause.ts';
import { RANK } from '../cause.ts';
import { NEW_POD, onNode, setImageStep, WITHOUT_HEADERS } from '../steps.ts';

export const MirrorMisconfigured: Cause = {
  name: 'MirrorMisconfigured',
  title: "the node's registry configuration does not fit the image",
  meaning:
    'The configuration of the runtime on the node (registries.conf, hosts.toml, certs.d) cannot place the image: a short ' +
    'name without a registry to search, several candidates where short names are enforced, a blocked registry, a ' +
    'mirror, a CA or client certificate that does not exist or is none, no server that pulls may be asked.',
  patterns: [
    {
      runtime: 'crio',
      match:
        /short-name \S{1,600} did not resolve to an alias|short[- ]name mode is enforcing|returns ambiguous list|no registries configured while trying to pull an unqualified image|unqualified-search registries|cannot (?:resolve|use) short[- ]name|short-name resolution enforced/i,
      on: 'part',
      rank: RANK.decisive,
      certainty: 'certain',
      stage: 'name',
    },
    {
      runtime: 'crio',
      match: /registry \S{1,300} is blocked in |is blocked by (?:configuration|registries)/i,
      on: 'part',
      rank: RANK.decisive,
      certainty: 'certain',
      stage: 'resolve',
    },
    {
      runtime: 'any',
      match:
        /unable to (?:read|load) (?:CA|CERT|KEY) (?:cert|file)|failed to load X509 key pair|\bno (?:resolve|pull) hosts\b|failed to (?:decode|parse|load) \S{0,300}hosts\.toml|invalid mirror|cannot be set when \W?config_path\W? is provided|parsing registries|loading registries configuration|reading registries\.conf/i,
      on: 'raw',
      rank: RANK.transport - 8,
      certainty: 'certain',
      stage: 'resolve',
    },
    {
      // certs.d holds one half of a client certificate.
      runtime: 'any',
      match:
        /missing key \S{1,300} for client certificate|missing client certificate \S{1,300} for key/i,
      on: 'raw',
      rank: RANK.decisive,
      certainty: 'certain',
      stage: 'resolve',
    },
    {
      // The path is the runtime's own: it built the address from a line of its configuration, no redirect did.
      runtime: 'containerd',
      match: /"[^"\s]{1,600}\/manifests\/[^"\s]{1,600}": unsupported protocol scheme/i,
      on: 'raw',
      rank: RANK.words - 1,
      certainty: 'likely',
      alternatives: ['UnexpectedContent'],
      stage: 'resolve',
    },
    {
      runtime: 'any',
      match: /certs\.d\/|registries\.conf/i,
      on: 'raw',
      rank: RANK.transport - 8,
      certainty: 'likely',
      stage: 'resolve',
    },
  ],
  examples: [
    {
      id: 'B088',
      text: 'pulling image failed: rpc error: code = Unknown desc = no registries configured while trying to pull an unqualified image',
    },
    {
      id: 'B091',
      text: 'spec.containers{lago-migrate}: Failed to inspect image "": rpc error: code = Unknown desc = short name mode is enforcing, but image name oak76/api:v1.33.4 returns ambiguous list',
    },
  ],
  tellApart: [
    {
      from: 'InvalidImageName',
      how: 'A short name is valid; written with its registry (docker.io/library/nginx) it pulls.',
    },
  ],
  retryable: false,
  waiting: 'will not help',
  group: 'node',
  nextSteps: [
    onNode(
      `read the configuration, and correct the file or the line that the message is about; ${WITHOUT_HEADERS.said}`,
      `sh -c 'ls -R /etc/containerd/certs.d; ${WITHOUT_HEADERS.grep} /etc/containers/registries.conf /etc/containers/registries.conf.d/* /etc/containerd/certs.d/*/hosts.toml'`,
    ),
    setImageStep(
      'A short name: write the image with its registry, as in docker.io/library/nginx:1.27',
    ),
    {
      text: 'Compare with pods on other nodes: a single node points to its own files',
      command: 'kubectl imagepull describe -A',
    },
    NEW_POD,
  ],
};
