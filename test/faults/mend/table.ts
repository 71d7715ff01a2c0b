/**
 * What a person brings to the printed next steps of a fault: the words in capitals, and what no command of ours can do.
 * Faults that bring their own (`Fault.mend`) are not repeated here.
 */
import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { pki } from '../../cluster/up/certificates.ts';
import { CERTS_D } from '../../cluster/up/containerd.ts';
import { breakAgain, heal } from '../../cluster/up/healed.ts';
import {
  APP,
  HOSTS,
  OTHER_APP,
  PASSWORD,
  PLAIN_PORT,
  PRIVATE_APP,
  SECOND_APP,
  USER,
} from '../../cluster/up/settings.ts';
import type { Fault, Mend } from '../fault.ts';
import { removeHostsToml, writeHostsToml } from '../node/hosts-toml.ts';
import { pushOwnImage } from '../node/images.ts';

/** A mend, and what has to be so before the fault is made. */
export interface Tried extends Mend {
  readonly setUp?: () => Promise<void>;
  readonly tidyUp?: () => Promise<void>;
  /** In the short run. */
  readonly short?: boolean;
}

/** Nothing is asked of the reader. */
const AS_PRINTED: Tried = {};
const LOGIN: Tried = { fill: { USER, Password: PASSWORD } };

const image = (name: string): Tried => ({ fill: { IMAGE: name } });
/** Whoever runs the registry, or what is before it, does what the step asks for. */
const healed = (kind: string): Tried => ({
  byHand: async () => heal(kind),
  tidyUp: async () => breakAgain(kind),
});

const UNTRUSTED = HOSTS.untrusted.name;
const PLAIN = `plain.${HOSTS.faults.name}:${PLAIN_PORT}`;
const NEVER = OTHER_APP.replace(/[^:]*$/, 'never');
const TEAM = `${HOSTS.token.name}/team/app:1.0`;

/** The image is there to be pulled, and not on the node: for one fault alone, which leaves it there. */
const NEVER_PULLED: Tried = { setUp: () => pushOwnImage(NEVER) };

const NAMES: Readonly<Record<string, Tried>> = {
  'name-upper-case': { ...AS_PRINTED, short: true },
  'name-scheme': AS_PRINTED,
  'name-two-colons': AS_PRINTED,
  'name-empty-part': AS_PRINTED,
  'name-no-tag': image(APP),
  'name-variable': image(APP),
  'name-short-digest': image(APP),
  tag: { ...AS_PRINTED, short: true },
  'tag-second': AS_PRINTED,
  'tag-token': AS_PRINTED,
  'tag-basic': AS_PRINTED,
  'tag-cache': AS_PRINTED,
  'tag-latest': AS_PRINTED,
  'tag-debug': AS_PRINTED,
  digest: image(APP),
  'digest-tag': image(APP),
  'digest-second': image(SECOND_APP),
  repository: image(APP),
  'repository-second': image(SECOND_APP),
  'repository-token': image(TEAM),
  'repository-basic': image(PRIVATE_APP),
};

const CREDENTIALS: Readonly<Record<string, Tried>> = {
  'no-secret': { ...LOGIN, short: true },
  'wrong-password': { ...LOGIN, short: true },
  'wrong-password-token': LOGIN,
  'wrong-password-public': LOGIN,
  'other-host': LOGIN,
  opaque: LOGIN,
  'private-none': LOGIN,
  'private-guest': LOGIN,
  denied: healed('denied'),
  'login-denied': healed('login-denied'),
  'token-expired': LOGIN,
  'secret-missing': { ...LOGIN, short: true },
  'secret-misspelt': AS_PRINTED,
  'account-secret-missing': LOGIN,
  'secret-elsewhere': LOGIN,
  'auth-twice': LOGIN,
  'auth-no-colon': LOGIN,
  'auth-not-base64': { ...LOGIN, short: true },
  'auths-list': LOGIN,
  'entry-text': LOGIN,
  'account-secret-broken': LOGIN,
};

const WAY: Readonly<Record<string, Tried>> = {
  dns: { ...image(APP), short: true },
  'dns-token': healed('realm-lost'),
  refused: image(APP),
  'refused-port': image(APP),
  'refused-token': healed('realm-closed'),
  'no-route': image(APP),
  'unknown-ca': {
    short: true,
    byHand: async () => {
      mkdirSync(path.join(CERTS_D, UNTRUSTED), { recursive: true });
      copyFileSync(pki('unknown.crt'), path.join(CERTS_D, UNTRUSTED, 'ca.crt'));
    },
    tidyUp: async () => removeHostsToml(UNTRUSTED),
  },
  'by-address': image(APP),
  plain: {
    byHand: async () => writeHostsToml(PLAIN, `server = "http://${PLAIN}"\n`),
    tidyUp: async () => removeHostsToml(PLAIN),
  },
};

const ANSWERS: Readonly<Record<string, Tried>> = {
  limited: healed('limited'),
  'limited-layer': healed('limited-layer'),
  quota: healed('blob-quota'),
  'policy-blob': healed('blob-denied'),
  'address-denied': healed('address-denied'),
  maintenance: healed('maintenance'),
  cut: healed('cut'),
  'broken-token': healed('realm-500'),
  portal: image(APP),
  'manifest-cut': image(APP),
};

const IMAGES: Readonly<Record<string, Tried>> = {
  'arm-only': image(APP),
  'windows-only': image(APP),
  schema1: image(APP),
  chart: image(APP),
  'layer-gone': image(APP),
  'blob-gone': image(APP),
  'not-gzip': image(APP),
  'diff-id': image(APP),
  never: NEVER_PULLED,
};

export const TABLE: Readonly<Record<string, Tried>> = {
  ...NAMES,
  ...CREDENTIALS,
  ...WAY,
  ...ANSWERS,
  ...IMAGES,
};

/** Content of `~/.docker/config.json`: the reader's own login. */
export const READERS_LOGIN = JSON.stringify({
  auths: Object.fromEntries(
    [HOSTS.private.name, HOSTS.token.name].map((host) => [
      host,
      { auth: Buffer.from(`${USER}:${PASSWORD}`).toString('base64') },
    ]),
  ),
});

/** How a fault is mended; `null`: not tried. */
export function mendOf({ name, mend }: Fault): Tried | null {
  const own = TABLE[name];
  if (own !== undefined) return own;
  return mend === undefined || typeof mend === 'string' ? null : mend;
}
