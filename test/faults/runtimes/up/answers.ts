/** What servers say instead of an image. */
import { HOSTS } from '../../../cluster/up/settings.ts';
import {
  always,
  error,
  type Fault,
  isBlob,
  isManifest,
  page,
  realm,
  says,
} from '../../../cluster/up/spoils.ts';

/** Sends everybody to a token server at `url`. */
function tokensOf(url: string): Fault {
  return says(always, 401, error('UNAUTHORIZED', 'authentication required'), {
    'www-authenticate': `Bearer realm="${url}/token",service="corp"`,
  });
}

/** By kind, the first label of the host. */
export const ANSWERS: Readonly<Record<string, Fault>> = {
  // Both runtimes wait as long as they are told to.
  limited: says(isManifest, 429, error('TOOMANYREQUESTS', 'pull rate limit'), {
    'retry-after': '1',
  }),
  'limited-layer': says(isBlob, 429, error('TOOMANYREQUESTS', 'pull rate limit'), {
    'retry-after': '1',
  }),
  'name-unknown': says(
    isManifest,
    404,
    error('NAME_UNKNOWN', 'repository name not known to registry'),
  ),
  'not-found-page': says(always, 404, page('404 Not Found')),
  'bad-gateway': says(always, 502, page('502 Bad Gateway')),
  'gateway-timeout': says(isManifest, 504, page('504 Gateway Time-out')),
  expired: says(
    isManifest,
    403,
    error('DENIED', 'Your authorization token has expired. Reauthenticate and try again.'),
  ),
  policy: says(
    isManifest,
    412,
    error(
      'PROJECTPOLICYVIOLATION',
      'current image with 3 vulnerabilities cannot be pulled due to configured policy',
    ),
  ),
  'token-closed': tokensOf(`https://${HOSTS.closed.name}`),
  'token-untrusted': tokensOf(`https://${HOSTS.untrusted.name}`),
  'token-plain': tokensOf(`http://${HOSTS.open.name}:443`),
  'token-limited': realm(429, error('TOOMANYREQUESTS', 'too many logins')),
  'token-empty': realm(200, {}),
  'blob-plain': says(isBlob, 307, '', { location: `http://${HOSTS.open.name}:443/blob` }),
  'blob-untrusted': says(isBlob, 307, '', { location: `https://${HOSTS.untrusted.name}/blob` }),
  'blob-unauthorized': says(isBlob, 401, error('UNAUTHORIZED', 'authentication required')),
};
