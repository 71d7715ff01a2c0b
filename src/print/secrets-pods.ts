/** What `secrets POD` prints for people. Pure. */
import type { CredentialRow, ImageCredentials, PodCredentials } from '../words/pod-credentials.ts';
import { visible } from './escape.ts';
import { expiresText, HIDDEN_USER, userText } from './secrets-cells.ts';
import { noteLines, stepLines } from './secrets-notes.ts';
import { formatTable } from './table.ts';
import { gapText } from './where.ts';

export interface PodSecretsPrint {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly noHeaders: boolean;
  readonly wide: boolean;
  readonly withNamespace: boolean;
  readonly bold: (text: string) => string;
  /** Columns at which sentences are folded. */
  readonly width: number;
}

/** Entries for other images that a table shows which is not wide; a secret of IBM Cloud has 26. */
const MAX_OTHERS = 6;
const MAX_NAMES = 5;

/** One pod: its list, a table an image, what was found. */
export function podBlock(pod: PodCredentials, print: PodSecretsPrint): string {
  const images = sameImages(pod.images).map((image) => imagePart(image, print));
  const notes = notesOf(pod, print);
  return [
    `${heading(pod, print)}\n`,
    ...images,
    ...(notes.length > 0 ? [`${notes.join('\n')}\n`] : []),
  ].join('\n');
}

/** Credentials of the nodes are said once. */
export const NODES =
  'Credentials of the nodes (config.json, credential provider plugins) cannot be seen through the API.';

function heading(pod: PodCredentials, print: PodSecretsPrint): string {
  const name = print.withNamespace ? `${pod.namespace}/${pod.pod}` : pod.pod;
  const more = pod.alike.slice(0, MAX_NAMES).join(', ');
  const rest = pod.alike.length > MAX_NAMES ? ', ...' : '';
  const alike = pod.alike.length > 0 ? ` (and ${pod.alike.length} alike: ${more}${rest})` : '';
  return `${print.bold(visible(name))}${visible(alike)}: ${visible(listText(pod))}`;
}

function listText({ secrets, secretsFrom, serviceAccount }: PodCredentials): string {
  if (secrets.length === 0) return `no pull secrets (ServiceAccount ${serviceAccount})`;
  const from = secretsFrom === null ? '' : ` (from ${secretsFrom})`;
  return `pull secrets ${secrets.map(({ name }) => name).join(', ')}${from}`;
}

interface SharedImage extends ImageCredentials {
  readonly containers: readonly string[];
}

/** Containers with one repository have the same rows. */
function sameImages(images: readonly ImageCredentials[]): SharedImage[] {
  const groups = Map.groupBy(images, (image) => `${image.image} ${image.failing}`);
  return [...groups.values()].flatMap((same) =>
    same[0] ? [{ ...same[0], containers: same.map(({ container }) => container) }] : [],
  );
}

function imagePart(image: SharedImage, print: PodSecretsPrint): string {
  const failing = image.failing ? '   (does not pull)' : '';
  const title = `${image.containers.join(', ')}: ${image.image || '<none>'}${failing}`;
  const tried = image.credentials.filter(({ order }) => order !== null);
  const others = image.credentials.filter(({ order }) => order === null);
  const shown = print.wide ? others : others.slice(0, MAX_OTHERS);
  const left = others.length - shown.length;
  const rows = [
    ...[...tried, ...shown].map((row) => cells(row, print)),
    ...(image.node === null ? [] : [nodeCells(image)]),
    anonymousCells(image),
  ];
  const table = formatTable(HEADERS, rows, { noHeaders: print.noHeaders });
  const more =
    left > 0 ? `... and ${left} more that are for other images (-o wide shows them)\n` : '';
  return `${visible(title)}\n${table}${more}`;
}

const HEADERS = ['TRY', 'SECRET', 'KEY', 'USER', 'KIND', 'EXPIRES', 'WHY'];

function cells(row: CredentialRow, print: PodSecretsPrint): string[] {
  const { order, secret, key, kind, why } = row;
  const whole = key === null;
  const user = row.hiddenUser ? HIDDEN_USER : userText(row.user ?? '');
  return [
    order === null ? '-' : String(order),
    secret,
    key ?? '<none>',
    whole ? '<none>' : user,
    kind ?? '<none>',
    whole ? '<none>' : expiresText(row.expires, print.now),
    why,
  ];
}

function nodeCells({ node }: ImageCredentials): string[] {
  const why = `after the secrets, if the node has any: ${node ?? ''}`;
  return ['?', '<node>', '<none>', '<unknown>', '<none>', '<none>', why];
}

function anonymousCells({ anonymous }: ImageCredentials): string[] {
  const mark = anonymous.tried === null ? '?' : anonymous.tried ? '1' : '-';
  return [mark, '<none>', '<none>', 'anonymous', '<none>', '<none>', anonymous.why];
}

function notesOf(pod: PodCredentials, print: PodSecretsPrint): string[] {
  return [
    ...noteLines('Found', pod.findings, print.width),
    ...noteLines('Not seen', pod.unavailable.map(gapText), print.width),
    ...noteLines('Next', stepLines(pod.nextSteps), print.width),
  ];
}
