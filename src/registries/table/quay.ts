/** Quay, at quay.io and elsewhere. Source of its errors: quay/quay endpoints/v2/{errors,v2auth}.py. */
import { ANYWHERE, body, CONTENT, documented, recorded } from '../answers.ts';
import type { Registry } from '../registry.ts';

const LOGIN_CODE = 'https://github.com/quay/quay/blob/master/auth/credentials.py';
const ERRORS = 'https://github.com/quay/quay/blob/master/endpoints/v2/errors.py';

export const quay: Registry = {
  id: 'quay',
  name: 'Quay',
  hosts: [{ host: 'quay.io' }],
  habits: ['quay'],
  users: { known: ['*+*', '$token', '$oauthtoken', '$app'], closed: false, usual: null },
  credentials: [
    'A robot account (ORGANISATION+ROBOT), until its token is made anew',
    'User $token, $oauthtoken or $app: an access, OAuth or app token',
    'A user with the encrypted password of the account',
  ],
  nodeCredentials: null,
  key: '{host}',
  secret: {
    get: 'A robot account of the organisation with read permission on the repository: its user name is ORGANISATION+ROBOT. Quay also offers the finished secret for download.',
  },
  renew: 'A robot account (ORGANISATION+ROBOT) lasts until its token is made anew.',
  answers: [
    {
      at: ['token'],
      status: [401],
      sent: true,
      says: /Could not find robot/i,
      causes: ['Unauthorized'],
      means: 'there is no such robot account',
      example: body('UNAUTHORIZED', 'Could not find robot with username: acme+puller'),
      source: documented(LOGIN_CODE),
    },
    {
      at: ['token'],
      status: [401],
      sent: true,
      says: /Invalid Username or Password/i,
      causes: ['Unauthorized'],
      means: 'wrong user name or password',
      example: body('UNAUTHORIZED', 'Invalid Username or Password'),
      source: documented(LOGIN_CODE),
    },
    {
      at: ['token'],
      status: [401],
      sent: true,
      says: /Invalid access token/i,
      causes: ['Unauthorized', 'CredentialsExpired'],
      means: 'the access token is wrong or was revoked',
      example: body('UNAUTHORIZED', 'Invalid access token'),
      source: documented(LOGIN_CODE),
    },
    {
      at: CONTENT,
      status: [401],
      says: /access to the requested resource is not authorized/i,
      causes: ['RepositoryMissingOrPrivate', 'Forbidden'],
      ladder: 'missing-or-private',
      means: 'no such repository, or no right to read it',
      example: body('UNAUTHORIZED', 'access to the requested resource is not authorized'),
      source: recorded('test/corpus A231'),
    },
    {
      at: ['manifest'],
      status: [404],
      code: 'TAG_EXPIRED',
      causes: ['TagNotFound'],
      ladder: 'manifest-not-found',
      means: 'the tag was there and has expired: Quay drops tags at their date',
      example: body('TAG_EXPIRED', 'Tag has expired'),
      source: documented(ERRORS),
    },
    {
      at: ANYWHERE,
      status: [405],
      says: /namespace is disabled/i,
      causes: ['Forbidden'],
      ladder: 'forbidden',
      means: 'the organisation or user is disabled in Quay',
      example: body(
        'DENIED',
        'This namespace is disabled. Please contact your system administrator.',
      ),
      source: documented(ERRORS),
    },
    {
      at: CONTENT,
      status: [403],
      says: /geo-ip blocked/i,
      causes: ['AccessBlocked'],
      means: 'Quay does not serve this part of the world',
      open: 'it goes by the address of this machine: nodes elsewhere may get through',
      address: true,
      example: body(
        'DENIED',
        'The region from which you are pulling has been geo-ip blocked. Please contact the namespace owner.',
      ),
      source: documented(ERRORS),
    },
    {
      at: ['manifest'],
      status: [404],
      code: 'NAME_UNKNOWN',
      causes: ['RepositoryNotFound'],
      means: 'there is no such repository; Quay says so only to whoever might see it',
      example: body('NAME_UNKNOWN', 'repository name not known to registry'),
      source: documented(ERRORS),
    },
    {
      at: ['manifest'],
      status: [404],
      code: 'MANIFEST_UNKNOWN',
      causes: ['TagNotFound', 'DigestNotFound'],
      means: 'the repository can be read, the tag or digest is not there',
      example: body('MANIFEST_UNKNOWN', 'manifest unknown'),
      source: recorded('test/corpus A203'),
    },
  ],
  existence: {
    hidden: 'yes',
    text: 'Quay answers 401 for a repository that is missing and for one that you may not read',
    who: 'a robot account with read permission, or a member of the organisation',
  },
  limits: [
    {
      text: 'quay.io: tens of requests a second from one address, more for a short while; then 429',
      source: 'https://docs.quay.io/issues/429.html',
    },
  ],
  docs: 'https://docs.quay.io/glossary/robot-accounts.html',
};
