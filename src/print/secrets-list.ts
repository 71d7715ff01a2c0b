/** The list that `secrets` prints for people. Pure. */

import type { NextStep } from '../words/next-step.ts';
import type { ListedSecret, Rotation, Uncovered } from '../words/secret-row.ts';
import { humanAge } from './age.ts';
import { visible } from './escape.ts';
import { expiresText, someOf, typeText, usedByText, userText } from './secrets-cells.ts';
import { noteLines, stepLines } from './secrets-notes.ts';
import { formatTable, tableParts } from './table.ts';

export interface SecretsPrint {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly noHeaders: boolean;
  readonly wide: boolean;
  readonly withNamespace: boolean;
  /** Columns at which sentences are folded. */
  readonly width: number;
}

/** Secrets that are the same but for their namespaces. */
export interface SecretGroup {
  readonly example: ListedSecret;
  readonly rows: readonly ListedSecret[];
}

/** Longest reason in a table that is not wide. */
const MAX_WHY = 120;
/** Registries and users in one cell. */
const FEW = 2;
const MANY = 40;
/** Namespaces named in one line. */
const MAX_NAMED = 10;

/** A row a group; groups of one where all rows are wanted. In parts: a cluster may have thousands. */
export function secretsTable(
  groups: readonly SecretGroup[],
  print: SecretsPrint,
): Generator<string> {
  const headers = [
    ...(print.withNamespace ? ['NAMESPACE'] : []),
    ...['NAME', 'TYPE', 'REGISTRIES', 'USER', 'KIND', 'EXPIRES', 'USED BY', 'AGE'],
    ...(print.wide || print.withNamespace ? ['FINGERPRINT'] : []),
    'STATUS',
  ];
  const most = print.wide ? MANY : FEW;
  const cells = ({ example, rows }: SecretGroup) => [
    ...(print.withNamespace ? [placeText(example, rows)] : []),
    example.name,
    typeText(example, print.wide),
    isRead(example) ? someOf(example.registries, most) : '<unknown>',
    isRead(example) ? someOf(example.users.map(userText), most) : '<unknown>',
    isRead(example) ? someOf(example.kinds, most) : '<unknown>',
    expiresText(example.expires, print.now),
    usedByText(usedByAll(rows), print.wide),
    humanAge(example.createdAt, print.now),
    ...(print.wide || print.withNamespace ? [example.fingerprint ?? '<none>'] : []),
    statusText(example, print.wide),
  ];
  const rowAt = (at: number) => {
    const group = groups[at];
    return group === undefined ? [] : cells(group);
  };
  return tableParts(headers, groups.length, rowAt, { noHeaders: print.noHeaders });
}

function placeText(example: ListedSecret, rows: readonly ListedSecret[]): string {
  return rows.length === 1 ? example.namespace : `${rows.length} namespaces`;
}

function isRead({ status }: ListedSecret): boolean {
  return !['missing', 'not allowed', 'not known', 'elided'].includes(status);
}

/** ServiceAccounts of several namespaces are counted, since their names alone say nothing. */
function usedByAll(rows: readonly ListedSecret[]): ListedSecret['usedBy'] {
  const known = rows.flatMap(({ usedBy }) => (usedBy === null ? [] : [usedBy]));
  if (known.length < rows.length || known.length <= 1) return known[0] ?? null;
  return {
    serviceAccounts: known.flatMap(({ serviceAccounts }) => serviceAccounts),
    pods: known.reduce((sum, { pods }) => sum + pods, 0),
    podNames: [],
  };
}

function statusText({ status, why }: ListedSecret, wide: boolean): string {
  if (why === null) return status;
  const short = wide || why.length <= MAX_WHY ? why : `${why.slice(0, MAX_WHY - 3)}...`;
  return `${status}: ${short}`;
}

/** `all-icr-io: 297 alike, 3 older: ns-a, ns-b, ns-c` */
export function rotationLines(rotations: readonly Rotation[]): string {
  return rotations
    .map(({ name, alike, others }) => {
      const parts = (['older', 'newer', 'different'] as const).flatMap((age) => {
        const places = others.filter((other) => other.age === age).map((o) => o.namespace);
        return places.length > 0 ? [`${places.length} ${age}: ${named(places)}`] : [];
      });
      return visible(`${name}: ${alike} alike, ${parts.join('; ')}`);
    })
    .map((line) => `${line}\n`)
    .join('');
}

function named(places: readonly string[]): string {
  const more = places.length > MAX_NAMED ? ` and ${places.length - MAX_NAMED} more` : '';
  return `${places.slice(0, MAX_NAMED).join(', ')}${more}`;
}

/** Namespaces whose failing images no secret is for. */
export function uncoveredTable(lines: readonly Uncovered[], print: SecretsPrint): string {
  if (lines.length === 0) return '';
  const rows = lines.map((line) => [
    line.namespace,
    line.registry,
    String(line.pods),
    line.examplePod,
    line.why,
  ]);
  const headers = ['NAMESPACE', 'REGISTRY', 'PODS', 'EXAMPLE', 'WHY'];
  const title = 'Failing images that no pull secret of their pods is for:';
  const table = formatTable(headers, rows, { noHeaders: print.noHeaders });
  return print.noHeaders ? table : `${title}\n${table}`;
}

/** What was found about them, and what to do. */
export function noteText(
  findings: readonly string[],
  steps: readonly NextStep[],
  { width }: SecretsPrint,
): string {
  const lines = [
    ...noteLines('Found', findings, width),
    ...noteLines('Next', stepLines(steps), width),
  ];
  return lines.map((line) => `${line}\n`).join('');
}
