import assert from 'node:assert/strict';
import { classify } from '../../../src/causes/classify.ts';
import type { CauseName } from '../../../src/words/cause.ts';

const HEX = 'a'.repeat(64);
const FILE = '"/var/tmp/storage1/1"';
const EVENT = 'Failed to pull image "reg.example.com/app:1": rpc error: code = Unknown desc = ';
/** As containerd 2.4 words it through the kubelet 1.37. */
const CONTAINERD =
  'Failed to pull image "reg.example.com/app:1": failed to pull and unpack image "reg.example.com/app:1": failed to resolve image: ';

describe('classify on command line outputs and logs', () => {
  const rows: readonly [string, string, CauseName][] = [
    [
      'an error followed by what the tool does next',
      'Error response from daemon: Get "https://reg.example.com/v2/": EOF\nWarning: Docker pull failed with exit code 1, back off 6 seconds before retry.',
      'RegistryUnavailable',
    ],
    [
      'an error followed by a hint',
      "docker: Error response from daemon: Get https://reg.example.com/v2/: unexpected EOF.\nSee 'docker run --help'.",
      'RegistryUnavailable',
    ],
    [
      'a connection that ends while the name is resolved',
      `${EVENT}failed to pull and unpack image "reg.example.com/app:1": failed to resolve reference "reg.example.com/app:1": unexpected EOF`,
      'RegistryUnavailable',
    ],
    [
      'a remark between a read and its error',
      'Error: writing blob: happened during read: (heuristic tuning data: last retry 0, current offset 7; 5 ms total, 1 ms since progress): unexpected EOF',
      'LayerCorrupt',
    ],
    [
      'a blob that is read again',
      `Reading blob body from https://reg.example.com/v2/app/blobs/sha256:${HEX} failed (unexpected EOF), reconnecting…`,
      'LayerCorrupt',
    ],
    [
      'storing and reading in one, as older tools say it',
      `Error writing blob: error storing blob to file ${FILE}: unexpected EOF`,
      'LayerCorrupt',
    ],
    [
      'a broken stream behind a wrapper',
      `Error: Error writing blob: error storing blob to file ${FILE}: stream error: stream ID 15; INTERNAL_ERROR`,
      'LayerCorrupt',
    ],
    [
      'a download dockerd tries again',
      'time="2026-01-01T00:00:00Z" level=error msg="Download failed, retrying (1/5): read tcp 10.0.0.2:4000->10.0.0.3:443: read: connection reset by peer"',
      'NetworkUnreachable',
    ],
    [
      'a proxy whose name does not resolve, as Go 1.6 says it',
      'Error while pulling image: Get https://reg.example.com/v1/repositories/app/images: http: error connecting to proxy http://proxy:8080: dial tcp: lookup proxy: no such host',
      'ProxyFailure',
    ],
    [
      'not found behind a wrapper of an older podman',
      'Error determining manifest MIME type for docker://reg.example.com/app:latest: unknown: Not Found',
      'TagNotFound',
    ],
    [
      'BuildKit',
      'ERROR: failed to solve: app:1: reg.example.com/library/app:1: not found',
      'TagNotFound',
    ],
    [
      'ECS',
      `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref reg.example.com/app:1@sha256:${HEX}: not found`,
      'DigestNotFound',
    ],
    ['ECS without a cause', 'CannotPullContainerError: ref pull has been retried', 'Unknown'],
    [
      'permissions of somebody who gave no credentials',
      'denied: Unauthenticated request. Unauthenticated requests do not have permission "repositories.downloadArtifacts" on resource "projects/a" (or it may not exist)',
      'Unauthorized',
    ],
    ['a reason alone', 'Error: InvalidImageName', 'InvalidImageName'],
    [
      'a gRPC code as a number',
      'PullImage "reg.example.com/app:1" from image service failed: rpc error: code = 14 desc = grpc: the connection is unavailable',
      'RuntimeUnavailable',
    ],
    [
      'a file of a download',
      'write /var/lib/docker/tmp/GetImageBlob1: no space left on device',
      'NodeDiskFull',
    ],
    [
      'a pool of blocks that is full',
      'failed to register layer: devmapper: Thin Pool has 1 free data blocks which is less than minimum required 163 free data blocks.',
      'NodeDiskFull',
    ],
    [
      'a range the blob host refuses',
      `${EVENT}failed to copy: httpReadSeeker: failed open: unexpected status code https://reg.example.com/v2/app/blobs/sha256:${HEX}: 416 Requested Range Not Satisfiable`,
      'UnexpectedContent',
    ],
    [
      'a well-known registry without further words',
      'dial tcp: lookup registry-1.docker.io on 10.0.0.2:53: read udp 10.0.0.1:4000->10.0.0.2:53: i/o timeout',
      'DnsFailure',
    ],
    [
      'advice that old dockerd adds to every failed ping',
      'API error (500): v1 ping attempt failed with error: Get https://reg.example.com/v1/_ping: EOF. If this private registry supports only HTTP or HTTPS with an unknown CA certificate, please add the flag; place the certificate at /etc/docker/certs.d/reg.example.com/ca.crt',
      'RegistryUnavailable',
    ],
    [
      'a status by the words of the v1 protocol',
      'Error pulling image (latest) from app, Server error: Status 403 while fetching image layer (aaaa)',
      'Forbidden',
    ],
    [
      'a limit of the storage behind a registry, answered with a 503',
      `${EVENT}failed to copy: httpReadSeeker: failed open: unexpected status from GET request to https://reg.example.com/v2/app/blobs/sha256:${HEX}: 503 Egress is over the account limit.`,
      'QuotaExceeded',
    ],
    [
      'export control, on a web page',
      'Error response from daemon: error parsing HTTP 403 response body: invalid character: "<html><body>We must comply with US export control regulations.</body></html>"',
      'AccessBlocked',
    ],
    [
      'the code word of a policy, spelt with underscores',
      'failed to extract image: PROJECT_POLICY_VIOLATION: "no severity known"',
      'PolicyBlocked',
    ],
    [
      'a format that the registry refuses as unauthorized',
      'Error response from daemon: unauthorized: Images with manifest v2 schema 1 in this repository are blocked.',
      'UnsupportedManifest',
    ],
    [
      'a credential helper that fails',
      'Credential helper `docker-credential-desktop` returned an error: not found in native keychain',
      'CredentialProviderFailed',
    ],
    [
      'a missing signature policy',
      'Error: error obtaining default signature policy: open /etc/containers/policy.json: no such file or directory',
      'SignatureRejected',
    ],
    [
      'two ways to name mirrors at once',
      'failed to load plugin io.containerd.grpc.v1.cri error="invalid plugin config: `mirrors` cannot be set when `config_path` is provided"',
      'MirrorMisconfigured',
    ],
    [
      'a CA file of hosts.toml that holds no certificate',
      `${CONTAINERD}unable to load CA cert "/etc/hosts"`,
      'MirrorMisconfigured',
    ],
    [
      'a client certificate of hosts.toml that is not there',
      `${CONTAINERD}unable to read CERT file "/etc/containerd/client.crt": open /etc/containerd/client.crt: no such file or directory`,
      'MirrorMisconfigured',
    ],
    [
      'a client certificate of hosts.toml that is none',
      `${CONTAINERD}failed to load X509 key pair: tls: failed to find any PEM data in certificate input`,
      'MirrorMisconfigured',
    ],
    [
      'a hosts.toml without a server that pulls',
      `${CONTAINERD}no resolve hosts: not found`,
      'MirrorMisconfigured',
    ],
    [
      'a typing error in the scheme of a mirror',
      `${CONTAINERD}failed to do request: Head "httpss://registry.corp.test/v2/public/app/manifests/1.0?ns=%5BREDACTED%5D": unsupported protocol scheme "httpss"`,
      'MirrorMisconfigured',
    ],
    [
      'a redirect with a typing error in its scheme',
      `${CONTAINERD}failed to do request: Head "httpss://cdn.corp.test/x": unsupported protocol scheme "httpss"`,
      'UnexpectedContent',
    ],
    [
      'a disk that is full as the files of a sandbox are written',
      'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to start sandbox "7816": failed to setup sandbox files: failed to write hostname to "/var/lib/containerd/io.containerd.grpc.v1.cri/sandboxes/7816/hostname": write /var/lib/containerd/io.containerd.grpc.v1.cri/sandboxes/7816/hostname: no space left on device',
      'NodeDiskFull',
    ],
    [
      'crictl without a runtime',
      'FATA[0010] failed to connect, make sure you are running as root and the runtime has been started: context deadline exceeded',
      'RuntimeUnavailable',
    ],
  ];
  for (const [name, text, cause] of rows) {
    it(`${name}: ${cause}`, () => {
      assert.equal(classify(text).cause, cause);
    });
  }

  const others: readonly [string, string][] = [
    ['a push', 'error: build error: Failed to push image: unauthorized: authentication required'],
    [
      'an upload',
      `Error writing blob: Patch "https://reg.example.com/v2/app/blobs/uploads/1": EOF`,
    ],
    [
      'an image that is removed',
      'RemoveImage "sha256:aaaa" from image service failed: rpc error: code = 2 desc = Error response from daemon: conflict: unable to delete aaaa (cannot be forced) - image is being used by running container bbbb',
    ],
    [
      'a volume that is mounted',
      "Error response from daemon: error while mounting volume '/var/lib/docker/volumes/a/_data': failed to mount local volume: connection refused",
    ],
    [
      'git',
      "remote: HTTP Basic: Access denied\nfatal: Authentication failed for 'https://git.example.com/a.git/'",
    ],
    [
      'a container mounted from an image that is there',
      'Error: failed to create containerd container: mount callback failed on /var/lib/containerd/tmpmounts/containerd-mount1: openat etc/passwd: path escapes from parent',
    ],
    [
      'another call of the kubelet to the runtime',
      'ContainerStatus "aaaa" from runtime service failed: rpc error: code = Unknown desc = unable to inspect docker image "sha256:aaaa": no such image',
    ],
    ['npm', 'npm ERR! 429 Too Many Requests - GET https://npm.example.com/react'],
  ];
  for (const [name, text] of others) {
    it(`${name} is no pull`, () => {
      assert.equal(classify(text).cause, 'None');
    });
  }

  const plainlyOther: readonly string[] = [
    'MountVolume.SetUp failed for volume "auth" : secret "regcred" not found',
    'The node was low on resource: ephemeral-storage.',
    'Error creating: Internal error occurred: failed calling webhook "v.example.com": Post "https://v.example.svc:443/validate": context deadline exceeded',
  ];
  for (const text of plainlyOther) {
    it(`is certain that this is no pull: ${text.slice(0, 40)}`, () => {
      const { cause, certainty } = classify(text);
      assert.deepEqual([cause, certainty], ['None', 'certain']);
    });
  }
});

describe('classify on what containerd leaves open', () => {
  const PULL =
    'failed to pull and unpack image "reg.example.com/team/app:1.0": failed to resolve image: ';
  const head = `${PULL}unexpected status from HEAD request to https://reg.example.com/v2/team/app/manifests/1.0: 403 Forbidden`;
  const token = (what: string) =>
    `${PULL}failed to authorize: failed to fetch ${what} token: unexpected status from POST request to https://reg.example.com/token: 403 Forbidden`;
  const fetch = (type: string) =>
    `failed to pull and unpack image "reg.example.com/team/app:1.0": failed to copy: httpReadSeeker: failed open: could not fetch content descriptor sha256:${HEX} (application/${type}) from remote: not found`;
  const rows: readonly [string, string, readonly CauseName[]][] = [
    ['a 403 without words may be a firewall', head, ['Forbidden', 'AccessBlocked']],
    [
      'a 403 with words is the registry',
      `${head}\ndenied: this user may not pull from the project`,
      ['Forbidden'],
    ],
    [
      'a login refused with a 403 may have expired',
      token('oauth'),
      ['Forbidden', 'Unauthorized', 'CredentialsExpired'],
    ],
    ['nobody has no login to expire', token('anonymous'), ['Forbidden', 'Unauthorized']],
    ['a layer that is not there', fetch('vnd.oci.image.layer.v1.tar+gzip'), ['LayerCorrupt']],
    [
      'an image of an index that is not there',
      fetch('vnd.docker.distribution.manifest.v2+json'),
      ['LayerCorrupt'],
    ],
    [
      'a manifest that containerd takes for a blob',
      fetch('vnd.corp.thing.v1+json'),
      ['UnsupportedManifest', 'LayerCorrupt'],
    ],
    [
      'a challenge without a realm',
      `${PULL}no realm specified for token auth challenge`,
      ['UnexpectedContent'],
    ],
  ];
  for (const [name, text, causes] of rows) {
    it(name, () => {
      const { cause, alternatives } = classify(text);
      assert.deepEqual([cause, ...alternatives], causes);
    });
  }
});
