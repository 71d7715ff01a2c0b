/**
 * The registry inside OpenShift.
 * Sources: openshift/image-registry pkg/dockerregistry/server/auth.go; openshift/openshift-controller-manager
 * pkg/internalregistry/controllers.
 */
import { ANYWHERE, body, CONTENT, documented, recorded } from '../answers.ts';
import { ANY_USER, type Registry } from '../registry.ts';

const INTERNAL = ['image-registry.openshift-image-registry.svc', 'docker-registry.default.svc'];
const CODE =
  'https://github.com/openshift/image-registry/blob/master/pkg/dockerregistry/server/auth.go';

export const openshift: Registry = {
  id: 'openshift',
  name: "OpenShift's own registry",
  hosts: INTERNAL.flatMap((host) => [
    { host, ...(host === INTERNAL[1] ? { standing: 'old' as const, instead: INTERNAL[0] } : {}) },
    { host: `${host}.cluster.local` },
  ]),
  habits: [],
  users: ANY_USER,
  credentials: [
    'The token of a ServiceAccount (a JWT), which OpenShift renews in the secret SERVICEACCOUNT-dockercfg-…; any user name',
    'The token of a login (sha256~…), a day by default',
  ],
  nodeCredentials: null,
  key: '{host}',
  secret: {
    get: 'None is to be made: OpenShift writes SERVICEACCOUNT-dockercfg-… into each namespace. For images of another namespace the ServiceAccount needs a right there.',
    command:
      'oc policy add-role-to-user system:image-puller system:serviceaccount:{namespace}:{serviceaccount} -n IMAGE_NAMESPACE',
  },
  renew:
    'OpenShift writes and renews the secret SERVICEACCOUNT-dockercfg-… itself; the ServiceAccount needs system:image-puller for images of another namespace.',
  answers: [
    {
      at: ANYWHERE,
      status: [401, 403],
      sent: false,
      causes: ['Unauthorized', 'RepositoryMissingOrPrivate'],
      ladder: 'unauthorized',
      means: 'no token was sent, and the namespace of the image is not open to everybody',
      example: body('UNAUTHORIZED', 'authentication required'),
      source: documented(CODE),
    },
    {
      at: CONTENT,
      status: [401, 403],
      sent: true,
      says: /requested access to the resource is denied/i,
      causes: ['Forbidden', 'RepositoryMissingOrPrivate'],
      ladder: 'forbidden',
      means: 'the token is good and lacks system:image-puller in the namespace of the image',
      open: 'a namespace that is not there answers so too',
      example: body('DENIED', 'requested access to the resource is denied'),
      source: documented(CODE),
    },
    {
      at: ANYWHERE,
      status: [401],
      sent: true,
      says: /authentication required/i,
      causes: ['Unauthorized', 'CredentialsExpired'],
      means: 'the API server does not take the token, or not any more',
      example: body('UNAUTHORIZED', 'authentication required'),
      source: recorded('https://github.com/okd-project/okd/issues/1306'),
    },
    {
      at: ['manifest'],
      status: [404],
      code: 'NAME_UNKNOWN',
      causes: ['RepositoryNotFound'],
      means: 'there is no such ImageStream in the namespace',
      example: body('NAME_UNKNOWN', 'repository name not known to registry'),
      source: documented(CODE),
    },
  ],
  existence: {
    hidden: 'partly',
    text: "OpenShift's own registry says that an ImageStream is missing (404) only to whoever has system:image-puller in its namespace",
    who: 'oc get imagestreams in the namespace of the image',
  },
  limits: [],
  docs: 'https://docs.okd.io/latest/openshift_images/managing_images/using-image-pull-secrets.html',
};
