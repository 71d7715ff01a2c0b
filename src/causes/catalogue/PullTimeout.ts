import type { Cause } from '../cause.ts';
import { RANK } from '../cause.ts';
import { NEW_POD, onNode } from '../steps.ts';
import { aboutPull } from '../when.ts';

export const PullTimeout: Cause = {
  name: 'PullTimeout',
  title: 'the pull took too long and was given up',
  meaning:
    'The download began and then made no progress for too long (five minutes with containerd, one with cri-dockerd), ' +
    'or whoever asked for it stopped waiting. Slow or stalled links, throttling, very large layers on slow disks.',
  patterns: [
    {
      runtime: 'any',
      match:
        /no progress in \S{1,20}|image pull (?:progress )?(?:timeout|timed out|deadline)|pull (?:timed out|deadline)/i,
      on: 'part',
      rank: RANK.words,
      certainty: 'certain',
      stage: 'layer',
    },
    {
      runtime: 'any',
      match:
        /context (?:canceled|cancelled|deadline exceeded)|^net\/http: request canceled$|operation was cancell?ed|code = (?:Canceled|DeadlineExceeded)/i,
      on: 'part',
      only: aboutPull,
      rank: RANK.transport + 8,
      certainty: 'ambiguous',
      alternatives: ['NetworkTimeout'],
      stage: 'layer',
    },
    {
      runtime: 'docker',
      match: /net\/http: request canceled/i,
      on: 'part',
      only: aboutPull,
      rank: RANK.transport + 8,
      certainty: 'ambiguous',
      alternatives: ['NetworkTimeout'],
      stage: 'layer',
    },
  ],
  examples: [
    {
      id: 'B101',
      text: 'Failed to pull image "tomcat:9.0": rpc error: code = Canceled desc = context canceled',
    },
    {
      id: 'K0256',
      text: 'Failed to pull image "repo.indigovale.example/crm/importer-rc:build-4507": rpc error: code = Canceled desc = failed to pull and unpack image "repo.indigovale.example/crm/importer-rc:build-4507": context canceled',
    },
  ],
  tellApart: [
    {
      from: 'NetworkTimeout',
      how: 'See whether small images of the same host pull on the same node; if not, the host is not reached at all.',
    },
    {
      from: 'RuntimeUnavailable',
      how: 'A runtime that hangs also stops other pods on the node: kubectl describe node {node}',
    },
  ],
  retryable: true,
  waiting: 'may help: layers that are complete are kept for the next try',
  group: 'node',
  nextSteps: [
    onNode('watch the download', 'crictl pull {image}'),
    {
      text: 'Make the image smaller or pull it ahead of time; check the bandwidth between {node} and {host}',
    },
    NEW_POD,
  ],
};
