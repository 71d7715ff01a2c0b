/** What `decode` prints for people: tables, and what there is to say below them. Pure. */
import { humanAge } from './age.ts';
import { secretBlock, userBlock } from './decode-blocks.ts';
import { type DecodePrint, expiresText, NONE, passwordCell, UNKNOWN } from './decode-cells.ts';
import {
  type DecodedView,
  type EntryItem,
  type FaultItem,
  nameOf,
  type SecretItem,
} from './decode-view.ts';
import { visible } from './escape.ts';
import { formatTable } from './table.ts';

/** More than this in a list, and the blocks give way to a hint. */
const MAX_BLOCKS = 12;
/** Ids of faults shown in one cell. */
const MAX_IDS = 2;

/** A table of all entries, then a block for each pod, and one for each secret of which there is something to say. */
export function decodeText(view: DecodedView, print: DecodePrint): string {
  const table = entryTable(view.secrets, print);
  if (print.wide && !print.named) return table;
  const users = view.users.map((user) => userBlock(user, print));
  const blocks = view.secrets.map((s) => secretBlock(s, print)).filter((block) => block !== '');
  const told =
    print.named || blocks.length <= MAX_BLOCKS ? blocks : [oneInFull(view.secrets, print)];
  return [table, ...users, ...told].filter((part) => part !== '').join('\n');
}

function oneInFull(secrets: readonly SecretItem[], print: DecodePrint): string {
  const secret = secrets.find(({ status, file }) => status !== 'ok' && file === null);
  const name = secret?.name ?? 'SECRET';
  const namespace = secret?.namespace ?? 'NAMESPACE';
  const command = print.command(`kubectl imagepull decode ${name} -n ${namespace}`);
  return `${visible(`What is wrong with one: ${command}`)}\n`;
}

function entryTable(secrets: readonly SecretItem[], print: DecodePrint): string {
  const { wide, withNamespace } = print;
  const headers = [
    ...(withNamespace ? ['NAMESPACE'] : []),
    ...['SECRET', 'REGISTRY'],
    ...(wide ? ['READ AS'] : []),
    ...['USER', 'PASSWORD'],
    ...(wide ? ['PASSWORD FROM', 'EMAIL'] : []),
    ...['KIND', 'EXPIRES', 'FINGERPRINT'],
    ...(wide ? ['DATA KEY', 'AGE'] : []),
    'FAULTS',
  ];
  const rows = secrets.flatMap((secret) => {
    const entries = secret.entries.length > 0 ? secret.entries : [null];
    return entries.map((entry, i) => [
      ...(withNamespace ? [secret.namespace ?? NONE] : []),
      nameOf(secret, false),
      ...entryCells(entry, print),
      ...(wide ? [secret.dataKey ?? NONE, humanAge(secret.createdAt, print.now)] : []),
      faultCell(secret, entry, i === 0, print.now),
    ]);
  });
  return formatTable(headers, rows, { noHeaders: print.noHeaders });
}

function entryCells(entry: EntryItem | null, { wide, now }: DecodePrint): string[] {
  if (entry === null) return Array.from({ length: wide ? 9 : 6 }, () => NONE);
  const [user, password] = entry.broken
    ? [UNKNOWN, UNKNOWN]
    : [entry.user || NONE, passwordCell(entry.password)];
  return [
    entry.registry || NONE,
    ...(wide ? [entry.readAs ?? 'ignored'] : []),
    ...[user, password],
    ...(wide ? [entry.broken ? UNKNOWN : entry.from, entry.email || NONE] : []),
    entry.broken ? UNKNOWN : entry.kind.label,
    expiresText(entry.expires, now),
    entry.fingerprint ?? NONE,
  ];
}

/** Faults of the secret stand beside its first entry. What has no fault and is not well is told by its status. */
function faultCell(
  secret: SecretItem,
  entry: EntryItem | null,
  first: boolean,
  now: number,
): string {
  const own: readonly FaultItem[] = first ? secret.faults : [];
  const ids: string[] = [...own, ...(entry?.faults ?? [])].map(({ id }) => id);
  const expires = entry?.expires;
  if (expires && expires.at <= now) ids.unshift('expired');
  if (entry !== null && entry.readAs === null) ids.unshift('key-ignored');
  if (ids.length === 0 && first && TOLD_BY_STATUS.includes(secret.status)) return secret.status;
  if (ids.length === 0) return NONE;
  const more = ids.length > MAX_IDS ? [`+${ids.length - MAX_IDS}`] : [];
  return [...ids.slice(0, MAX_IDS), ...more].join(',');
}

const TOLD_BY_STATUS: readonly string[] = [
  'missing',
  'malformed',
  'wrong type',
  'no credentials',
  'not allowed',
  'not known',
  'elided',
];
