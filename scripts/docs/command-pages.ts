/** docs/commands.md and docs/exit-codes.md, from the data of src/cli. */
import { EXIT_CODES } from '../../src/cli/exit-codes.ts';
import { FLAG_GROUPS, FLAGS, type Flag, type FlagGroup, flagsOf } from '../../src/cli/flags.ts';
import { VERBS, type VerbInfo } from '../../src/cli/verbs.ts';
import { code, GENERATED, table } from './markdown.ts';

/** Listed once, as in the help. */
const GLOBAL: FlagGroup = 'Cluster';

/** The pages by path below the project's folder. */
export function commandPages(): Map<string, string> {
  return new Map([
    ['docs/commands.md', commandsPage()],
    ['docs/exit-codes.md', exitCodesPage()],
  ]);
}

function exitCodesPage(): string {
  const rows = EXIT_CODES.map(({ code: number, meaning }) => [String(number), meaning]);
  return `${GENERATED}
# Exit codes

One table for all commands.

${table(['Code', 'Meaning'], rows)}
Findings alone are no error: without \`--exit-code\` they end with 0, as \`kubectl get\` and \`kubectl describe\` do.
\`verify\` leaves out images with \`imagePullPolicy: Never\`: they have a row, and no kubelet pulls them.
\`describe --watch\` in which no pod matches is never a 0: it waits for one, and ends with 1 at \`--timeout\`.
`;
}

function commandsPage(): string {
  return `${GENERATED}
# Commands

${VERBS.map((verb) => `- [${verb.name}](#${verb.name}): ${verb.summary}`).join('\n')}
- [options](#options): Show the flags that say how the cluster is reached

${VERBS.map(verbSection).join('\n')}
## options

The flags that say how the cluster is reached, as \`kubectl imagepull options\` lists them: kubectl's own. All commands
that ask a cluster take them.

${table(['Flag', 'Meaning'], FLAGS.filter(({ group }) => group === GLOBAL).map(flagRow))}
Exit codes: [exit-codes.md](exit-codes.md).
`;
}

function verbSection(verb: VerbInfo): string {
  const examples = verb.examples.map((e) => `# ${e.comment}\n${e.command}`).join('\n\n');
  const flags = flagsOf(verb.name);
  const groups = FLAG_GROUPS.filter((group) => group !== GLOBAL).map((group) => {
    const rows = flags.filter((flag) => flag.group === group).map(flagRow);
    return rows.length > 0
      ? `### ${group} (${verb.name})\n\n${table(['Flag', 'Meaning'], rows).trimEnd()}`
      : '';
  });
  return [
    `## ${verb.name}`,
    `${verb.summary}.`,
    code(verb.usage.map((form) => `kubectl imagepull ${form}`).join('\n')),
    ...verb.about,
    code(examples),
    ...groups.filter((text) => text !== ''),
    ...(flags.some(({ group }) => group === GLOBAL) ? ['And those of [options](#options).'] : []),
  ]
    .join('\n\n')
    .concat('\n');
}

function flagRow({ short, name, value, description }: Flag): [string, string] {
  const letter = short ? `\`-${short}\`, ` : '';
  return [`${letter}\`--${name}${value ? ` ${value}` : ''}\``, description];
}
