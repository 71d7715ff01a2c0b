/** What `verify --from-node` prints. Field names of the document are a contract (docs/schema). Pure. */
import type { Unavailable } from '../words/known.ts';
import type { NodeAnswer, NodeCheck } from '../words/node-check.ts';
import { API_VERSION } from './api-version.ts';
import { visible } from './escape.ts';
import { noteLines, stepLines } from './secrets-notes.ts';
import { stepDocuments } from './step-document.ts';
import { formatTable, narrow } from './table.ts';
import { unavailable } from './unavailable.ts';

export interface NodesPrint {
  readonly noHeaders: boolean;
  readonly wide: boolean;
  readonly bold: (text: string) => string;
  /** Columns at which sentences are folded. */
  readonly width: number;
}

/** Longest detail in a table that is not wide. */
const MAX_NARROW = 100;
/** Different failures that are told at length. */
const MAX_NOTES = 5;
const NAMES_SHOWN = 5;

/** A row a node and image, then each different failure once. */
export function nodesText(answers: readonly NodeAnswer[], print: NodesPrint): string {
  const parts = [table(answers, print), ...notes(answers, print)];
  return parts.filter((part) => part !== '').join('\n');
}

function table(answers: readonly NodeAnswer[], print: NodesPrint): string {
  const severalNodes = new Set(answers.map(({ node }) => node)).size > 1;
  const severalImages = new Set(answers.map(({ image }) => image)).size > 1;
  const one = !severalNodes;
  const headers = [
    ...(one || severalImages || print.wide ? ['IMAGE'] : []),
    ...(one ? ['CREDENTIAL'] : ['NODE']),
    ...(print.wide ? ['POD', 'TIME'] : []),
    ...['RESULT', 'CAUSE', 'DETAIL'],
  ];
  const rows = answers.map((answer) => [
    ...(one || severalImages || print.wide ? [answer.image] : []),
    one ? `from node ${answer.node}` : answer.node,
    ...(print.wide ? [answer.pod || '<none>', time(answer.ms)] : []),
    answer.result,
    causeText(answer),
    narrow(answer.detail || '<none>', print.wide, MAX_NARROW),
  ]);
  return formatTable(headers, rows, { noHeaders: print.noHeaders });
}

function causeText({ cause, alternatives, certainty }: NodeAnswer): string {
  if (cause === null) return '<none>';
  return certainty === 'ambiguous' ? [cause, ...alternatives].join('|') : cause;
}

function time(ms: number | null): string {
  return ms === null ? '<none>' : `${(ms / 1000).toFixed(1)}s`;
}

/** What several nodes say alike is said once. */
function notes(answers: readonly NodeAnswer[], print: NodesPrint): string[] {
  const noted = answers.filter(
    (a) => a.findings.length + a.nextSteps.length > 0 || said(a) !== a.detail || isCut(a, print),
  );
  // Their steps differ by the name of the node; those of the first stand for all.
  const alike = Map.groupBy(noted, (a) => JSON.stringify([a.image, a.cause, said(a)]));
  const blocks = [...alike.values()].slice(0, MAX_NOTES).flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const nodes = group.map(({ node }) => node);
    const lines = [
      print.bold(visible(`${first.image}, from ${nodeNames(nodes)}`)),
      ...noteLines('Said', [said(first)].filter(Boolean), Number.POSITIVE_INFINITY),
      ...noteLines('Found', first.findings, print.width),
      ...noteLines('Next', stepLines(first.nextSteps), print.width),
    ];
    return [lines.map((line) => `${line}\n`).join('')];
  });
  const left = alike.size - blocks.length;
  return left > 0 ? [...blocks, `... and ${left} more failures (-o json has them)\n`] : blocks;
}

/** The whole text of the node; without one what the API server or we say. */
function said({ evidence, detail }: NodeAnswer): string {
  return evidence[0]?.text ?? detail;
}

function isCut({ detail }: NodeAnswer, { wide }: NodesPrint): boolean {
  return narrow(detail, wide, MAX_NARROW) !== detail;
}

function nodeNames(names: readonly string[]): string {
  const shown = names.slice(0, NAMES_SHOWN).join(', ');
  const more = names.length > NAMES_SHOWN ? ` and ${names.length - NAMES_SHOWN} more` : '';
  return `${names.length === 1 ? 'node' : 'nodes'} ${shown}${more}`;
}

/** The whole document. */
export function nodesDocument(answers: readonly NodeAnswer[], gaps: readonly Unavailable[]) {
  return {
    apiVersion: API_VERSION,
    kind: 'VerificationList',
    viewpoint: 'nodes',
    items: [],
    nodes: answers.map((answer) => ({
      node: answer.node,
      namespace: answer.namespace,
      pod: answer.pod || null,
      image: answer.image,
      result: answer.result,
      cause: answer.cause,
      certainty: answer.certainty,
      alternatives: [...answer.alternatives],
      detail: answer.detail,
      evidence: answer.evidence.map(({ text, decisive, source, reason }) => ({
        text,
        decisive,
        source,
        reason,
      })),
      findings: [...answer.findings],
      nextSteps: stepDocuments(answer.nextSteps),
      milliseconds: answer.ms,
    })),
    unavailable: gaps.map(unavailable),
  };
}

/** What will be made, for a person who is to say yes. */
export function planText(checks: readonly NodeCheck[], atOnce: number): string {
  const fit = checks.filter(({ node }) => node.unfit === null);
  const [first] = fit;
  if (first === undefined) return '';
  const namespaces = unique(fit.map(({ subject }) => subject.namespace));
  const count = fit.length === 1 ? '1 Job' : `${fit.length} Jobs`;
  const turns = fit.length > atOnce ? `, ${atOnce} at a time` : '';
  const rows: (readonly [string, string])[] = [
    ['nodes', some(fit.map(({ node }) => node.name))],
    ['images', some(fit.flatMap(({ subject }) => subject.images))],
    ['account', some(fit.map(({ subject }) => `ServiceAccount ${subject.serviceAccount}`))],
    ['secrets', some(fit.flatMap(({ subject }) => subject.pullSecrets)) || "the ServiceAccount's"],
  ];
  return [
    `To make in namespace ${namespaces.join(', ')}: ${count} of one pod${turns}, removed again afterwards.`,
    ...rows.map(([label, text]) => `  ${label}: ${text}`),
    '  The pods have no host access and never run a program of the image.',
    '  imagePullPolicy Always: the manifest is resolved anew, layers that a node holds are not fetched.',
    '',
  ]
    .map((line) => `${visible(line)}\n`)
    .join('');
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

function some(texts: readonly string[]): string {
  const all = unique(texts);
  const more = all.length > NAMES_SHOWN ? ` and ${all.length - NAMES_SHOWN} more` : '';
  return all.slice(0, NAMES_SHOWN).join(', ') + more;
}
