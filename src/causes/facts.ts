import { parseImage } from '../image/reference.ts';
import type { CauseName } from '../words/cause.ts';
import type { Facts, HostRole, RuntimeName, Stage } from '../words/reading.ts';
import type { ErrorPart, NamedUrl } from './part.ts';
import { guiltyUrl } from './when.ts';

/** What an error says besides its cause; `retryable` is the cause's own. */
export function readFacts(
  part: ErrorPart,
  cause: CauseName,
  stage: Stage | null,
): Omit<Facts, 'retryable'> {
  if (cause === 'None')
    return { stage: null, host: null, hostRole: null, status: null, runtime: null };
  const { host, hostRole } = guiltyHost(part, cause);
  return {
    stage: readStage(part, cause, stage),
    host,
    hostRole,
    status: part.status,
    runtime: readRuntime(part),
  };
}

function readRuntime(part: ErrorPart): RuntimeName {
  if (part.frames.has('crio')) return 'crio';
  if (part.frames.has('docker')) return 'docker';
  return part.frames.has('containerd') ? 'containerd' : null;
}

/** Causes a registry answers with, once it is reached. */
const ANSWERS: ReadonlySet<CauseName> = new Set<CauseName>([
  'Forbidden',
  'AccessBlocked',
  'RateLimited',
  'QuotaExceeded',
  'PolicyBlocked',
  'UnexpectedContent',
  'RegistryUnavailable',
]);

function readStage(part: ErrorPart, cause: CauseName, own: Stage | null): Stage | null {
  const { frames } = part;
  if (frames.has('sandbox')) return 'sandbox';
  if (cause === 'Unknown') return null;
  if (own !== null && own !== 'resolve') return own;
  if (frames.has('unpack')) return 'unpack';
  const kind = guiltyUrl(part)?.kind;
  if (frames.has('authorize') || frames.has('token') || kind === 'token') return 'auth';
  if (kind === 'blob' || (frames.has('blob') && kind !== 'manifest')) return 'layer';
  if (frames.has('blob')) return 'manifest';
  if (own === 'resolve' || frames.has('ping') || kind === 'ping') return 'resolve';
  if (part.status === 401) return 'auth';
  if (frames.has('manifest') || kind === 'manifest' || ANSWERS.has(cause)) return 'manifest';
  return frames.has('pull') ? 'resolve' : null;
}

/** Causes that no host is guilty of. */
const HOSTLESS: ReadonlySet<CauseName> = new Set<CauseName>([
  'InvalidImageName',
  'SecretMissing',
  'SecretMalformed',
  'CredentialProviderFailed',
  'SignatureRejected',
  'PullQPSExceeded',
  'ImageNeverPull',
  'NodeDiskFull',
  'RuntimeUnavailable',
  'PullConflict',
  'Unknown',
]);

function guiltyHost(part: ErrorPart, cause: CauseName): Pick<Facts, 'host' | 'hostRole'> {
  if (HOSTLESS.has(cause)) return { host: null, hostRole: null };
  if (cause === 'ProxyFailure') return { host: proxyAddress(part), hostRole: 'proxy' };
  if (cause === 'DnsFailure') {
    const server = /\blookup \S{1,300} on (\S{1,100}?): (?:read|write|dial) (?:udp|tcp)/.exec(
      part.raw,
    )?.[1];
    if (server !== undefined) return { host: server, hostRole: 'dns server' };
  }
  const url = guiltyUrl(part);
  const image = part.image === null ? null : parseImage(part.image);
  const own = image?.valid ? image : null;
  if (url !== null && url.host !== '') {
    return {
      host: url.host,
      hostRole: roleOf(url, part, own === null ? [] : [own.host, own.apiHost]),
    };
  }
  const pinged =
    /(?:pulling from host|pinging container registry|error pinging docker registry) (\S{1,300}?):? (?:failed|[A-Za-z])/.exec(
      part.raw,
    )?.[1];
  if (pinged !== undefined) return { host: pinged, hostRole: 'registry' };
  const ownHosts = own === null ? [] : [own.host, own.apiHost];
  const reached = part.frames.has('blob') ? reachedHost(part) : null;
  if (reached !== null) {
    return { host: reached, hostRole: ownHosts.includes(reached) ? 'registry' : 'blob host' };
  }
  // A token server that is not named is not the registry: older containerd leaves it out.
  if (part.frames.has('authorize') || part.frames.has('token')) {
    return { host: null, hostRole: 'token server' };
  }
  return own === null
    ? { host: null, hostRole: null }
    : { host: own.apiHost, hostRole: 'registry' };
}

/** The host of a connection that no URL names: the name looked up, the name wanted, or the address. */
function reachedHost(part: ErrorPart): string | null {
  return (
    /\blookup (\S{1,300}?)(?: on |: )/.exec(part.raw)?.[1] ??
    /\bx509: certificate is valid for .{1,600}, not (\S{1,300})$/.exec(part.raw)?.[1] ??
    /\bdial tcp (\S{1,100}?): /.exec(part.raw)?.[1] ??
    null
  );
}

function roleOf(url: NamedUrl, part: ErrorPart, ownHosts: readonly string[]): HostRole {
  if (url.mirrorOf !== null) return 'mirror';
  if (url.kind === 'token' || part.frames.has('authorize') || part.frames.has('token'))
    return 'token server';
  if (ownHosts.length === 0 || ownHosts.includes(url.host)) return 'registry';
  if (url.kind === 'blob' || part.frames.has('blob')) return 'blob host';
  return url.kind === 'manifest' || url.kind === 'ping' ? 'mirror' : 'registry';
}

function proxyAddress(part: ErrorPart): string | null {
  return (
    /proxyconnect tcp: dial tcp:? (?:lookup )?([\w.:[\]-]{1,200}?)(?: on |: )/.exec(
      part.raw,
    )?.[1] ??
    /socks connect tcp (\S{1,200}?)->/.exec(part.raw)?.[1] ??
    null
  );
}
