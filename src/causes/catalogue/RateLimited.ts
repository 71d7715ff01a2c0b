import type { Cause } from '../cause.ts';
import { RANK } from '../cause.ts';
import { NEW_POD, setImageStep } from '../steps.ts';
import { answered } from '../when.ts';

export const RateLimited: Cause = {
  name: 'RateLimited',
  title: 'the registry limits how many pulls it answers',
  meaning:
    'The registry answered 429: too many requests came from this account or, for anonymous pulls, from this address. ' +
    'All nodes behind one address share the anonymous limit; on Docker Hub it counts over six hours. The runtime has ' +
    'already tried several times before the text appears.',
  patterns: [
    {
      runtime: 'registry',
      match:
        /toomanyrequests|TOOMANYREQUESTS|too many requests|pull rate limit|rate limit (?:has been )?(?:exceeded|reached)|Rate exceeded|rate[- ]limit(?:ed|ing)?\b/i,
      on: 'part',
      rank: RANK.words,
      certainty: 'certain',
    },
    {
      runtime: 'any',
      match: /429/,
      on: 'part',
      only: answered(429),
      rank: RANK.words,
      certainty: 'certain',
    },
  ],
  examples: [
    {
      id: 'A133',
      text: 'Failed to pull image "public.ecr.aws/north63/oak54/juniper69:5ef6c405df2bb1bf1d3ede988cd43433eff2e956": rpc error: code = Unknown desc = Error response from daemon: toomanyrequests: Rate exceeded',
    },
    {
      id: 'K0051',
      text: 'Failed to pull image "cr.rubydale.example/infra/gateway:build-6544": failed to pull and unpack image "cr.rubydale.example/infra/gateway:build-6544": failed to copy: httpReadSeeker: failed open: unexpected status from GET request to https://cr.rubydale.example/v2/infra/gateway/blobs/sha256:4c51d4f9b8a751ecf2042e47459b87769e4d4832091be925b1a0c8378594e513: 429 Too Many Requests\ntoomanyrequests: You have reached your pull rate limit. You may increase the limit by authenticating and upgrading: https://www.docker.com/increase-rate-limit',
    },
  ],
  tellApart: [
    {
      from: 'QuotaExceeded',
      how: 'A quota lasts until the month ends or the plan changes; a rate limit passes within hours.',
    },
    {
      from: 'PullQPSExceeded',
      how: 'The limit of the kubelet itself reads "pull QPS exceeded".',
    },
  ],
  retryable: true,
  waiting: 'may help: the limit passes, and the kubelet tries again every 5 minutes at most',
  group: 'registry',
  nextSteps: [
    {
      text: 'See whether the pods pull anonymously',
      command: 'kubectl imagepull secrets {pod} -n {namespace}',
    },
    {
      text: 'Pull with an account, through a cache or mirror, or from a copy in your own registry',
    },
    {
      text: 'Use a fixed tag or digest with imagePullPolicy IfNotPresent, so that nodes ask less often',
    },
    setImageStep('Where there is a copy in another registry, write that'),
    NEW_POD,
  ],
};
