/** docs/causes: a page for each cause and the list of them, from the catalogue of src/causes. */
import { CAUSES } from '../../src/causes/index.ts';
import { causeView } from '../../src/commands/explain.ts';
import type { CauseView } from '../../src/print/reading-list.ts';
import { CAUSE_NAMES } from '../../src/words/cause.ts';
import { code, GENERATED, table } from './markdown.ts';
import { registriesOf } from './registry-pages.ts';

/** The pages by path below the project's folder. */
export function causePages(): Map<string, string> {
  const views = CAUSE_NAMES.map((name) => causeView(CAUSES[name]));
  const pages = new Map(views.map((view) => [`docs/causes/${view.name}.md`, causePage(view)]));
  return pages.set('docs/causes/README.md', listPage(views));
}

function listPage(views: readonly CauseView[]): string {
  const rows = views.map((v) => [`[${v.name}](${v.name}.md)`, v.title, v.waiting]);
  return `${GENERATED}
# Causes

What \`kubectl imagepull\` can answer. The names are the contract of \`-o json\`: one is never changed, only added.

${table(['Cause', 'What it means', 'Waiting'], rows)}
An answer is \`certain\` (the text excludes every other cause), \`likely\` (one stands out) or \`ambiguous\` (several fit
equally well); the others are in \`alternatives\`.
`;
}

function causePage(view: CauseView): string {
  const registries = registriesOf(view.name);
  const parts = [
    `${GENERATED}\n# ${view.name}: ${view.title}`,
    view.meaning,
    ...(view.examples.length > 0
      ? ['## How it looks', ...view.examples.map((text) => code(text))]
      : []),
    ...(view.tellApart.length > 0
      ? [
          '## How to tell it from its neighbours',
          view.tellApart
            .map(({ from, how, command }) => item(`[${from}](${from}.md): ${how}`, command))
            .join('\n'),
        ]
      : []),
    '## Does waiting help?',
    sentence(view.waiting),
    ...(view.nextSteps.length > 0
      ? [
          '## What to do',
          view.nextSteps.map(({ text, command }, i) => item(text, command, `${i + 1}.`)).join('\n'),
        ]
      : []),
    ...(/\b(?:POD|NAMESPACE|NODE|HOST|SECRET|REPOSITORY|IMAGE|SERVICEACCOUNT)\b/.test(said(view))
      ? ['Words in capitals are yours to fill in; `kubectl imagepull describe` does it for a pod.']
      : []),
    ...(registries.length > 0 ? ['## How each registry says it', `${registries.join(', ')}.`] : []),
    '[All causes](README.md)',
  ];
  return `${parts.join('\n\n')}\n`;
}

/** Everything that may hold a placeholder. */
function said(view: CauseView): string {
  return JSON.stringify([view.tellApart, view.nextSteps]);
}

function sentence(phrase: string): string {
  return `${phrase.charAt(0).toUpperCase()}${phrase.slice(1)}.`;
}

function item(text: string, command: string | undefined, mark = '-'): string {
  const indent = ' '.repeat(mark.length + 1);
  if (command === undefined) return `${mark} ${text}`;
  const block = code(command)
    .split('\n')
    .map((line) => `${indent}${line}`)
    .join('\n');
  return `${mark} ${text}\n${block}`;
}
