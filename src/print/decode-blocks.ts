/** What there is to say of decoded secrets, below the table. Pure. */
import { type DecodePrint, expiresText, isLong } from './decode-cells.ts';
import {
  type EntryItem,
  type FaultItem,
  nameOf,
  type SecretItem,
  type UserItem,
} from './decode-view.ts';
import { visible } from './escape.ts';
import { LABEL_WIDTH, labelled } from './labelled.ts';
import { wrapText } from './wrap.ts';

/** A labelled line; `raw` ones are not wrapped. */
interface Line {
  readonly label: string;
  readonly text: string;
  readonly raw?: boolean;
}

/** Whose pull secrets these are and where the list comes from. */
export function userBlock(user: UserItem, print: DecodePrint): string {
  const { kind, namespace, name, serviceAccount, pullSecrets, tooLate } = user;
  const what = `${kind.toLowerCase()}/${name}`;
  const names = pullSecrets.join(', ');
  const lines: Line[] = [];
  if (pullSecrets.length > 0) {
    const from = user.from === 'serviceaccount' ? ` (from serviceaccount ${serviceAccount})` : '';
    lines.push({ label: 'Secrets', text: `${names}${from}` });
    if (pullSecrets.length > 1) {
      lines.push({
        label: 'Order',
        text: 'as listed; of equal registries the first is tried first',
      });
    }
  } else {
    const none =
      'none: images are pulled anonymously, or with credentials of the node, which the API does not show';
    const unknown = `not known: serviceaccount ${serviceAccount}, whose list counts, could not be looked at`;
    lines.push({
      label: 'Secrets',
      text: user.unseen && user.from === 'serviceaccount' ? unknown : none,
    });
  }
  if (tooLate.length > 0) {
    lines.push({
      label: 'Note',
      text: `serviceaccount ${serviceAccount} lists ${tooLate.join(', ')}: the list is copied when a pod is created, so this pod must be recreated to get it`,
    });
  }
  const where = print.withNamespace ? `${namespace}: ` : '';
  return block(`${where}${what}`, lines, print);
}

/**
 * Faults with their fixes, the kubelet's words, keys that are read otherwise; empty where there is nothing to say, and
 * in a list where nothing is wrong.
 */
export function secretBlock(secret: SecretItem, print: DecodePrint): string {
  if (!print.named && secret.status === 'ok' && !hasFaults(secret)) return '';
  const lines = [
    ...(secret.status === 'wrong type' ? [{ label: 'Type', text: secret.type ?? '' }] : []),
    ...statusLines(secret),
    ...secret.notes.map((text) => ({ label: 'Note', text })),
    ...kubeletLines(secret),
    ...secret.faults.flatMap((fault) => faultLines(fault, '')),
    ...secret.entries.flatMap((entry) => entryLines(entry, print)),
    ...(secret.content !== null && secret.kubelet !== null
      ? [{ label: 'Content', text: secret.content, raw: true }]
      : []),
  ];
  if (lines.length === 0) return '';
  const status = secret.status === 'ok' ? '' : `: ${secret.status}`;
  return block(`${nameOf(secret, print.withNamespace)}${status}`, lines, print);
}

/** Faults tell the same more exactly, where there are any. */
function statusLines(secret: SecretItem): Line[] {
  const { status, why, near } = secret;
  if (why === null || !BY_STATUS.has(status) || hasFaults(secret)) return [];
  const meant = near === null ? '' : `; the nearest pull secret there is ${near}`;
  const line = { label: 'Why', text: `${why}${meant}` };
  return status === 'elided' ? [line, { label: 'Next', text: SAVE_WHOLE }] : [line];
}

const SAVE_WHOLE =
  'must-gather takes the values of secrets out; kubectl get secret NAME -o yaml saves them';

function hasFaults({ faults, entries, kubelet }: SecretItem): boolean {
  return kubelet !== null || faults.length > 0 || entries.some((e) => e.faults.length > 0);
}

const BY_STATUS = new Set([
  'missing',
  'not allowed',
  'not known',
  'elided',
  'wrong type',
  'no credentials',
]);

function kubeletLines({ kubelet }: SecretItem): Line[] {
  if (kubelet === null) return [];
  const where = kubelet.entry === null ? '' : ` (entry ${kubelet.entry})`;
  return [
    {
      label: 'Kubelet',
      text: `cannot read it and pulls no image of a pod that lists it: "${kubelet.error}"${where}`,
    },
  ];
}

function entryLines(entry: EntryItem, print: DecodePrint): Line[] {
  const { registry, readAs, password, expires, kind, faults } = entry;
  const lines: Line[] = [];
  if (readAs === null) {
    lines.push({
      label: 'Ignored',
      text: `${registry}: the kubelet cannot read this key as a host and leaves the entry out`,
    });
  } else if (readAs !== registry && !print.wide) {
    lines.push({ label: 'Read as', text: `${registry} is read as ${readAs || 'nothing'}` });
  }
  if (expires !== null && expires.at <= print.now) {
    const text = `${registry}: the credential expired ${expiresText(expires, print.now)}; ${kind.advice}`;
    lines.push({ label: 'Expired', text: text.replace(/\.$/, '') });
  }
  lines.push(...faults.flatMap((fault) => faultLines(fault, `${registry || 'an empty key'}: `)));
  if (entry.repeated) {
    lines.push({ label: 'Note', text: `${registry} stands there twice; only the last one counts` });
  }
  if (!password.masked) lines.push(...secretLines(entry));
  return lines;
}

/** What a table has no room for. */
function secretLines({
  registry,
  password,
  auth,
  broken,
  identityToken,
  registryToken,
}: EntryItem): Line[] {
  const texts: [label: string, text: string | null][] = [
    ['Password', isLong(password.text) ? password.text : null],
    ['Auth', broken ? auth : null],
    ['Identity', identityToken],
    ['Token', registryToken],
  ];
  return texts.flatMap(([label, text]) =>
    text === null ? [] : [{ label, text: `${registry}: ${text}`, raw: true }],
  );
}

/** That every pull of the pod stops is said in the text of each such fault. */
const EFFECTS: Readonly<Record<string, string>> = {
  'never-used': 'never used',
  refused: 'the registry refuses it',
  note: 'worth a look',
};

function faultLines({ effect, certainty, text, fix }: FaultItem, where: string): Line[] {
  const aside = [certainty === 'likely' ? 'likely' : '', EFFECTS[effect] ?? ''].filter(Boolean);
  const more = aside.length > 0 ? ` (${aside.join(', ')})` : '';
  return [
    { label: 'Fault', text: `${where}${text}${more}` },
    { label: 'Fix', text: fix },
  ];
}

function block(heading: string, lines: readonly Line[], print: DecodePrint): string {
  const out = [print.bold(visible(heading))];
  for (const { label, text, raw } of lines) {
    const shown = visible(text);
    const rows = raw ? [shown] : wrapText(shown, print.width - LABEL_WIDTH - 2);
    out.push(...labelled(label, rows));
  }
  return `${out.join('\n')}\n`;
}
