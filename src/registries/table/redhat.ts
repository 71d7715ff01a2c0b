/**
 * Red Hat's registry and the one inside OpenShift.
 * Sources: openshift/image-registry pkg/dockerregistry/server/auth.go; openshift/openshift-controller-manager
 * pkg/internalregistry/controllers.
 */
import { ANY_USER, type Registry } from '../registry.ts';

export const redhat: Registry = {
  id: 'redhat',
  name: 'Red Hat Registry',
  hosts: [
    { host: 'registry.redhat.io' },
    { host: 'registry.connect.redhat.com' },
    { host: 'registry.access.redhat.com', note: 'serves without credentials' },
  ],
  habits: [],
  users: { known: ['*|*'], closed: false, usual: null },
  nodeCredentials: 'the global pull secret of OpenShift, which is on every node there',
  key: '{host}',
  renew: 'A registry service account (NUMBER|NAME) with its token lasts until it is deleted.',
  docs: 'https://access.redhat.com/RegistryAuthentication',
};

const INTERNAL = ['image-registry.openshift-image-registry.svc', 'docker-registry.default.svc'];

export const openshift: Registry = {
  id: 'openshift',
  name: "OpenShift's own registry",
  hosts: INTERNAL.flatMap((host) => [
    { host, ...(host === INTERNAL[1] ? { standing: 'old' as const, instead: INTERNAL[0] } : {}) },
    { host: `${host}.cluster.local` },
  ]),
  habits: [],
  users: ANY_USER,
  nodeCredentials: null,
  key: '{host}',
  renew:
    'OpenShift writes and renews the secret SERVICEACCOUNT-dockercfg-… itself; the ServiceAccount needs system:image-puller for images of another namespace.',
  docs: null,
};
