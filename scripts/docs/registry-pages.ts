/** docs/registries: a page for each registry and the list of them, from the table of src/registries. */
import type { RegistryAnswer } from '../../src/registries/answers.ts';
import { type HostRule, REGISTRIES, type Registry } from '../../src/registries/index.ts';
import { secretCommand } from '../../src/registries/secret.ts';
import type { CauseName } from '../../src/words/cause.ts';
import { code, GENERATED, table } from './markdown.ts';

/** `generic` is what is said of a registry that is not known: no page. */
const KNOWN = REGISTRIES.filter(({ id }) => id !== 'generic');

/** The pages by path below the project's folder. */
export function registryPages(): Map<string, string> {
  const pages = new Map(
    KNOWN.map((registry) => [`docs/registries/${registry.id}.md`, registryPage(registry)]),
  );
  return pages.set('docs/registries/README.md', listPage());
}

/** Links from the page of a cause to the registries whose answers it stands for. */
export function registriesOf(cause: CauseName): string[] {
  return KNOWN.filter(({ answers }) => answers.some(({ causes }) => causes.includes(cause))).map(
    ({ id, name }) => `[${name}](../registries/${id}.md)`,
  );
}

function listPage(): string {
  const rows = KNOWN.map((registry) => [
    `[${sentence(registry.name)}](${registry.id}.md)`,
    someHosts(registry),
    HIDES[registry.existence.hidden],
  ]);
  return `${GENERATED}
# Registries

What \`kubectl imagepull\` knows of each: its hosts, its logins, what its answers mean, its limits. \`describe\`, \`secrets\`,
\`decode\` and \`verify\` read the same table.

${table(['Registry', 'Hosts', 'Hides what is private'], rows)}
Any other registry is taken by the protocol alone (OCI distribution specification).
`;
}

const HIDES: Readonly<Record<Registry['existence']['hidden'], string>> = {
  yes: 'yes',
  partly: 'partly',
  no: 'no, all is public',
  'not known': 'not known',
};

function registryPage(registry: Registry): string {
  const { credentials, nodeCredentials, existence, limits } = registry;
  const parts = [
    `${GENERATED}\n# ${sentence(registry.name)}`,
    `Documentation: <${registry.docs}>`,
    '## Hosts',
    hosts(registry),
    ...(registry.secret === null
      ? ['## Login', sentence(registry.renew)]
      : [
          '## Login',
          `User name: ${userNames(registry)}.`,
          ...(credentials.length === 0 ? [] : [credentials.map((text) => `- ${text}`).join('\n')]),
          ...(nodeCredentials === null
            ? []
            : [
                `Nodes may bring a login of their own, which no pull secret shows: ${nodeCredentials}.`,
              ]),
          '## Make a pull secret, and renew it',
          registry.secret.get,
          ...commandOf(registry),
          registry.renew,
        ]),
    '## What its answers mean',
    registry.answers.length === 0
      ? 'Nothing is known beyond the protocol.'
      : registry.answers.map(answer).join('\n\n'),
    '## Missing or private?',
    `${sentence(existence.text)}.${existence.who === null ? '' : ` Who can tell: ${existence.who}.`}`,
    '## Limits',
    limits.length === 0
      ? 'Not known.'
      : limits.map(({ text, source }) => `- ${text} (<${source}>).`).join('\n'),
    '[All registries](README.md)',
  ];
  return `${parts.join('\n\n')}\n`;
}

function commandOf(registry: Registry): string[] {
  const command = secretCommand(registry, { host: null, namespace: null, secret: null });
  if (command === null) return [];
  return [
    code(command),
    'In bash and zsh; no password stands on a command line. Words in capitals are yours to fill in. Then name the secret in `imagePullSecrets` of the pod template or of the ServiceAccount.',
  ];
}

function hosts({ hosts: rules, habits }: Registry): string {
  const rows = rules.map((rule) => [`\`${rule.host}\``, rule.region ?? '', standing(rule)]);
  const guess =
    habits.length === 0
      ? ''
      : `${rows.length === 0 ? '' : '\n\n'}Hosts of its owners' choice with ${habits.map((word) => `\`${word}\``).join(' or ')} in the name are taken for it, with care.\n`;
  const isPlain = rows.every(([, region, what]) => region === '' && what === '');
  const own = isPlain
    ? rows.map(([host]) => `${host}`).join(', ')
    : table(['Host', 'Region', ''], rows);
  return `${own}${guess}`.trimEnd();
}

const STANDING = { current: '', old: 'old name', api: 'serves clients', other: 'no registry' };

function standing({ standing: what = 'current', instead, note }: HostRule): string {
  return [STANDING[what], note ?? '', instead === undefined ? '' : `write \`${instead}\``]
    .filter((text) => text !== '')
    .join('; ');
}

function someHosts({ hosts: rules, habits }: Registry): string {
  const shown = rules.filter(({ standing: what = 'current' }) => what === 'current').slice(0, 3);
  const names = shown.map(({ host }) => `\`${host}\``);
  const words = habits.map((word) => `\`…${word}…\``);
  return [...names, ...words].join(', ');
}

function userNames({ users }: Registry): string {
  const known = users.known.map((name) => `\`${name}\``).join(', ');
  if (known === '') return "the user's own";
  return users.closed ? known : `${known}, or the user's own`;
}

const PLACE = {
  challenge: 'challenge',
  token: 'token server',
  manifest: 'manifest',
  blob: 'layer',
};

function answer(one: RegistryAnswer): string {
  const { at, status, sent, causes, means, open, example, source } = one;
  const said = status.length === 0 ? 'any status' : status.join(' or ');
  const who = sent === undefined ? '' : sent ? ', with a login' : ', without a login';
  const links = causes.map((name) => `[${name}](../causes/${name}.md)`).join(', ');
  const lines = [
    `### ${said}${who}: ${means}`,
    ...(example === '' ? [] : [code(example)]),
    `- Where: ${at.map((place) => PLACE[place]).join(', ')}`,
    `- Means: ${links}`,
    ...(open === undefined ? [] : [`- ${sentence(open)}.`]),
    ...(one.address === true
      ? ['- It is an answer to the address that asks: `verify` says unverifiable.']
      : []),
    `- Source: ${source.kind}, ${link(source.where)}`,
  ];
  const [title = '', ...rest] = lines;
  const block = example === '' ? [] : rest.splice(0, 1);
  return [title, ...block, rest.join('\n')].join('\n\n');
}

function link(where: string): string {
  return where.startsWith('https://') ? `<${where}>` : `\`${where}\``;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
