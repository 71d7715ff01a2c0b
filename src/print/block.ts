/** One verdict as the block under the table. Pure. */
import type { Alternative, Verdict } from '../words/verdict.ts';
import { humanAge } from './age.ts';
import { cut, visible, visibleLines } from './escape.ts';
import { LABEL_WIDTH, labelled } from './labelled.ts';
import { gapText, sourceText, whereText } from './where.ts';
import { foldBeside, foldLine, HEADING_HANG } from './wrap.ts';

/** Longest quote shown; `-o json` has it whole. */
const MAX_QUOTE = 700;

/** How many pods or nodes a block may name. */
const MAX_NAMES = 5;

export interface BlockOptions {
  /** The moment ages are counted to, in milliseconds. */
  readonly now: number;
  readonly bold: (text: string) => string;
  /** Columns at which sentences are folded; names, quotes and commands are not. */
  readonly width: number;
  /** Pods with the same trouble, this one included. */
  readonly pods: readonly string[];
  /** The nodes of those pods. */
  readonly nodes: readonly string[];
}

/** The block, ending in a line break. Everything strangers wrote is made visible here. */
export function verdictBlock(v: Verdict, options: BlockOptions): string {
  const lines = foldLine(heading(v, options.pods), options.width, HEADING_HANG).map(options.bold);
  const add = (label: string, texts: readonly string[]) => {
    lines.push(...labelled(label, texts));
  };
  const fold = (label: string, texts: readonly string[]) => {
    add(
      label,
      texts.flatMap((text) => foldBeside(text, LABEL_WIDTH + 2, options.width)),
    );
  };
  add('Image', [imageText(v)]);
  for (const [i, quote] of v.evidence.entries()) {
    add(i === 0 ? 'Said' : 'And', [sourceText(quote, options.now), ...quoteLines(quote.decisive)]);
  }
  const where = whereText(v.facts, v.resolvedImage ?? v.image);
  if (where) add('Where', [visible(where)]);
  if (options.nodes.length > 0) add('Node', [visible(someOf(options.nodes))]);
  const secrets = secretsText(v);
  if (secrets) add('Secrets', [secrets]);
  const since = v.contributing.some((c) => c.code === 'secret-newer');
  add(since ? 'Next try' : 'Tried', triedLines(v, options.now));
  fold('Registry', registryLines(v));
  fold(
    'Found',
    [...v.contributing.map((c) => c.text), ...(v.verified?.findings ?? [])].map(visible),
  );
  fold('Could be', v.couldBe.flatMap(couldBeLines));
  fold('Not seen', v.unavailable.map(gapText));
  fold('Note', v.notes.map(visible));
  fold('Waiting', [v.waiting]);
  fold('Next', nextLines(v));
  return `${lines.join('\n')}\n`;
}

function heading(v: Verdict, pods: readonly string[]): string {
  const many = pods.length > 1 ? ` (${pods.length} pods: ${someOf(pods)})` : '';
  const second = v.couldBe[0];
  const title = v.certainty === 'ambiguous' && second ? `${v.title}; or ${second.title}` : v.title;
  const doubt = v.certainty === 'likely' ? ' (likely)' : '';
  return visible(`${v.container}: ${title}${doubt}${many}`);
}

function someOf(names: readonly string[]): string {
  const more = names.length > MAX_NAMES ? ', ...' : '';
  return `${names.slice(0, MAX_NAMES).join(', ')}${more}`;
}

/** As written and, where that differs, as the runtime resolves it. */
function imageText(v: Verdict): string {
  if (v.sandboxImage) return `${visible(cut(v.sandboxImage, MAX_QUOTE))}   (of the pod sandbox)`;
  const written = visible(cut(v.image || '<none>', MAX_QUOTE));
  const { resolvedImage } = v;
  return resolvedImage && resolvedImage !== v.image
    ? `${written}   (resolved as ${visible(resolvedImage)})`
    : written;
}

function quoteLines(text: string): string[] {
  const lines = visibleLines(cut(text.trim(), MAX_QUOTE)).split('\n');
  return lines.map((line, i) => {
    const open = i === 0 ? '"' : ' ';
    const close = i === lines.length - 1 ? '"' : '';
    return `${open}${line}${close}`;
  });
}

function secretsText(v: Verdict): string | null {
  if (v.secrets.length > 0) {
    const from = v.secretsFrom ? `   (from ${v.secretsFrom})` : '';
    return visible(`${v.secrets.join(', ')}${from}`);
  }
  return v.aboutCredentials && v.presence === 'there' ? 'the pod lists no pull secret' : null;
}

/** What the kubelet tries, in its order. Why it tries nothing is among what was found. */
function triedLines({ credentials }: Verdict, now: number): string[] {
  const tried = credentials?.tried ?? [];
  const lines = tried.slice(0, MAX_NAMES).map(({ secret, key, user, expiresAt }) => {
    const as =
      user === null ? ' as a user name that is not shown' : user === '' ? '' : ` as ${user}`;
    const ends =
      expiresAt === null
        ? ''
        : expiresAt <= now
          ? `   (ended ${humanAge(expiresAt, now)} ago)`
          : `   (ends in ${humanAge(now, expiresAt)})`;
    return visible(`secret/${secret} entry ${key}${as}${ends}`);
  });
  return tried.length > MAX_NAMES ? [...lines, '...'] : lines;
}

/** What the registry answered to each credential, from this machine. */
function registryLines({ verified }: Verdict): string[] {
  const rows = verified?.rows ?? [];
  const lines = rows.slice(0, MAX_NAMES).map(({ credential, result, step, detail }) => {
    const why = detail === '' ? '' : ` - ${step === null ? '' : `${step}: `}${detail}`;
    return visible(cut(`${credential}: ${result}${why}`, MAX_QUOTE));
  });
  const more = rows.length > MAX_NAMES ? ['...'] : [];
  return lines.length > 0 ? ['asked from this machine', ...lines, ...more] : [];
}

function couldBeLines({ cause, how, command }: Alternative): string[] {
  const first = how ? `${cause} - tell apart: ${visible(how)}` : cause;
  return command ? [first, `   ${visible(command)}`] : [first];
}

function nextLines(v: Verdict): string[] {
  return v.nextSteps.flatMap((step, i) => {
    const first = `${i + 1}. ${visible(step.text)}`;
    return step.command === undefined ? [first] : [first, `   ${visible(step.command)}`];
  });
}
