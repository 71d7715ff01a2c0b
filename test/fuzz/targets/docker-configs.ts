/** Docker configs of every kind of credential, through the reader, the faults and the keyring. */
import fc from 'fast-check';
import { fingerprintHash } from '../../../src/commands/fingerprint-hash.ts';
import { readConfig } from '../../../src/credentials/docker-config.ts';
import { keyringOf, lookup } from '../../../src/credentials/keyring.ts';
import { repositoryOf } from '../../../src/credentials/match.ts';
import { nearMiss } from '../../../src/credentials/near-miss.ts';
import { reportSecret } from '../../../src/judge/secret-report.ts';
import { visible } from '../../../src/print/escape.ts';
import { Hidden } from '../../../src/words/hidden.ts';
import { NOW } from '../command.ts';
import { repeated } from '../growth.ts';
import { mutated } from '../mutate.ts';
import { configTexts, isMisplaced, SECRETS } from '../secrets.ts';
import { nothingOpen, type Opened, type Said, type Target } from '../target.ts';

interface ConfigInput {
  /** Bytes of the config, as latin1. */
  readonly bytes: string;
  readonly form: 'dockerconfigjson' | 'dockercfg';
  readonly image: string;
}

const WORDS = [
  '"auths":',
  '"auth":',
  '"username":',
  '"password":',
  'https://',
  '/v1/',
  '*.',
  '[a-',
];
const PIECES = [
  'a',
  '{',
  '[',
  '"',
  '\\',
  '{"a":',
  '[1,',
  '{"auths":',
  '\\u0061',
  '*',
  'a.',
  '=',
  'A',
  ' ',
];
const IMAGES = [
  'docker.io/library/nginx',
  'us.icr.io/shop/web',
  'a.example/team/app',
  'quay.io/a/b',
];

export const dockerConfigs: Target = {
  name: 'docker-configs',
  what: 'docker configs with every kind of credential, through the reader, faults and keyring of the kubelet',
  share: 12,
  async open() {
    const opened: Opened<ConfigInput> = {
      inputs: fc.record({
        bytes: mutated(configTexts(), { words: WORDS, bytes: true }),
        form: fc.constantFrom('dockerconfigjson' as const, 'dockercfg' as const),
        image: fc.oneof(fc.constantFrom(...IMAGES), mutated(IMAGES, { most: 2, size: 500 })),
      }),
      run: readIt,
      growths: PIECES.flatMap((piece) => [
        { name: JSON.stringify(piece), make: (bytes) => grown(repeated(piece, bytes)) },
        {
          name: `key ${JSON.stringify(piece)}`,
          make: (bytes) =>
            grown(
              JSON.stringify({
                auths: { [repeated(piece, bytes, '', '\u2028')]: { auth: 'YTpi' } },
              }),
            ),
        },
        {
          name: `password ${JSON.stringify(piece)}`,
          make: (bytes) =>
            grown(
              JSON.stringify({ auths: { a: { username: 'a', password: repeated(piece, bytes) } } }),
            ),
        },
      ]),
      close: nothingOpen,
    };
    return opened;
  },
};

function grown(bytes: string): ConfigInput {
  return { bytes, form: 'dockerconfigjson', image: 'a.example/a/a' };
}

function readIt({ bytes, form, image }: ConfigInput): Said {
  const dataKey = `.${form}`;
  const encoded = Buffer.from(bytes, 'latin1').toString('base64');
  const report = reportSecret(
    {
      namespace: 'shop',
      name: 'regcred',
      uid: '',
      type: `kubernetes.io/${form}`,
      createdAt: NOW - 1000,
      changedAt: null,
      dataKeys: [dataKey],
      data: new Map([[dataKey, new Hidden(encoded)]]),
      elided: false,
    },
    { now: NOW, soonMs: 1000, hash: fingerprintHash({}) },
  );
  const read = readConfig(bytes, form);
  const keyring = keyringOf([{ name: 'regcred', content: read }]);
  const found = keyring.kind === 'broken' ? null : lookup(keyring, image);
  const repository = repositoryOf(image);
  const near = read.entries.map((entry) => nearMiss(entry.writtenKey.reveal(), repository));
  // Everything but `entry` may be printed, says `EntryReport`; printing makes it visible.
  const entries = report.entries.map(({ entry: _, ...shown }) => shown);
  const { faults, status, why } = report;
  const said = JSON.stringify({ entries, faults, status, why });
  return {
    texts: [visible(said), String(found === null), String(near.length)],
    secrets: isMisplaced(bytes) ? [] : SECRETS,
  };
}
