/** What `verify` prints for people. Pure. */
import type { IbmCredentialAnswer, IbmStep } from '../words/ibm.ts';
import type { StepResult } from '../words/ladder.ts';
import type { ImageUser, VerifiedImage, VerifiedRow } from '../words/verification.ts';
import { visible } from './escape.ts';
import { HIDDEN_USER, userText } from './secrets-cells.ts';
import { noteLines, stepLines } from './secrets-notes.ts';
import { formatTable, narrow } from './table.ts';

export interface VerifyPrint {
  readonly noHeaders: boolean;
  readonly wide: boolean;
  readonly bold: (text: string) => string;
  /** Columns at which sentences are folded. */
  readonly width: number;
}

/** Images with notes that are told one by one; more do not fit a screen. */
const MAX_NOTES = 8;

/** Longest image or detail in a table that is not wide. */
const MAX_NARROW = 100;

/** A row an image and credential, then the steps where they are wanted, then what was found. */
export function verifyText(images: readonly VerifiedImage[], print: VerifyPrint): string {
  const steps = print.wide || images.length === 1;
  const parts = [
    rowsTable(images, print),
    ...(steps ? images.flatMap((image) => stepBlocks(image, print)) : []),
    ...(steps ? images.flatMap((image) => ibmBlocks(image, print)) : []),
    notesOf(images, print),
  ];
  return parts.filter((part) => part !== '').join('\n');
}

function rowsTable(images: readonly VerifiedImage[], print: VerifyPrint): string {
  const headers = [
    'IMAGE',
    'CREDENTIAL',
    ...(print.wide ? ['KEY', 'USER', 'TRY', 'TOKEN FROM', 'PODS', 'TIME'] : []),
    ...['RESULT', 'STEP', 'DETAIL'],
  ];
  const rows = images.flatMap((image) =>
    image.rows.map((row) => [
      narrow(image.image || '<none>', print.wide, MAX_NARROW),
      row.credential,
      ...(print.wide ? wideCells(image, row) : []),
      row.result,
      row.step ?? '<none>',
      narrow(row.detail || '<none>', print.wide, MAX_NARROW),
    ]),
  );
  return formatTable(headers, rows, { noHeaders: print.noHeaders });
}

function wideCells(image: VerifiedImage, row: VerifiedRow): string[] {
  return [
    row.key ?? '<none>',
    row.key === null && row.user === null ? '<none>' : userText(row.user),
    row.order === null ? '-' : String(row.order),
    row.asked?.realmHost ?? '<none>',
    usersText(image),
    row.asked === null ? '<none>' : timeText(row.asked.ms),
  ];
}

/** `Pod shop/web-1`, and how many more. */
function usersText({ users, count }: VerifiedImage): string {
  const [first] = users;
  if (first === undefined) return '<none>';
  return count > 1 ? `${userName(first)} +${count - 1}` : userName(first);
}

/** `pod/web-1` as kubectl names it, with its namespace. */
export function userName({ kind, namespace, name }: ImageUser): string {
  return `${namespace}/${kind.toLowerCase()}/${name}`;
}

/** `340ms`, `1.3s`. */
function timeText(ms: number): string {
  return ms < 1000 ? `${ms}ms` : `${(ms / 1000).toFixed(1)}s`;
}

/** A table of steps for each row that asked a registry. */
function stepBlocks(image: VerifiedImage, print: VerifyPrint): string[] {
  return image.rows.flatMap((row) => {
    if (row.asked === null) return [];
    const title = `${image.image}, ${row.credential}${aside(row)}`;
    const rows = row.asked.steps.map((step) => [step.step, outcome(step), took(step), step.detail]);
    const table = formatTable(['STEP', 'RESULT', 'TIME', 'DETAIL'], rows, print);
    return [`${print.bold(visible(title))}\n${table}`];
  });
}

/** What IBM Cloud says of each credential. */
function ibmBlocks(image: VerifiedImage, print: VerifyPrint): string[] {
  return (image.ibm?.credentials ?? []).map(({ credential, steps }: IbmCredentialAnswer) => {
    const rows = steps.map((step) => [
      step.step,
      ibmOutcome(step),
      step.ms === 0 ? '-' : timeText(step.ms),
      step.detail || '<none>',
    ]);
    const table = formatTable(['STEP', 'RESULT', 'TIME', 'DETAIL'], rows, print);
    return `${print.bold(visible(`${image.image}, ${credential}, asked of IBM Cloud`))}\n${table}`;
  });
}

function ibmOutcome({ outcome: result, code }: IbmStep): string {
  return result === 'ok' || result === 'skipped' ? result : `${result}: ${code}`;
}

function aside({ user, key, asked }: VerifiedRow): string {
  const realm = asked?.realmHost ?? null;
  const parts = [
    ...(key === null && user === null
      ? []
      : [user === null ? `user ${HIDDEN_USER}` : `user ${user}`]),
    ...(realm === null ? [] : [`token from ${realm}`]),
  ];
  return parts.length > 0 ? ` (${parts.join(', ')})` : '';
}

function outcome({ outcome: result, code }: StepResult): string {
  return result === 'failed' ? `failed: ${code}` : result;
}

function took({ outcome: result, ms }: StepResult): string {
  return result === 'skipped' ? '-' : timeText(ms);
}

/** What is said alike of several images is said once. */
function notesOf(images: readonly VerifiedImage[], print: VerifyPrint): string {
  const noted = images.filter((i) => i.findings.length > 0 || i.nextSteps.length > 0);
  const alike = [...Map.groupBy(noted, (i) => JSON.stringify([i.findings, i.nextSteps])).values()];
  const blocks = alike.slice(0, MAX_NOTES).map((group) => {
    const lines = group
      .slice(0, 1)
      .flatMap(({ image, findings, nextSteps }) => [
        ...(images.length === 1 ? [] : [print.bold(visible(image)) + others(group.length - 1)]),
        ...noteLines('Found', findings, print.width),
        ...noteLines('Next', stepLines(nextSteps), print.width),
      ]);
    return lines.map((line) => `${line}\n`).join('');
  });
  const left = alike.slice(MAX_NOTES).flat().length;
  const more = left > 0 ? [`... and notes on ${left} more images (-o json has them)\n`] : [];
  return [...blocks, ...more].join('\n');
}

function others(count: number): string {
  return count > 0 ? ` and ${count} more` : '';
}

/** Where it was asked from, and how it came out: said once. */
export function verifySummary(all: readonly VerifiedImage[]): string {
  const images = all.filter(({ never }) => never !== true);
  const never = all.length - images.length;
  const count = (result: VerifiedImage['result']) =>
    images.filter((image) => image.result === result).length;
  const parts = [
    `${count('pullable')} of ${images.length} ${images.length === 1 ? 'image' : 'images'} can be pulled`,
    ...(count('not pullable') > 0 ? [`${count('not pullable')} cannot`] : []),
    ...(count('unverifiable') > 0 ? [`${count('unverifiable')} could not be verified`] : []),
    ...(never > 0
      ? [
          `${never} more ${never === 1 ? 'is' : 'are'} not pulled by any kubelet (imagePullPolicy Never)`,
        ]
      : []),
  ];
  return `From this machine: ${parts.join(', ')}. Mirrors, CAs, proxies and credentials of the nodes are not used.\n`;
}
