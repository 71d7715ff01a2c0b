import assert from 'node:assert/strict';
import { join } from 'node:path';
import { classify } from '../../../src/causes/classify.ts';
import type { CauseName } from '../../../src/words/cause.ts';
import type { Facts } from '../../../src/words/reading.ts';
import { readRows } from '../../measure/messages.ts';

const CAPTURED = join(import.meta.dirname, '..', '..', 'corpus', 'messages-k8s13x.jsonl');

const HEAD = 'Failed to pull image "reg.example.com/team/app:1.0": ';
const CONTAINERD = `${HEAD}failed to pull and unpack image "reg.example.com/team/app:1.0": failed to resolve reference "reg.example.com/team/app:1.0": `;
const REQUEST = `${CONTAINERD}failed to do request: Head "https://reg.example.com/v2/team/app/manifests/1.0": `;
const CRIO = `${HEAD}rpc error: code = Unknown desc = initializing source docker://reg.example.com/team/app:1.0: `;
const DOCKER = `${HEAD}rpc error: code = Unknown desc = Error response from daemon: `;

describe('classify', () => {
  /** Where other tools are led astray. */
  const traps: readonly [string, string, CauseName][] = [
    [
      'a platform mismatch that ends in "not found"',
      'Failed to pull image "docker.io/rancher/istio-kubectl:1.5.10": rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/rancher/istio-kubectl:1.5.10": no match for platform in manifest: not found',
      'PlatformMismatch',
    ],
    [
      'a web page that ends in "not found"',
      `${HEAD}rpc error: code = NotFound desc = failed to pull and unpack image "reg.example.com/team/app:1.0": failed to unpack image on snapshotter overlayfs: unexpected media type text/html for sha256:${'a'.repeat(64)}: not found`,
      'UnexpectedContent',
    ],
    [
      'the second half of what CRI-O says twice',
      'Failed to pull image "quay.io/a/b:1": unable to pull image or OCI artifact: pull image err: initializing source docker://quay.io/a/b:1: reading manifest 1 in quay.io/a/b: unauthorized: access to the requested resource is not authorized; artifact err: get manifest: build image source: reading manifest 1 in quay.io/a/b: not found',
      'Unauthorized',
    ],
    [
      'words and numbers in the name of the image',
      'Failed to pull image "reg.example.com/denied-team/app401:v403": failed to pull and unpack image "reg.example.com/denied-team/app401:v403": failed to resolve reference "reg.example.com/denied-team/app401:v403": failed to do request: Head "https://reg.example.com/v2/denied-team/app401/manifests/v403": dial tcp 10.0.0.1:443: i/o timeout',
      'NetworkTimeout',
    ],
    [
      'no such host',
      `${REQUEST}dial tcp: lookup reg.example.com on 10.0.0.2:53: no such host`,
      'DnsFailure',
    ],
    [
      'x509',
      `${REQUEST}tls: failed to verify certificate: x509: certificate signed by unknown authority`,
      'TlsUntrusted',
    ],
    [
      'plain HTTP',
      `${REQUEST}http: server gave HTTP response to HTTPS client`,
      'HttpHttpsMismatch',
    ],
    [
      '429',
      `${CONTAINERD}unexpected status from HEAD request to https://reg.example.com/v2/team/app/manifests/1.0: 429 Too Many Requests`,
      'RateLimited',
    ],
    [
      'no basic auth credentials',
      `${DOCKER}Head "https://reg.example.com/v2/team/app/manifests/1.0": no basic auth credentials`,
      'Unauthorized',
    ],
    [
      'a full disk',
      `${HEAD}failed to pull and unpack image "reg.example.com/team/app:1.0": failed to copy: write /var/lib/containerd/x: no space left on device`,
      'NodeDiskFull',
    ],
    [
      'an image that is called like an error',
      'Back-off pulling image "unauthorized:403"',
      'Unknown',
    ],
    [
      'a host that is called like an error',
      'Failed to pull image "not-found.example/429:404": failed to pull and unpack image "not-found.example/429:404": failed to resolve reference "not-found.example/429:404": failed to do request: Head "https://not-found.example/v2/429/manifests/404": EOF',
      'RegistryUnavailable',
    ],
    [
      'a name that is one word',
      `Failed to pull image "denied": rpc error: code = Unknown desc = Error response from daemon: manifest for denied:latest not found: manifest unknown: manifest unknown`,
      'TagNotFound',
    ],
  ];
  for (const [what, text, cause] of traps) {
    it(`is not led astray by ${what}`, () => {
      assert.equal(classify(text).cause, cause);
    });
  }

  /** Wordings of Go's network stack and of registries that the corpus does not hold. */
  const wordings: readonly [string, CauseName][] = [
    [
      `${REQUEST}dial tcp: lookup reg.example.com on 10.96.0.10:53: server misbehaving`,
      'DnsFailure',
    ],
    [
      `${REQUEST}dial tcp: lookup reg.example.com on 8.8.8.8:53: cannot unmarshal DNS message`,
      'DnsFailure',
    ],
    [`${REQUEST}dial tcp: lookup reg.example.com: i/o timeout`, 'DnsFailure'],
    [`${REQUEST}dial tcp 10.1.2.3:443: connect: no route to host`, 'NetworkUnreachable'],
    [
      `${REQUEST}dial tcp [2600:1f18::1]:443: connect: cannot assign requested address`,
      'NetworkUnreachable',
    ],
    [`${REQUEST}dial tcp 10.1.2.3:443: connect: connection timed out`, 'NetworkTimeout'],
    [`${REQUEST}net/http: timeout awaiting response headers`, 'NetworkTimeout'],
    [`${REQUEST}write tcp 10.0.0.1:5000->10.0.0.2:443: write: broken pipe`, 'RegistryUnavailable'],
    [
      `${REQUEST}http2: server sent GOAWAY and closed the connection; LastStreamID=1, ErrCode=NO_ERROR, debug=""`,
      'RegistryUnavailable',
    ],
    [`${REQUEST}http2: client connection lost`, 'RegistryUnavailable'],
    [
      `${REQUEST}x509: certificate signed by unknown authority (possibly because of "x509: invalid signature: parent certificate cannot sign this kind of certificate" while trying to verify candidate authority certificate "reg")`,
      'TlsUntrusted',
    ],
    [
      `${REQUEST}x509: cannot validate certificate for 10.1.2.3 because it doesn't contain any IP SANs`,
      'TlsInvalid',
    ],
    [`${REQUEST}remote error: tls: handshake failure`, 'TlsInvalid'],
    [`${REQUEST}remote error: tls: unknown certificate authority`, 'TlsInvalid'],
    [`${REQUEST}remote error: tls: unrecognized name`, 'TlsInvalid'],
    [`${REQUEST}proxyconnect tcp: x509: certificate signed by unknown authority`, 'ProxyFailure'],
    [
      `${REQUEST}proxyconnect tcp: dial tcp: lookup proxy.example.com on 10.0.0.2:53: no such host`,
      'ProxyFailure',
    ],
    [
      `${CRIO}pinging container registry reg.example.com: Get "https://reg.example.com/v2/": Proxy Authentication Required`,
      'ProxyFailure',
    ],
    [
      `${CONTAINERD}unexpected status from HEAD request to https://nvcr.io/v2/nim/app/manifests/1.0: 402 Payment Required`,
      'QuotaExceeded',
    ],
    [
      `${CONTAINERD}unexpected status from HEAD request to https://harbor.example.com/v2/team/app/manifests/1.0: 412 Precondition Failed\nPROJECTPOLICYVIOLATION: current image without vulnerability scanning cannot be pulled due to configured policy`,
      'PolicyBlocked',
    ],
    [
      `${CONTAINERD}unexpected status from HEAD request to https://a.azurecr.io/v2/app/manifests/1.0: 403 Forbidden\ndenied: client with IP '20.1.2.3' is not allowed access. Refer https://aka.ms/acr/firewall to grant access.`,
      'AccessBlocked',
    ],
    [
      `${CONTAINERD}unexpected status from HEAD request to https://us.icr.io/v2/app/manifests/1.0: 403 Forbidden\ndenied: Private-only access is enabled on this account, but this request was over the public network. You must access this account over the private network`,
      'AccessBlocked',
    ],
    [
      `${CONTAINERD}unexpected status from HEAD request to https://1.dkr.ecr.us-east-1.amazonaws.com/v2/app/manifests/1.0: 403 Forbidden\ndenied: Your authorization token has expired. Reauthenticate and try again.`,
      'CredentialsExpired',
    ],
    [
      `${CONTAINERD}unexpected status from HEAD request to https://europe-west1-docker.pkg.dev/v2/p/r/app/manifests/1.0: 403 Forbidden\ndenied: Permission "artifactregistry.repositories.downloadArtifacts" denied on resource "projects/p" (or it may not exist)`,
      'Forbidden',
    ],
    [
      `${CONTAINERD}failed to authorize: failed to fetch oauth token: unexpected status from GET request to https://us.icr.io/oauth/token?scope=x: 400 Bad Request`,
      'Unauthorized',
    ],
    [
      `${CONTAINERD}failed to authorize: failed to fetch oauth token: unexpected status from POST request to https://auth.example.com/token: 503 Service Unavailable`,
      'RegistryUnavailable',
    ],
    [`${CRIO}Requesting bearer token: received unexpected HTTP status: 403 Forbidden`, 'Forbidden'],
    [
      `${CRIO}unable to retrieve auth token: invalid username/password: unauthorized: HTTP Basic: Access denied`,
      'Unauthorized',
    ],
    [
      `${CRIO}fetching blob: denied: Your account has exceeded your pull traffic quota for the current month.`,
      'QuotaExceeded',
    ],
    [
      `${CRIO}reading manifest 1.0 in reg.example.com/team/app: name unknown: Repo not found`,
      'RepositoryNotFound',
    ],
    [
      `${HEAD}rpc error: code = Unknown desc = registry "reg.example.com" is blocked in /etc/containers/registries.conf`,
      'MirrorMisconfigured',
    ],
    [
      `${HEAD}failed to resolve image: unable to read CA cert "/etc/containerd/certs.d/reg.example.com/ca.crt": open /etc/containerd/certs.d/reg.example.com/ca.crt: no such file or directory`,
      'MirrorMisconfigured',
    ],
    [
      `${DOCKER}unknown: Artifact download request rejected: x was not downloaded due to the download blocking policy configured in Xray for docker-local.`,
      'PolicyBlocked',
    ],
    [
      `${DOCKER}error parsing HTTP 429 response body: invalid character 'T' looking for beginning of value: "Too Many Requests"`,
      'RateLimited',
    ],
    [
      `${HEAD}rpc error: code = Unknown desc = failed to register layer: mkdir /x: disk quota exceeded`,
      'NodeDiskFull',
    ],
    [
      `${HEAD}rpc error: code = Unknown desc = failed to register layer: re-exec error: exit status 1: output: hcsshim::ImportLayer - failed failed in Win32`,
      'UnpackFailed',
    ],
    [
      `${CRIO}unable to retrieve auth token: invalid username/password: unauthorized: BXNIM0415E: Provided API key could not be found.`,
      'Unauthorized',
    ],
    [
      `${DOCKER}unauthorized: AADSTS7000222: The provided client secret keys for app 'x' are expired.`,
      'CredentialsExpired',
    ],
    [`${DOCKER}denied: Anonymous users are only allowed read access on public repos`, 'Forbidden'],
    [
      `${CRIO}reading manifest 1.0 in reg.example.com/team/app: manifest unknown: OCI index found, but Accept header does not support OCI indexes`,
      'UnsupportedManifest',
    ],
    [
      `${HEAD}rpc error: code = Unknown desc = writing blob: storing blob to file "/var/tmp/x/1": happened during read: read tcp 10.0.0.1:1->10.0.0.2:443: read: connection reset by peer`,
      'NetworkUnreachable',
    ],
    [
      `${HEAD}failed to pull and unpack image "reg.example.com/team/app:1.0": failed to copy: stream error: stream ID 3; INTERNAL_ERROR; received from peer`,
      'LayerCorrupt',
    ],
    [
      'Failed to record image pull intent for container image "reg.example.com/team/app:1.0": write /var/lib/kubelet/x: no space left on device',
      'NodeDiskFull',
    ],
    [
      'Failed to inspect image "": rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix /run/containerd/containerd.sock: connect: connection refused"',
      'RuntimeUnavailable',
    ],
    [
      'level=error msg="cancel pulling image docker.io/library/nginx:1 because of no progress in 5m0s"',
      'PullTimeout',
    ],
  ];
  for (const [text, cause] of wordings) {
    it(`reads "${text.slice(-70).replace(/\n/g, ' ')}"`, () => {
      assert.equal(classify(text).cause, cause);
    });
  }

  const others: readonly string[] = [
    'Readiness probe failed: HTTP probe failed with statuscode: 503',
    'Liveness probe failed: Get "http://10.0.0.1:8080/healthz": context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
    'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "a": plugin type="calico" failed (add): error getting ClusterInformation: connection is unauthorized: Unauthorized',
    'Error: secret "db-password" not found',
    'Successfully pulled image "nginx" in 3.2s (3.2s including waiting). Image size: 1 bytes.',
    'Pulling image "docker.io/library/unauthorized:403"',
    'Back-off restarting failed container web in pod web-1_default(aaaa)',
    'Error creating: pods "web-1" is forbidden: exceeded quota: compute, requested: cpu=1',
    'dial tcp 10.96.0.1:443: connect: connection refused',
    'error: You must be logged in to the server (Unauthorized)',
    'Failed to create pod sandbox: rpc error: code = DeadlineExceeded desc = context deadline exceeded',
    '',
  ];
  for (const text of others) {
    it(`sees no pull failure in "${text.slice(0, 60)}"`, () => {
      const reading = classify(text);
      assert.equal(reading.cause, 'None');
      assert.equal(reading.decisive, '');
      assert.deepEqual(reading.alternatives, []);
    });
  }

  describe('facts', () => {
    const facts: readonly [string, string, Partial<Facts>][] = [
      [
        'a token server',
        `${CONTAINERD}failed to authorize: failed to fetch oauth token: unexpected status from GET request to https://auth.example.com/token?scope=x: 401 Unauthorized`,
        {
          stage: 'auth',
          host: 'auth.example.com',
          hostRole: 'token server',
          status: 401,
          runtime: 'containerd',
        },
      ],
      [
        'a blob host',
        `${HEAD}failed to pull and unpack image "reg.example.com/team/app:1.0": failed to copy: httpReadSeeker: failed open: failed to do request: Get "https://cdn.example.net/v2/team/app/blobs/sha256:aa": dial tcp 10.0.0.1:443: i/o timeout`,
        { stage: 'layer', host: 'cdn.example.net', hostRole: 'blob host' },
      ],
      [
        'a mirror',
        `${CONTAINERD}failed to do request: Head "https://mirror.example.net/v2/team/app/manifests/1.0?ns=%5BREDACTED%5D": dial tcp 10.0.0.1:443: connect: connection refused`,
        { stage: 'resolve', host: 'mirror.example.net', hostRole: 'mirror' },
      ],
      [
        'a DNS server',
        `${REQUEST}dial tcp: lookup reg.example.com on 10.0.0.53:53: read udp 10.0.0.1:4000->10.0.0.53:53: i/o timeout`,
        { host: '10.0.0.53:53', hostRole: 'dns server', stage: 'resolve' },
      ],
      [
        'a proxy',
        `${REQUEST}proxyconnect tcp: dial tcp 10.0.0.66:3128: i/o timeout`,
        { host: '10.0.0.66:3128', hostRole: 'proxy' },
      ],
      [
        'the registry itself',
        `${CONTAINERD}unexpected status from HEAD request to https://reg.example.com/v2/team/app/manifests/1.0: 503 Service Unavailable`,
        {
          stage: 'manifest',
          host: 'reg.example.com',
          hostRole: 'registry',
          status: 503,
          retryable: true,
        },
      ],
      [
        'CRI-O',
        `${CRIO}pinging container registry reg.example.com: Get "https://reg.example.com/v2/": dial tcp 10.0.0.1:443: i/o timeout`,
        { runtime: 'crio', stage: 'resolve', host: 'reg.example.com' },
      ],
      [
        'docker',
        `${DOCKER}toomanyrequests: Rate exceeded`,
        { runtime: 'docker', host: 'reg.example.com', stage: 'manifest' },
      ],
      [
        'a sandbox',
        'Failed to create pod sandbox: rpc error: code = NotFound desc = failed to get sandbox image "registry.k8s.io/pause:9": failed to pull image "registry.k8s.io/pause:9": failed to pull and unpack image "registry.k8s.io/pause:9": failed to resolve reference "registry.k8s.io/pause:9": registry.k8s.io/pause:9: not found',
        { stage: 'sandbox', host: 'registry.k8s.io' },
      ],
      [
        'a link to documentation',
        `${CONTAINERD}unexpected status from HEAD request to https://reg.example.com/v2/team/app/manifests/1.0: 403 Forbidden denied: see https://docs.example.org/why`,
        { host: 'reg.example.com', status: 403 },
      ],
    ];
    for (const [what, text, expected] of facts) {
      it(`names ${what}`, () => {
        const found = classify(text).facts;
        for (const [key, value] of Object.entries(expected)) {
          assert.equal(found[key as keyof Facts], value, key);
        }
      });
    }
  });

  it('reads captured texts alike whatever the image is called', () => {
    const evil: readonly [string, string][] = [
      ['toomanyrequests/x509-no-such-host', '429'],
      ['denied/unauthorized', '403-forbidden'],
      ['no-space-left-on-device/eof', 'not-found'],
      ['quota/quarantined.policy', 'connection.refused'],
    ];
    let read = 0;
    for (const row of readRows([CAPTURED])) {
      const named = /^[^/]+[.:][^/]*\/(.{4,}?):([^:@]+)$/.exec(row.ref ?? '');
      const [, repository, tag] = named ?? [];
      if (repository === undefined || tag === undefined || repository.includes('@')) continue;
      const before = classify(row.message, { reason: row.reason });
      for (const [path, name] of evil) {
        const text = row.message
          .replaceAll(repository, path)
          .replaceAll(encodeURIComponent(repository), encodeURIComponent(path))
          .replaceAll(`:${tag}`, `:${name}`)
          .replaceAll(`/${tag}`, `/${name}`);
        const after = classify(text, { reason: row.reason });
        assert.equal(after.cause, before.cause, `${row.id} as ${path}`);
        assert.equal(after.certainty, before.certainty, `${row.id} as ${path}`);
        read++;
      }
    }
    assert.ok(read > 1000, String(read));
  });

  it('is never certain and wrong about a captured text that breaks off', () => {
    const wrong: string[] = [];
    for (const row of readRows([CAPTURED])) {
      for (const part of [0.5, 0.7, 0.9]) {
        const text = `${row.message.slice(0, Math.floor(row.message.length * part))}...`;
        const { cause, certainty } = classify(text, { reason: row.reason });
        if (certainty === 'certain' && !row.causes.includes(cause))
          wrong.push(`${row.id} ${cause}`);
      }
    }
    assert.deepEqual(wrong, []);
  });

  it('names the image and quotes the innermost error with the operation that failed', () => {
    const text = `${REQUEST}dial tcp 10.0.0.1:443: connect: connection refused`;
    const reading = classify(text);
    assert.equal(reading.image, 'reg.example.com/team/app:1.0');
    assert.equal(
      reading.decisive,
      'failed to do request: Head "https://reg.example.com/v2/team/app/manifests/1.0": dial tcp 10.0.0.1:443: connect: connection refused',
    );
    assert.ok(text.includes(reading.decisive));
  });

  it('answers several credentials with the error that got furthest, and names the other', () => {
    const text = `${HEAD}[rpc error: code = Unknown desc = Error response from daemon: Get "https://reg.example.com/v2/": unauthorized: authentication required, rpc error: code = Unknown desc = Error response from daemon: manifest for reg.example.com/team/app:1.0 not found: manifest unknown: manifest unknown]`;
    const reading = classify(text);
    assert.equal(reading.cause, 'TagNotFound');
    assert.ok(reading.alternatives.includes('Unauthorized'));
    assert.notEqual(reading.certainty, 'certain');
  });

  describe('reason', () => {
    const reasons: readonly [string, string, CauseName][] = [
      ['Error', 'ErrImageNeverPull', 'ImageNeverPull'],
      ['', 'InvalidImageName', 'InvalidImageName'],
      ['something new', 'ErrImagePull', 'Unknown'],
      [
        "invalid character 'a' looking for beginning of value",
        "invalid character 'a' looking for beginning of value",
        'SecretMalformed',
      ],
      ['Error: secret "x" not found', 'ErrImagePull', 'None'],
      [
        'image pull failed for a/b:1 because the registry is unavailable',
        'RegistryUnavailable',
        'RegistryUnavailable',
      ],
      [
        'image pull failed for a/b:1 because the registry is unavailable: pinging container registry a: Get "https://a/v2/": dial tcp 10.1.2.3:443: connect: connection refused',
        'RegistryUnavailable',
        'ConnectionRefused',
      ],
    ];
    for (const [text, reason, cause] of reasons) {
      it(`${reason.slice(0, 30)} beside "${text.slice(0, 40)}" gives ${cause}`, () => {
        assert.equal(classify(text, { reason }).cause, cause);
      });
    }
  });
});
