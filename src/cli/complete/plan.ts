/** What can stand at the cursor: fixed words, files, or names that have to be asked for. Pure. */
import { CAUSE_NAMES } from '../../words/cause.ts';
import { type Candidate, DIRECTIVE, SHELLS, type Wanted } from '../../words/completion.ts';
import { FLAGS, type Flag, flagsOf, HELP_FLAG, VERSION_FLAG } from '../flags.ts';
import { fixedValues } from '../values.ts';
import { VERBS } from '../verbs.ts';
import type { Typed } from './typed.ts';

export interface Plan {
  /** Known without asking. */
  readonly candidates: readonly Candidate[];
  readonly directive: number;
  /** Stands before every candidate: the part of a list that is complete, `a,` of `a,b`. */
  readonly before: string;
  /** The part of a candidate that stands there already. */
  readonly word: string;
  /** To be asked for; absent: nothing is. */
  readonly wanted?: Wanted | undefined;
}

/** Names that flags take from the kubeconfig or the cluster. */
const WANTED: Readonly<Record<string, Wanted>> = {
  namespace: { kind: 'namespaces' },
  context: { kind: 'contexts' },
  cluster: { kind: 'clusters' },
  user: { kind: 'users' },
  secret: { kind: 'pull secrets' },
};

/** Flags with which a verb takes no names, or names that no cluster knows. */
const WITHOUT_NAMES = ['all-namespaces', 'selector', 'field-selector', 'filename', 'image'];

/** What is offered at the cursor. */
export function planOf(typed: Typed): Plan {
  if (typed.flag !== undefined) return valuePlan(typed.flag, typed);
  if (typed.mayBeFlag && typed.word.startsWith('-')) return fixed(flagNames(typed), typed);
  if (typed.command === undefined) return fixed(commandNames(), typed);
  if (typed.command === 'help' && typed.args.length === 0) {
    return fixed(
      commandNames().filter(({ text }) => text !== 'help'),
      typed,
    );
  }
  return typed.verb === undefined ? fixed([], typed) : argumentPlan(typed);
}

function fixed(candidates: readonly Candidate[], { word }: Typed): Plan {
  return { candidates, directive: DIRECTIVE.noFiles, before: '', word };
}

function words(texts: readonly string[]): Candidate[] {
  return texts.map((text) => ({ text }));
}

function valuePlan(flag: Flag, typed: Typed): Plan {
  if (flag.type === 'boolean') return fixed(words(['true', 'false']), typed);
  const wanted = WANTED[flag.name];
  const values = fixedValues(flag.name, typed.verb);
  const { before, word } =
    values?.list || flag.name === 'namespace'
      ? lastOf(typed.word)
      : { before: '', word: typed.word };
  const taken = before.split(',');
  if (values !== undefined) {
    const left = values.values.filter((value) => !taken.includes(value));
    return { ...fixed(words(left), typed), before, word };
  }
  if (wanted !== undefined) return { ...fixed([], typed), before, word, wanted };
  if (flag.value === 'FILENAME') return { ...fixed([], typed), directive: DIRECTIVE.files };
  if (flag.value === 'FOLDER') return { ...fixed([], typed), directive: DIRECTIVE.folders };
  return fixed([], typed);
}

/** `a,b,c` at the cursor: `a,b,` stands, `c` is being typed. */
function lastOf(value: string): { before: string; word: string } {
  const comma = value.lastIndexOf(',') + 1;
  return { before: value.slice(0, comma), word: value.slice(comma) };
}

function commandNames(): Candidate[] {
  return [
    ...VERBS.map(({ name, summary }) => ({ text: name, about: summary })),
    { text: 'help', about: 'Show the help of a command' },
    { text: 'options', about: 'Show the flags that say how the cluster is reached' },
  ];
}

/** As cobra offers them: `--long` with its description, the letters as well once a single dash is typed. */
function flagNames({ verb, given, word }: Typed): Candidate[] {
  const help = { ...HELP_FLAG, description: 'Show this help' };
  const version = { ...VERSION_FLAG, description: 'Show the version' };
  type Named = Pick<Flag, 'name' | 'short' | 'repeatable' | 'description'>;
  const flags: readonly Named[] = [...(verb === undefined ? [version] : flagsOf(verb)), help];
  return flags
    .filter((flag) => flag.repeatable || !given.has(flag.name))
    .flatMap(({ name, short, description }) => [
      { text: `--${name}`, about: description },
      ...(short !== undefined && word === '-' ? [{ text: `-${short}`, about: description }] : []),
    ]);
}

function argumentPlan(typed: Typed): Plan {
  const { verb, args, flags } = typed;
  if (verb === undefined) return fixed([], typed);
  if (verb === 'completion') return fixed(args.length === 0 ? words(SHELLS) : [], typed);
  if (verb === 'explain') {
    const free = args.length === 0 && !typed.given.has('filename');
    return fixed(free ? words(CAUSE_NAMES) : [], typed);
  }
  const several = (flags.string('namespace') ?? '').includes(',');
  if (several || isNameless(typed)) return fixed([], typed);
  return { ...fixed([], typed), wanted: { kind: 'targets', verb, args } };
}

function isNameless({ flags }: Typed): boolean {
  return WITHOUT_NAMES.some((name) => {
    const flag = FLAGS.find((f) => f.name === name);
    return flag?.type === 'boolean' ? flags.boolean(name) : flags.strings(name).length > 0;
  });
}
