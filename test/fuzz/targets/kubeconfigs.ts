/** Kubeconfigs: files that kubectl would take or refuse, and no token of them in an error. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { load } from 'js-yaml';
import { errorLine } from '../../../src/cli/errors.ts';
import { loadConnection } from '../../../src/cluster/kubeconfig/kubeconfig.ts';
import type { ConnectionOptions } from '../../../src/words/options.ts';
import { certificate } from '../../rig/api-server.ts';
import { Canaries, formsOf } from '../../rig/canaries.ts';
import { tempFolder } from '../../rig/temp.ts';
import { testWorld } from '../../rig/world.ts';
import { repeated } from '../growth.ts';
import { mutated } from '../mutate.ts';
import { promise } from '../properties.ts';
import type { Opened, Target } from '../target.ts';

interface ConfigFile {
  /** Bytes, as latin1. */
  readonly bytes: string;
  readonly context: string;
}

const canaries = new Canaries();
const TOKEN = canaries.plant('token');
const PASSWORD = canaries.plant('basic');
const SECRETS = canaries.planted.flatMap(formsOf);
const CONTEXTS = ['', 'token', 'cert', 'basic', 'exec', 'oidc', 'file', 'gone'];
const WORDS = [
  'token: ',
  'exec:\n',
  'auth-provider:\n',
  'proxy-url: socks5://',
  'insecure-skip-tls-verify: yes',
];
const PIECES = [
  'a',
  'a: ',
  '- ',
  '[',
  '{',
  '&a ',
  '*a ',
  '"',
  '"\\',
  '- {name: a}\n',
  '? ',
  '|\n ',
  '!!map ',
];

export const kubeconfigs: Target = {
  name: 'kubeconfigs',
  what: 'kubeconfigs with every way to log in, through the loader',
  share: 2,
  async open() {
    const folder = tempFolder();
    const path = join(folder.path, 'config');
    const world = testWorld({ env: { KUBECONFIG: path, HOME: folder.path }, cwd: folder.path });
    const json = JSON.stringify(kubeconfig());
    const opened: Opened<ConfigFile> = {
      inputs: fc.record({
        bytes: mutated([json, yamlOf(kubeconfig())], { bytes: true, words: WORDS, most: 6 }),
        context: fc.constantFrom(...CONTEXTS),
      }),
      run({ bytes, context }) {
        writeFileSync(path, bytes, 'latin1');
        const options: ConnectionOptions = { asGroups: [], asUserExtra: [], context };
        try {
          const { endpoint, namespace } = loadConnection(options, world);
          promise(/^https?:$/.test(endpoint.server.protocol), endpoint.server.href);
          promise(typeof namespace === 'string', 'a namespace that is no text');
          return { texts: [] };
        } catch (error) {
          const texts = [errorLine(error)];
          const holds = SECRETS.some((secret) => texts[0]?.includes(secret));
          return { texts, secrets: holds && isMisplaced(bytes) ? [] : SECRETS };
        }
      },
      growths: PIECES.map((piece) => ({
        name: JSON.stringify(piece),
        make: (bytes) => ({ bytes: repeated(piece, bytes), context: '' }),
      })),
      close: async () => folder.remove(),
    };
    return opened;
  },
};

/** Fields of `kubeconfig()` that hold a secret, or what holds one. */
const SECRET_FIELDS = ['token', 'password', 'proxy-url', 'args', 'env', 'config'];

/** Whether a change made a secret a part of a name, which errors may say. Of a text that is no YAML nothing may be said. */
function isMisplaced(bytes: string): boolean {
  try {
    return isOutside(load(bytes, { json: true }));
  } catch {
    return false;
  }
}

function isOutside(value: unknown): boolean {
  if (typeof value === 'string') return SECRETS.some((secret) => value.includes(secret));
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(
    ([name, inner]) => isOutside(name) || (!SECRET_FIELDS.includes(name) && isOutside(inner)),
  );
}

function kubeconfig() {
  const data = (name: string) => certificate(name).toString('base64');
  const users = {
    token: { token: TOKEN },
    cert: { 'client-certificate-data': data('client.crt'), 'client-key-data': data('client.key') },
    basic: { username: 'alice', password: PASSWORD, as: 'bob', 'as-groups': ['dev'] },
    exec: {
      exec: {
        apiVersion: 'client.authentication.k8s.io/v1',
        command: 'plugin',
        args: ['--token', TOKEN],
        env: [{ name: 'SECRET', value: PASSWORD }],
        interactiveMode: 'Never',
      },
    },
    oidc: {
      'auth-provider': { name: 'oidc', config: { 'id-token': TOKEN, 'refresh-token': PASSWORD } },
    },
    file: { tokenFile: '/nonexistent' },
  };
  return {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'token',
    clusters: [
      {
        name: 'c',
        cluster: {
          server: 'https://10.0.0.1:6443/prefix',
          'certificate-authority-data': data('ca.crt'),
          'tls-server-name': 'api.test',
          'proxy-url': `http://alice:${PASSWORD}@proxy.example:3128`,
        },
      },
    ],
    users: Object.entries(users).map(([name, user]) => ({ name, user })),
    contexts: Object.keys(users).map((name) => ({
      name,
      context: { cluster: 'c', user: name, namespace: 'shop' },
    })),
  };
}

/** Certificates in a line each, as kubectl writes them. */
function yamlOf(config: ReturnType<typeof kubeconfig>): string {
  const item = (kind: string, { name, ...rest }: { name: string }) =>
    `- name: ${name}\n  ${kind}: ${JSON.stringify((rest as Record<string, unknown>)[kind])}\n`;
  return [
    `apiVersion: v1\nkind: Config\ncurrent-context: ${config['current-context']}\n`,
    ...['cluster', 'user', 'context'].map((kind) => {
      const entries = config[`${kind}s` as 'users'];
      return `${kind}s:\n${entries.map((entry) => item(kind, entry)).join('')}`;
    }),
  ].join('');
}
