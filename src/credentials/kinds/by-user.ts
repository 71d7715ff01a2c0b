/**
 * Kinds that the registry and the user name tell.
 * Sources: quay/quay auth/credentials.py, auth/credential_consts.py; goharbor/harbor src/common/const.go;
 * edu.chainguard.dev on pull tokens; access.redhat.com on registry service accounts; openshift-controller-manager pkg/internalregistry.
 */
import { type KindRow, row, UNTIL_DELETED } from './kind.ts';

const QUAY: readonly KindRow[] = [
  row(
    {
      id: 'quay-robot',
      label: 'Quay robot',
      life: 'until its token is made anew',
      expiry: 'jwt',
      advice: 'The robot needs read permission on the repository.',
    },
    (s) => s.registry === 'quay' && s.user.includes('+'),
  ),
  row(
    {
      id: 'quay-access',
      label: 'Quay access token',
      advice: 'A robot account is the usual credential for a cluster.',
    },
    (s) => s.registry === 'quay' && s.user === '$token',
  ),
  row(
    {
      id: 'quay-oauth',
      label: 'Quay OAuth token',
      advice: 'A robot account is the usual credential for a cluster.',
    },
    (s) => s.registry === 'quay' && s.user === '$oauthtoken',
  ),
  row(
    {
      id: 'quay-app',
      label: 'Quay app token',
      advice: 'It belongs to a person: a robot account is the usual credential for a cluster.',
    },
    (s) => s.registry === 'quay' && s.user === '$app',
  ),
];

const HARBOR: readonly KindRow[] = [
  row(
    {
      id: 'harbor-robot',
      label: 'Harbor robot',
      life: 'as many days as it was made for',
      expiry: 'jwt',
      advice: 'Its date stands in Harbor only; the robot needs pull permission on the project.',
    },
    (s) => /^robot\$./.test(s.user),
  ),
];

const CHAINGUARD: readonly KindRow[] = [
  row(
    {
      id: 'chainguard-pull-token',
      label: 'Chainguard pull token',
      life: '30 days, or as long as it was made for (a year at most)',
      expiry: 'jwt',
      advice: 'Its user name is the id of a Chainguard identity, never an e-mail address.',
    },
    (s) => s.registry === 'chainguard' && s.hasPassword && s.user !== '',
  ),
];

const ARTIFACTORY: readonly KindRow[] = [
  row(
    {
      id: 'artifactory-access',
      label: 'Artifactory token',
      expiry: 'jwt',
      advice: 'It needs read permission on the Docker repository.',
    },
    (s) => s.registry === 'artifactory' && s.jwt(),
  ),
];

const RED_HAT: readonly KindRow[] = [
  row(
    {
      id: 'redhat-service-account',
      label: 'Red Hat service account',
      life: UNTIL_DELETED,
      expiry: 'jwt',
      advice: 'The user name is NUMBER|NAME, whole, in quotes for the shell.',
    },
    (s) => s.registry === 'redhat' && /^\d{1,20}\|/.test(s.user),
  ),
  row(
    {
      id: 'redhat-login',
      label: 'Red Hat login',
      life: 'until the password is changed',
      advice: 'It is the login of a person: a registry service account is meant for clusters.',
    },
    (s) => s.registry === 'redhat' && s.hasPassword && s.user !== '',
  ),
];

const OPENSHIFT: readonly KindRow[] = [
  row(
    {
      id: 'openshift-user',
      label: 'OpenShift user token',
      life: 'as long as a login lasts, a day if nothing was said',
      advice: 'It dies with the login: use the token of a ServiceAccount with system:image-puller.',
    },
    (s) => s.starts('sha256~'),
  ),
  row(
    {
      id: 'openshift-service-account',
      label: 'ServiceAccount token',
      expiry: 'jwt',
      advice:
        'OpenShift renews those it wrote itself; a copy in another namespace or cluster dies with its date.',
    },
    (s) => s.jwt() && (s.registry === 'openshift' || s.user === '<token>'),
  ),
];

const HUB: readonly KindRow[] = [
  row(
    {
      id: 'docker-password',
      label: 'Docker Hub password',
      life: 'until it is changed',
      advice: 'An access token (dckr_pat_…) may be limited to reading and be taken back alone.',
    },
    (s) => s.registry === 'docker-hub' && s.hasPassword && s.user !== '',
  ),
];

export const USER_KINDS: readonly KindRow[] = [
  ...QUAY,
  ...HARBOR,
  ...CHAINGUARD,
  ...ARTIFACTORY,
  ...RED_HAT,
  ...OPENSHIFT,
  ...HUB,
];
