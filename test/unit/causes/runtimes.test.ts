import assert from 'node:assert/strict';
import { classify } from '../../../src/causes/classify.ts';
import { splitMessages } from '../../../src/causes/messages.ts';
import type { CauseName } from '../../../src/words/cause.ts';
import type { Certainty } from '../../../src/words/reading.ts';

interface Row {
  readonly what: string;
  readonly text: string;
  readonly cause: CauseName;
  readonly certainty: Certainty;
  readonly alternatives?: readonly CauseName[];
}

/** As test/faults/runtimes took them down: Docker 20.10.24, podman 4.3.1 and skopeo 1.9.3. */
const ROWS: readonly Row[] = [
  {
    what: 'a page of a firewall that speaks of a policy, quoted by dockerd',
    text: `Error response from daemon: error parsing HTTP 403 response body: invalid character '<' looking for beginning of value: "<html><head><title>Blocked by policy</title></head><body></body></html>"`,
    cause: 'AccessBlocked',
    certainty: 'likely',
    alternatives: ['ProxyFailure', 'Forbidden'],
  },
  {
    what: 'a web server without a registry, quoted by dockerd',
    text: `Error response from daemon: error parsing HTTP 404 response body: invalid character '<' looking for beginning of value: "<html><head><title>404 Not Found</title></head><body></body></html>"`,
    cause: 'UnexpectedContent',
    certainty: 'ambiguous',
    alternatives: ['TagNotFound', 'RepositoryNotFound'],
  },
  {
    what: 'a certificate without its key in certs.d, dockerd',
    text: 'Error response from daemon: missing key client.key for client certificate client.cert. Note that CA certificates should use the extension .crt',
    cause: 'MirrorMisconfigured',
    certainty: 'certain',
  },
  {
    what: 'a certificate without its key in certs.d, podman',
    text: 'Error: initializing source docker://half.faults.corp.test:8443/public/app:1.0: missing key client.key for client certificate client.cert. Note that CA certificates should use the extension .crt',
    cause: 'MirrorMisconfigured',
    certainty: 'certain',
  },
  {
    what: 'an auth file that is no JSON, podman',
    text: `Error: initializing source docker://registry.corp.test/public/app:1.0: getting username and password: 1 error occurred:\n\t* reading JSON file "/etc/containers/auth.json": unmarshaling JSON at "/etc/containers/auth.json": invalid character 'o' in literal null (expecting 'u')`,
    cause: 'SecretMalformed',
    certainty: 'likely',
  },
  {
    what: 'an auth file that is no JSON, skopeo',
    text: String.raw`time="2026-11-21T14:50:04Z" level=fatal msg="initializing source docker://registry.corp.test/public/app:1.0: getting username and password: 1 error occurred:\n\t* reading JSON file \"/etc/containers/auth.json\": unmarshaling JSON at \"/etc/containers/auth.json\": invalid character 'o' in literal null (expecting 'u')\n\n"`,
    cause: 'SecretMalformed',
    certainty: 'likely',
  },
  {
    what: 'a configuration that is no JSON, skopeo',
    text: `time="2026-11-21T14:50:08Z" level=fatal msg="invalid character 'o' in literal null (expecting 'u')"`,
    cause: 'SecretMalformed',
    certainty: 'likely',
    alternatives: ['UnexpectedContent'],
  },
  {
    what: 'a token server named with http that speaks TLS, skopeo',
    text: 'time="2026-11-21T14:50:04Z" level=fatal msg="initializing source docker://token-plain.faults.corp.test:8443/public/app:1.0: Requesting bearer token: invalid status code from registry 400 (Bad Request)"',
    cause: 'Unauthorized',
    certainty: 'likely',
    alternatives: ['HttpHttpsMismatch'],
  },
  {
    what: 'a layer named with http at a host that speaks TLS, podman',
    text: 'Error: parsing image configuration: Error fetching blob: invalid status code from registry 400 (Bad Request)',
    cause: 'UnexpectedContent',
    certainty: 'likely',
    alternatives: ['HttpHttpsMismatch'],
  },
  {
    what: 'a firewall whose page podman keeps to itself',
    text: 'Error: initializing source docker://wall.faults.corp.test/public/app:1.0: pinging container registry wall.faults.corp.test: invalid status code from registry 403 (Forbidden)',
    cause: 'Forbidden',
    certainty: 'likely',
    alternatives: ['AccessBlocked'],
  },
  {
    what: 'a layer that is held back, skopeo',
    text: 'time="2026-11-21T14:50:08Z" level=fatal msg="reading blob sha256:56e7ba6904613b9e5b8d12a883fffa96c83c0ca78f05de7caee8f527e76acd24: Error fetching blob: invalid status code from registry 403 (Forbidden)"',
    cause: 'Forbidden',
    certainty: 'likely',
    alternatives: ['PolicyBlocked', 'QuotaExceeded'],
  },
];

describe('classify on what dockerd, podman and skopeo said', () => {
  for (const { what, text, cause, certainty, alternatives = [] } of ROWS) {
    it(what, () => {
      const reading = classify(text);
      assert.deepEqual(
        [reading.cause, reading.certainty, reading.alternatives],
        [cause, certainty, alternatives],
      );
      // Through a pipe it stays one message.
      assert.equal(splitMessages(text).length, 1);
    });
  }
});
