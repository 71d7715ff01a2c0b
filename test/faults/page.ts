/** `docs/proof/faults.md`, from what a run of all faults left behind. Pure. */
import type { CauseName } from '../../src/words/cause.ts';
import type { FaultyAs } from './fault.ts';
import { type Answer, GOALS, type Judged, namedByVerify, type Score, score } from './judge.ts';
import { NOT_PRODUCED } from './not-produced.ts';

/** One fault with what was answered, as a run leaves it. */
export interface PageRow extends Judged {
  readonly family: string;
  readonly what: string;
  readonly as?: FaultyAs | undefined;
}

/** A pull secret with a fault of `decode`. */
export interface SecretRow {
  readonly id: string;
  readonly what: string;
  /** What became of the pod: a cause, or that it runs. */
  readonly came: string;
}

/** A fault whose printed next steps were carried out. */
export interface MendedRow {
  readonly name: string;
  readonly cause: CauseName;
  /** What the words of a step ask for was done as well. */
  readonly byHand: boolean;
  /** Until the pod ran; `null`: it never did. */
  readonly seconds: number | null;
  readonly commands: readonly string[];
}

export interface FaultRun {
  readonly date: string;
  /** Name and version of what took part, in the order of the page. */
  readonly versions: readonly (readonly [name: string, version: string])[];
  readonly seconds: number;
  readonly rows: readonly PageRow[];
  readonly secrets: readonly SecretRow[];
  /** Empty where the steps were not tried. */
  readonly mended: readonly MendedRow[];
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replace(/\s+/g, ' ');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function answer(a: Answer | null): string {
  if (a === null) return 'no answer';
  const or = a.alternatives.length === 0 ? '' : `, or ${a.alternatives.join(', ')}`;
  return `${a.cause} (${a.certainty})${or}`;
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`;
}

function totals(s: Score): string {
  return table(
    ['', 'measured', 'goal'],
    [
      ['faults injected', String(s.faults), 'at least 100'],
      ['causes among them', String(s.causes), 'all that this runtime can produce'],
      [
        'named by `describe --verify`',
        `${s.namedByVerify} of ${s.faults} (${percent(s.namedByVerify, s.faults)})`,
        `at least ${GOALS.named * 100} %`,
      ],
      [
        'truth among the answers of `describe`',
        `${s.namedByDescribe} of ${s.faults} (${percent(s.namedByDescribe, s.faults)})`,
        `${GOALS.truth * 100} %`,
      ],
      ['most alternatives in an answer', String(s.mostAlternatives), `${GOALS.mostAlternatives}`],
      [
        'alternatives an answer, mean',
        s.meanAlternatives.toFixed(2),
        `at most ${GOALS.meanAlternatives}`,
      ],
      ['certain answers that are wrong', String(s.wronglyCertain), `${GOALS.wronglyCertain}`],
    ],
  );
}

function faultRow(row: PageRow): readonly string[] {
  const as = row.as === undefined || row.as === 'Pod' ? '' : ` (${row.as})`;
  const hidden = row.hidden === undefined ? '' : `; hidden: ${row.hidden}`;
  const verdict = namedByVerify(row) ? '' : '**missed:** ';
  return [
    `\`${row.name}\``,
    `${row.what}${as}${hidden}`,
    row.cause,
    answer(row.describe),
    `${verdict}${answer(row.verify)}`,
  ];
}

function byFamily(rows: readonly PageRow[]): string {
  return [...Map.groupBy(rows, ({ family }) => family)]
    .map(([family, of]) => {
      const head = ['fault', 'what was done', 'cause', '`describe`', '`describe --verify`'];
      return `## ${family}\n\n${table(head, of.map(faultRow))}`;
    })
    .join('\n\n');
}

function perCause(rows: readonly PageRow[]): string {
  const counts = Map.groupBy(rows, ({ cause }) => cause);
  const sorted = [...counts].sort(([a], [b]) => a.localeCompare(b));
  return table(
    ['cause', 'faults'],
    sorted.map(([cause, of]) => [cause, String(of.length)]),
  );
}

/** The names of faults a page tells of, in its order. */
export function faultsOnPage(page: string): readonly string[] {
  return [...page.matchAll(/^\| `([a-z0-9-]+)` \| .+ \| [A-Z][A-Za-z]+ \| /gm)].map(
    ([, name = '']) => name,
  );
}

/** The command that changed something last: after it the pod ran. */
function mendedBy({ byHand, commands, seconds }: MendedRow): string {
  if (seconds === null) return '**not mended**';
  const last = commands.at(-1) ?? '';
  const short = /^kubectl get \S+ .*replace --force/.test(last)
    ? '`kubectl get … | kubectl replace --force -f -`'
    : `\`${last.split(' ').slice(0, 3).join(' ')} …\``;
  return byHand ? `by hand, then ${short}` : short;
}

function mendedTable(rows: readonly MendedRow[]): string {
  if (rows.length === 0) return 'Not tried in this run.';
  const done = rows.filter(({ seconds }) => seconds !== null);
  const causes = new Set(done.map(({ cause }) => cause)).size;
  const sorted = rows.toSorted((a, b) => a.cause.localeCompare(b.cause));
  return `${done.length} of ${rows.length} pods ran afterwards, of ${causes} causes.

${table(
  ['fault', 'cause', 'mended by', 'seconds'],
  sorted.map((row) => [
    row.name,
    row.cause,
    mendedBy(row),
    row.seconds === null ? '' : row.seconds.toFixed(1),
  ]),
)}`;
}

/** The page. */
export function faultsPage({ date, versions, seconds, rows, secrets, mended }: FaultRun): string {
  const reasons = Object.entries(NOT_PRODUCED) as [CauseName, string][];
  return `<!-- Made by \`npm run test:faults -- --write\`; not edited by hand. -->
# Injected faults

Each fault was injected on a real node, the packed binary ran \`describe\`, then \`describe --verify\`, and the answers were
compared with what had been done. A fault is named when the cause is the injected one; where the registry hides it, an
answer that is not certain and has it among the alternatives counts. How it is done: \`test/faults/README.md\`.

${table(
  ['', 'version'],
  versions.map(([name, version]) => [name, version]),
)}

${date}, ${Math.round(seconds)} s on the machine of the run.

## Totals

${totals(score(rows))}

${byFamily(rows)}

## Pull secrets with a fault

Every fault that \`decode\` knows, one secret and one pod each. They are not counted above.

${table(
  ['fault of `decode`', 'what is in the secret', 'what came of the pod'],
  secrets.map(({ id, what, came }) => [`\`${id}\``, what, came]),
)}

## Mended by the printed next steps

The next steps that \`describe --verify\` prints were carried out in their order, as the shell commands they are, until the
pod, or the one in its place, ran. Words in capitals were filled in; "by hand" is what a step asks for in words, such as
to start a registry. The last command is named.

${mendedTable(mended)}

## Faults a cause

${perCause(rows)}

## Causes that are not injected

${table(['cause', 'why'], reasons)}
`;
}
