import type { FrameName } from './part.ts';

interface FrameRule {
  readonly names: readonly FrameName[];
  readonly match: RegExp;
  /** The error goes on behind the match; else the wrapper's words are part of the error. */
  readonly cut: boolean;
}

const cut = (match: RegExp, ...names: FrameName[]): FrameRule => ({ names, match, cut: true });
const note = (match: RegExp, ...names: FrameName[]): FrameRule => ({ names, match, cut: false });

/**
 * The wrappers of kubelet, containerd, CRI-O (with podman and skopeo) and dockerd around an error, on masked
 * text. `test/corpus/` has them as they were met.
 */
export const FRAME_RULES: readonly FrameRule[] = [
  // kubelet
  cut(/\(combined from similar events\): /gi),
  cut(/spec\.\w*containers\{[^}]{0,300}\}: /gi),
  cut(/Failed to pull image\b[^:]{0,400}?(?:¤"?|"|”|¤): /gi, 'pull'),
  cut(/Failed to pull image\b[^:]{0,900}?: (?=\[|rpc|Error|failed|unable|image pull)/gi, 'pull'),
  // `explain` puts it before a piece of a message that stands alone.
  cut(/^Failed to pull image: /g, 'pull'),
  note(/\bfailed to pull image\b|image pull failed\b|\bpulling image\b(?! ")/gi, 'pull'),
  note(/(?:error|failed) pulling image\b/gi, 'pull'),
  cut(/image pull failed: /gi, 'pull'),
  cut(/Failed to record image pull intent for container image "[^"]{0,2000}": /gi, 'pull'),
  note(/imageRef of image \S{1,600} is not set/gi, 'pull'),
  cut(/Back-?off pulling image "[^"]{0,2000}": ErrImagePull: /gi, 'back-off', 'pull'),
  note(/Back-?off pulling image/gi, 'back-off'),
  cut(/\bErrImagePull: "?/g, 'pull'),
  cut(/\bImagePullBackOff: "?/g, 'back-off'),
  // ECS and Fargate
  note(/\bCannotPull(?:ECR)?ContainerError\b/g, 'pull'),
  note(/\bErrImagePull\b|\bPullImage\b.{0,600}?\bfailed\b/g, 'pull'),
  cut(/\berror pulling image\b[^:]{0,300}: /gi, 'pull'),
  note(/\bImagePullBackOff\b/g, 'back-off'),
  cut(/^Error: /g, 'error'),
  cut(/Error syncing pod, skipping"?:? /gi, 'sync'),
  cut(/failed to "StartContainer" for "[^"]{0,300}" with \w+: "/gi, 'sync'),
  cut(/\bImageInspectError: "?/g, 'inspect'),
  cut(/Failed to inspect image "[^"]{0,2000}": /gi, 'inspect'),
  cut(/Failed to apply default image tag "[^"]{0,2000}": /gi, 'default-tag'),
  cut(/Error parsing image name "[^"]{0,2000}": /gi, 'pull'),
  cut(/couldn't parse image (?:name|reference) "[^"]{0,2000}": /gi, 'default-tag'),
  note(/failed to parse image reference|Invalid source name|couldn't parse image/gi, 'default-tag'),
  cut(/Failed to create pod sandbox: /gi, 'sandbox'),
  cut(/CreatePodSandbox for pod "[^"]{0,600}" failed: /gi, 'sandbox'),
  cut(/failed to get sandbox image "[^"]{0,2000}": /gi, 'sandbox', 'pull'),
  note(/\bCreatePodSandbox\b|pod sandbox\b/gi, 'sandbox'),
  cut(/because the registry is unavailable:? /gi, 'registry-unavailable', 'pull'),
  cut(/\bRegistryUnavailable: /g, 'registry-unavailable', 'pull'),
  note(
    /\bRegistryUnavailable\b|because the registry is unavailable/g,
    'registry-unavailable',
    'pull',
  ),
  cut(/because the signature validation failed:? /gi, 'signature-failed', 'pull'),
  cut(/rpc error: code =? ?\w+ desc ?=? /g, 'rpc'),
  // containerd
  cut(/failed to pull and unpack image "[^"]{0,2000}": /gi, 'containerd', 'pull'),
  cut(/failed to resolve reference "[^"]{0,2000}": /gi, 'containerd', 'resolve', 'pull'),
  cut(/failed to resolve ref "?[^\s"]{1,2000}?"?: /gi, 'containerd', 'resolve', 'pull'),
  cut(/failed to resolve image: /gi, 'containerd', 'resolve', 'pull'),
  cut(/failed to resolve image "[^"]{0,2000}": /gi, 'containerd', 'resolve', 'pull'),
  cut(/no available registry endpoint: /gi, 'containerd', 'resolve'),
  cut(/failed to resolve source metadata for \S{1,600}?: /gi, 'containerd', 'resolve', 'pull'),
  // BuildKit pulls with containerd's resolver.
  cut(
    /failed to solve: \S{1,600}: (?=¤+: not found|failed to (?:resolve|authorize|copy|do request)|unexpected status|pull access denied)/gi,
    'containerd',
    'resolve',
    'pull',
  ),
  note(/trying next host\b/gi, 'containerd', 'resolve', 'pull'),
  cut(/fetch failed after status: /gi, 'containerd', 'status', 'pull'),
  cut(/failed to do request: /gi, 'containerd', 'do-request'),
  cut(/failed to authorize: /gi, 'containerd', 'authorize'),
  cut(/failed to fetch oauth token: /gi, 'containerd', 'oauth-token', 'authorize'),
  cut(/failed to fetch anonymous token: /gi, 'containerd', 'anonymous-token', 'authorize'),
  cut(/failed to copy: /gi, 'containerd', 'blob'),
  cut(/httpRead(?:er)?Seeker: (?:failed open: )?/gi, 'containerd', 'blob'),
  note(
    /failed commit on ref|failed to read expected number of bytes|short read: /gi,
    'containerd',
    'blob',
  ),
  // A container that is made from an image already unpacked is mounted as well.
  note(
    /failed to extract layer|(?<!create containerd container: )mount callback failed/gi,
    'containerd',
    'unpack',
  ),
  note(/failed to unpack image on snapshotter/gi, 'containerd', 'unpack'),
  note(
    /get image config descriptor: |could not fetch content descriptor/gi,
    'containerd',
    'manifest',
  ),
  cut(
    /unexpected status(?: code)? from (?:HEAD|GET|POST|PUT) request to "?¤+"?: /gi,
    'containerd',
    'status',
  ),
  cut(/unexpected status code (?:"?¤+"?|\[[^\]]{0,400}\]): /gi, 'containerd', 'status'),
  cut(/unexpected status: /gi, 'containerd', 'status'),
  cut(
    /pulling from host \S+ failed with status code \[[^\]]{0,400}\]: /gi,
    'containerd',
    'manifest',
    'status',
  ),
  note(/\bctr: /gi, 'containerd'),
  // CRI-O, podman, skopeo: containers/image
  cut(/unable to pull image or OCI artifact: /gi, 'crio', 'pull'),
  cut(/pull image err: /gi, 'crio', 'pull'),
  cut(/(?:error )?initializing (?:image from )?source ¤+: /gi, 'crio', 'pull'),
  cut(/unable to copy from source ¤+: /gi, 'crio', 'pull'),
  cut(/(?:error )?pinging (?:container|docker) registry \S+?: /gi, 'crio', 'ping'),
  cut(/pinging docker registry returned: /gi, 'crio', 'ping'),
  cut(/(?:error )?reading manifest \S{1,300} in \S{1,600}?: /gi, 'crio', 'manifest'),
  cut(/(?:error )?determining manifest MIME type for \S{1,600}?: /gi, 'crio', 'manifest'),
  cut(/choosing (?:an )?image from manifest list \S{1,600}?: /gi, 'crio', 'manifest'),
  cut(/copying system image from manifest list: /gi, 'crio', 'pull'),
  cut(/(?:error )?parsing image configuration: /gi, 'crio', 'config', 'blob'),
  cut(/(?:error )?reading blob ¤+: /gi, 'crio', 'blob'),
  cut(/(?:error )?writing blob: /gi, 'crio', 'blob'),
  note(/(?:error )?storing blob to file|happened during read/gi, 'crio', 'blob'),
  cut(/(?:error )?fetching blob: /gi, 'blob'),
  note(
    /adding layer with blob|committing the finished image|layer not known/gi,
    'crio',
    'blob',
    'unpack',
  ),
  cut(/^docker: /gi, 'docker'),
  cut(/requesting bear(?:er)? token: /gi, 'crio', 'token'),
  cut(/trying to obtain access token: /gi, 'crio', 'token'),
  cut(/unable to retrieve auth token: /gi, 'crio', 'token'),
  note(/Source image rejected|SignatureValidationFailed/g, 'crio', 'pull'),
  note(/short-?name\b|unqualified[- ]search|unqualified image/gi, 'crio', 'pull'),
  // dockerd, cri-dockerd
  cut(/Error response from daemon: /gi, 'docker'),
  cut(/API error \(\d{3}\): /gi, 'docker'),
  cut(/error pulling image configuration: /gi, 'docker', 'config', 'blob', 'pull'),
  cut(/download fail(?:ed|es) after attempts=\d+:? /gi, 'docker', 'attempts', 'blob'),
  cut(/download failed, retrying(?: \([\d¤/]{1,20}\))?: /gi, 'attempts', 'blob'),
  cut(/error from registry: /gi, 'docker', 'status'),
  cut(/Not continuing with pull after error: /gi, 'docker', 'pull'),
  note(/failed to register layer/gi, 'docker', 'unpack'),
  cut(/manifest for \S{1,600} not found: /gi, 'docker', 'manifest'),
  cut(/repository \S{1,600} not found: (?=name unknown)/gi, 'docker', 'manifest'),
  cut(/repository does not exist or may require 'docker login': /gi, 'docker', 'manifest'),
  note(/manifest for \S{1,600} not found|pull access denied/gi, 'manifest', 'pull'),
  // Go's http client, shared by all
  cut(/\b(?:Get|Head|Post) ['"]?¤+['"]? ?: /gi, 'request'),
];
