import assert from 'node:assert/strict';
import { takeApart } from '../../../src/causes/anatomy.ts';
import type { ErrorPart, FrameName } from '../../../src/causes/part.ts';

function inner(part: ErrorPart | undefined): string {
  assert.ok(part !== undefined);
  return part.raw.slice(part.innerStart, part.innerEnd);
}

describe('takeApart', () => {
  const wrapped: readonly [string, string, string][] = [
    [
      'kubelet ≤1.32 and containerd',
      'Failed to pull image "a/b:1": rpc error: code = Unknown desc = failed to pull and unpack image "docker.io/a/b:1": failed to resolve reference "docker.io/a/b:1": failed to do request: Head "https://registry-1.docker.io/v2/a/b/manifests/1": EOF',
      'EOF',
    ],
    [
      'a current node',
      'Back-off pulling image "a/b:1": ErrImagePull: failed to pull and unpack image "docker.io/a/b:1": failed to resolve image: failed to do request: Head "https://registry-1.docker.io/v2/a/b/manifests/1": EOF',
      'EOF',
    ],
    [
      'a field path',
      'spec.containers{web}: Failed to pull image "a/b:1": pull QPS exceeded',
      'pull QPS exceeded',
    ],
    [
      'merged events',
      '(combined from similar events): Failed to pull image "a/b:1": pull QPS exceeded',
      'pull QPS exceeded',
    ],
    [
      'an invalid name',
      'Failed to apply default image tag "A:1": couldn\'t parse image name "A:1": invalid reference format',
      'invalid reference format',
    ],
    [
      'an inspection',
      'Failed to inspect image "": rpc error: code = Unknown desc = short name mode is enforcing',
      'short name mode is enforcing',
    ],
    [
      'a sandbox',
      'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to get sandbox image "p:1": failed to pull image "p:1": failed to pull and unpack image "p:1": failed to copy: EOF',
      'EOF',
    ],
    [
      'CRI-O',
      'Failed to pull image "q.io/a:1": rpc error: code = Unknown desc = initializing source docker://q.io/a:1: pinging container registry q.io: Get "https://q.io/v2/": EOF',
      'EOF',
    ],
    [
      'CRI-O ≥1.34',
      'Failed to pull image "q.io/a:1": unable to pull image or OCI artifact: pull image err: initializing source docker://q.io/a:1: reading manifest 1 in q.io/a: manifest unknown; artifact err: get manifest: unauthorized',
      'manifest unknown',
    ],
    [
      'docker',
      'Failed to pull image "q.io/a:1": rpc error: code = Unknown desc = Error response from daemon: Get "https://q.io/v2/": EOF',
      'EOF',
    ],
    [
      'the mirrors of a registry',
      'initializing source docker://q.io/a:1: (Mirrors also failed: [m.io/a:1: pinging container registry m.io: Get "https://m.io/v2/": dial tcp 10.0.0.1:443 (x): refused]): q.io/a:1: pinging container registry q.io: invalid status code from registry 503 (Service Unavailable)',
      'invalid status code from registry 503 (Service Unavailable)',
    ],
    [
      'a reason of cri-api',
      'image pull failed for q.io/a:1 because the registry is unavailable: pinging container registry q.io: Get "https://q.io/v2/": EOF',
      'EOF',
    ],
    [
      'typographic quotes',
      'Failed to pull image “a/b:1”: rpc error: code = NotFound desc = no match for platform in manifest: not found',
      'no match for platform in manifest: not found',
    ],
    [
      'klog',
      'E0101 1 pod_workers.go:1] "Error syncing pod, skipping" err="failed to \\"StartContainer\\" for \\"x\\" with ErrImagePull: \\"rpc error: code = NotFound desc = failed to pull and unpack image \\\\\\"a/b:1\\\\\\": no space left on device\\"" pod="d/x"',
      'no space left on device"',
    ],
    [
      'logfmt',
      'time="2024-01-01T00:00:00Z" level=error msg="PullImage \\"a/b:1\\" failed" error="failed to pull and unpack image \\"a/b:1\\": context canceled"',
      'context canceled',
    ],
    [
      'a JSON log line',
      '{"level":"error","msg":"Failed to pull image \\"a/b:1\\": rpc error: code = Unknown desc = EOF"}',
      'EOF',
    ],
    [
      'a container log line',
      '{"log":"Error response from daemon: toomanyrequests: Rate exceeded\\n","stream":"stderr"}',
      'toomanyrequests: Rate exceeded\n',
    ],
  ];
  for (const [what, text, expected] of wrapped) {
    it(`unwraps ${what}`, () => {
      const { parts } = takeApart(text);
      assert.equal(parts.length, 1);
      assert.equal(inner(parts[0]).trim(), expected.trim());
    });
  }

  it('splits the errors of several credentials', () => {
    const { parts } = takeApart(
      'Failed to pull image "q.io/a:1": [rpc error: code = Unknown desc = failed to pull and unpack image "q.io/a:1": e1, rpc error: code = Unknown desc = failed to pull and unpack image "q.io/a:1": e2]',
    );
    assert.deepEqual(parts.map(inner), ['e1', 'e2']);
  });

  it('splits the list of podman', () => {
    const { parts } = takeApart(
      'Failed to pull image "app": rpc error: code = Unknown desc = 2 errors occurred while pulling:\n * initializing source docker://q.io/app:1: e1 happened\n * initializing source docker://app:1: e2 happened',
    );
    assert.deepEqual(parts.map(inner), ['e1 happened', 'e2 happened']);
  });

  it('fills names letter for letter and keeps words', () => {
    const { parts } = takeApart(
      'Failed to pull image "q.io/denied/app401:v403": rpc error: code = Unknown desc = reading manifest v403 in q.io/denied/app401: denied: no',
    );
    const part = parts[0];
    assert.ok(part !== undefined);
    assert.equal(part.masked.length, part.raw.length);
    assert.doesNotMatch(part.masked, /401|v403"|q\.io/);
    assert.match(part.masked, /: denied: no$/);
  });

  const statuses: readonly [string, number | null][] = [
    ['unexpected status from HEAD request to https://q.io/v2/a/manifests/404: 403 Forbidden', 403],
    ['failed to fetch oauth token: unexpected status: 401 Unauthorized', 401],
    ['pulling from host q.io failed with status code [manifests 1.0]: 451 ', 451],
    ['invalid status code from registry 503 (Service Unavailable)', 503],
    ['received unexpected HTTP status: 502 Bad Gateway', 502],
    ['error parsing HTTP 404 response body: invalid character', 404],
    ['StatusCode: 403, "<html>"', 403],
    ['Invalid status code returned when fetching blob 504', 504],
    ['reading manifest v403 in q.io/a: something', null],
    ['dial tcp 10.0.0.1:443: connect: connection refused', null],
    ['short read: expected 401 bytes but got 403', null],
  ];
  for (const [text, status] of statuses) {
    it(`reads the status of "${text.slice(0, 50)}"`, () => {
      assert.equal(takeApart(text).parts[0]?.status, status);
    });
  }

  const frames: readonly [string, FrameName][] = [
    [
      'failed to authorize: failed to fetch anonymous token: unexpected status: 403 Forbidden',
      'anonymous-token',
    ],
    [
      'failed to authorize: failed to fetch oauth token: unexpected status: 401 Unauthorized',
      'oauth-token',
    ],
    ['Failed to create pod sandbox: x', 'sandbox'],
    ['failed to register layer: x', 'unpack'],
    ['writing blob: x', 'blob'],
  ];
  for (const [text, frame] of frames) {
    it(`sees the frame ${frame}`, () => {
      assert.ok(takeApart(text).parts[0]?.frames.has(frame));
    });
  }

  it('reads what a URL is for', () => {
    const kinds = [
      ['https://q.io/v2/', 'ping'],
      ['https://q.io/v2/a/manifests/1', 'manifest'],
      ['https://q.io/v2/a/blobs/sha256:aa', 'blob'],
      ['https://auth.q.io/token?service=q&scope=x', 'token'],
      ['https://docs.q.io/why', 'other'],
    ] as const;
    for (const [url, kind] of kinds) {
      assert.equal(takeApart(`Get "${url}": EOF`).parts[0]?.urls[0]?.kind, kind, url);
    }
  });

  it('reads the mirror of a registry from ns=', () => {
    const open = takeApart('Head "https://m.io/v2/a/manifests/1?ns=docker.io": EOF').parts[0]
      ?.urls[0];
    const hidden = takeApart('Head "https://m.io/v2/a/manifests/1?ns=%5BREDACTED%5D": EOF').parts[0]
      ?.urls[0];
    assert.equal(open?.mirrorOf, 'docker.io');
    assert.equal(hidden?.mirrorOf, '');
  });

  it('sees that a text breaks off', () => {
    assert.equal(takeApart('Failed to pull image "a/b:1": failed to...').parts[0]?.cut, true);
    assert.equal(takeApart('Failed to pull image "a/b:1": EOF').parts[0]?.cut, false);
  });
});
