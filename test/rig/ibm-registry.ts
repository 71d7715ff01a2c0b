/** The registry of IBM Cloud's rig (`ibm-server.ts`) and its token server, on the wire of OCI's distribution specification. */
import { createHash } from 'node:crypto';
import type { IbmAnswerBody, IbmCall } from './ibm-server.ts';
import type { IbmWorld } from './ibm-world.ts';

/** The token server. registry_access.md: 400 for a combination that is not valid. */
export function registryToken(
  world: IbmWorld,
  { authorization, host }: IbmCall,
  url: URL,
): IbmAnswerBody {
  const login = Buffer.from(authorization.replace(/^Basic /, ''), 'base64').toString();
  const password = login.slice(login.indexOf(':') + 1);
  if (authorization === '')
    return { status: 401, body: oci('UNAUTHORIZED', `No login for ${host}`) };
  const third = Buffer.from(password.split('.')[2] ?? '', 'base64url').toString();
  const key = world.keys.find(({ value }) => value === password || third === JSON.stringify(value));
  if (key === undefined || key.refusal !== undefined) {
    return { status: 400, body: oci('UNAUTHORIZED', 'The login credentials are not valid') };
  }
  const pulls = url.searchParams.get('scope')?.split(':')[1] ?? '';
  const given = key.pulls.some((namespace) => pulls.startsWith(`${namespace}/`));
  return { status: 200, body: { token: given ? 'may-pull' : 'may-not', expires_in: 300 } };
}

function oci(code: string, message: string): object {
  return { errors: [{ code, message, detail: message }] };
}

const sha256 = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;

const CONFIG = JSON.stringify({ os: 'linux', architecture: 'amd64', rootfs: {} });
const MANIFEST_TYPE = 'application/vnd.oci.image.manifest.v1+json';
/** Every image of the rig is this one. */
const MANIFEST = JSON.stringify({
  schemaVersion: 2,
  mediaType: MANIFEST_TYPE,
  config: {
    mediaType: 'application/vnd.oci.image.config.v1+json',
    digest: sha256(CONFIG),
    size: CONFIG.length,
  },
  layers: [],
});

/** What the registry says to a request below `/v2/`. */
export function registryAnswer(
  world: IbmWorld,
  { authorization, host }: IbmCall,
  url: URL,
): IbmAnswerBody {
  if (authorization === '') {
    const scope = `repository:${url.pathname.replace(/^\/v2\/(.*?)\/(?:manifests|blobs|tags)\/.*$/, '$1')}:pull`;
    const challenge = `Bearer realm="http://${host}/oauth/token",service="registry",scope="${scope}"`;
    const body = oci(
      'UNAUTHORIZED',
      'Authorization required. See https://cloud.ibm.com/docs/Registry',
    );
    return { status: 401, body, headers: { 'www-authenticate': challenge } };
  }
  if (authorization !== 'Bearer may-pull') {
    return {
      status: 403,
      body: oci('DENIED', 'You are not authorized to access the specified resource.'),
    };
  }
  if (url.pathname.endsWith(`/blobs/${sha256(CONFIG)}`)) return { status: 200, body: CONFIG };
  const [, repository = '', reference = ''] =
    /^\/v2\/(.*?)\/manifests\/(.*)$/.exec(url.pathname) ?? [];
  const there = world.images.some(
    ({ name, tags }) =>
      name.endsWith(`/${repository}`) && [...tags, sha256(MANIFEST)].includes(reference),
  );
  if (!there) return { status: 404, body: oci('MANIFEST_UNKNOWN', 'manifest unknown') };
  const headers = {
    'content-type': MANIFEST_TYPE,
    'content-length': String(MANIFEST.length),
    'docker-content-digest': sha256(MANIFEST),
  };
  return { status: 200, body: MANIFEST, headers };
}
