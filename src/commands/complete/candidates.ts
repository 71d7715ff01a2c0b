/** Candidates from rows of names. */

import { builtinKind } from '../../cluster/lists/builtin-kinds.ts';
import type { NamedRow } from '../../cluster/lists/names.ts';
import type { OpenedNames } from '../../cluster/open-names.ts';
import type { Candidate } from '../../words/completion.ts';
import type { ResourceKind } from '../../words/objects.ts';
import { PULL_REASONS } from '../../words/pull-reasons.ts';
import { DOCKER_TYPES } from '../../words/secret-types.ts';

/** Which rows count, and what is said of them. */
export interface Naming {
  /** What a name must begin with. */
  readonly word: string;
  /** Stands before every candidate: `deploy/`. */
  readonly before: string;
  /** Names that stand there already. */
  readonly taken: readonly string[];
}

type OnFound = (candidates: readonly Candidate[]) => void;

/** Reads all names of a kind; `onFound` gets those so far with every page. */
export async function readCandidates(
  names: OpenedNames,
  resource: ResourceKind,
  namespace: string | undefined,
  { word, before, taken }: Naming,
  onFound: OnFound,
): Promise<void> {
  const rows: NamedRow[] = [];
  const isPod = resource === builtinKind('pods');
  await names.read(resource, resource.namespaced ? namespace : undefined, (page) => {
    const fit = page.filter(({ name }) => name.startsWith(word) && !taken.includes(before + name));
    rows.push(...fit);
    const ordered = isPod ? failingFirst(rows) : rows;
    onFound(
      ordered.map((row) => ({
        text: before + row.name,
        about: isPod ? pullState(row) : undefined,
      })),
    );
  });
}

/** Pull secrets alone: no other Secret is of use where one is meant. */
export async function readPullSecrets(
  names: OpenedNames,
  namespace: string,
  { word, before, taken }: Naming,
  onFound: OnFound,
): Promise<void> {
  const resource = builtinKind('secrets');
  if (resource === undefined) return;
  const found: Candidate[] = [];
  await names.read(resource, namespace, (page) => {
    const fit = page.filter(
      ({ name, type }) =>
        DOCKER_TYPES.includes(type) && name.startsWith(word) && !taken.includes(before + name),
    );
    found.push(...fit.map(({ name }) => ({ text: before + name })));
    onFound(found);
  });
}

function failingFirst(rows: readonly NamedRow[]): NamedRow[] {
  const fails = (row: NamedRow) => pullState(row) !== undefined;
  return [...rows.filter(fails), ...rows.filter((row) => !fails(row))];
}

/** `Init:ImagePullBackOff` is one, too. */
function pullState({ status }: NamedRow): string | undefined {
  return PULL_REASONS.has(status.replace(/^Init:/, '')) ? status : undefined;
}
