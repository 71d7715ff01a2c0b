import type { Cause } from '../cause.ts';
import { RANK } from '../cause.ts';
import { NEW_POD, NODE_PULLS, VERIFY } from '../steps.ts';
import { aboutPull, all, answered, quotesPage } from '../when.ts';

export const AccessBlocked: Cause = {
  name: 'AccessBlocked',
  title: 'the registry or something before it blocks the address of the node',
  meaning:
    'The refusal is about where the request comes from, not about who asks: an allow-list of addresses, a private-only ' +
    'registry, a country rule, a web application firewall. Credentials do not change it. ' +
    NODE_PULLS,
  patterns: [
    {
      runtime: 'registry',
      match:
        /client with IP .{0,80}is not allowed access|aka\.ms\/acr\/firewall|Private-only access is enabled|must access this account over the private network|Your client does not have permission to get URL|context-based restriction|IP (?:address )?\S{0,60} ?(?:is )?(?:not (?:allowed|authorized|permitted|in the (?:allow|white)-?list)|blocked|denied)|(?:access|request|connection)s? from (?:your|this) (?:IP|address|country|region|location|network)|not available in your (?:country|region|location)|blocked by (?:the )?(?:firewall|waf|administrator|your organization)|web application firewall|US export control|Attention Required! \| Cloudflare|geo-?(?:block|restrict|fenc)/i,
      on: 'raw',
      only: aboutPull,
      rank: RANK.decisive,
      certainty: 'certain',
    },
    {
      runtime: 'registry',
      match: /client with IP '/i,
      on: 'raw',
      rank: RANK.decisive,
      certainty: 'certain',
    },
    {
      // A firewall before the registry, or a proxy between.
      runtime: 'docker',
      match: /HTTP 403 response body/i,
      only: all(answered(403), quotesPage),
      rank: RANK.words,
      certainty: 'likely',
      alternatives: ['ProxyFailure', 'Forbidden'],
    },
  ],
  examples: [
    {
      id: 'A295',
      text: "DENIED: client with IP 'xx.xx.xxx1.xx' is not allowed access, refer https://aka.ms/acr/firewall to grant access'",
    },
    {
      id: 'A294',
      text: 'Failed to pull image "<acrname>.azurecr.io/<imagae-name>:02b6d84d635c3d9ff4182ad1c50d16364695d3d5": rpc error: code Unknown desc Error response from daemon: Head "https://<acrname>.azurecr.io/v2/<image-name>/manifests/02b6d84d635c3d9ff4182ad1c50d16364695d3d5": denied: client with IP \'x.x.x.x\' is not allowed access. Refer https://aka.ms/acr/firewall to grant access.',
    },
  ],
  tellApart: [
    {
      from: 'Forbidden',
      how: 'Try the same credentials from another network.',
      command: 'kubectl imagepull verify {pod} -n {namespace}',
    },
    {
      from: 'ProxyFailure',
      how: "A block page of the own company's proxy names the proxy or the company.",
    },
  ],
  retryable: false,
  waiting: 'will not help',
  group: 'registry',
  nextSteps: [
    {
      text: "Add the address the cluster's nodes leave with to the allow-list of {host}, or use its private endpoint",
    },
    VERIFY,
    NEW_POD,
  ],
};
