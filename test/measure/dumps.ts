/** Measures the whole command over a folder of dumps against what was injected (`modern-truth.json`). */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface DumpFigures {
  readonly entries: number;
  readonly none: number;
  readonly reached: number;
  readonly exact: number;
  readonly wrongCertain: readonly string[];
  readonly falseVerdicts: readonly string[];
  readonly missed: readonly string[];
  readonly inexact: readonly string[];
  readonly maxAlternatives: number;
  readonly meanAlternatives: number;
  /** Alternatives that are neither the true cause nor among the truth's alternatives. */
  readonly outside: number;
  readonly findings: number;
  readonly findingsNamed: number;
  readonly findingsMissed: readonly string[];
}

interface Truth {
  readonly namespace: string;
  readonly pods: readonly string[];
  readonly container: string;
  readonly fault: string;
  readonly cause: string;
  readonly alternatives: readonly string[];
  readonly finding: string | null;
  readonly dump: string;
}

interface Item {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly cause: string;
  readonly certainty: string;
  readonly alternatives: readonly string[];
  readonly contributing: readonly { readonly code: string }[];
}

const ROOT = join(import.meta.dirname, '..', '..');

/** Files of a dump: those that begin with its name and with no longer name of another dump. */
function filesOf(dir: string, dump: string, dumps: readonly string[]): string[] {
  const longer = dumps.filter((other) => other.startsWith(`${dump}-`));
  return (
    readdirSync(dir)
      .filter((file) => file.startsWith(`${dump}-`) && file.endsWith('.json'))
      .filter((file) => !file.endsWith('-truth.json'))
      .filter((file) => !longer.some((other) => file.startsWith(`${other}-`)))
      // `modern-node-07-…` is a dump of its own even where no truth speaks of it.
      .filter((file) => !/^node-\d/.test(file.slice(dump.length + 1)))
  );
}

async function describeDump(dir: string, dump: string, dumps: readonly string[]): Promise<Item[]> {
  const own = filesOf(dir, dump, dumps);
  const args = own.flatMap((f) => ['-f', join(dir, f)]);
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(ROOT, 'dist', 'kubectl-imagepull.cjs'), 'describe', '-A', '-o', 'json', ...args],
    { maxBuffer: 256 * 1024 * 1024 },
  );
  return (JSON.parse(stdout) as { items: Item[] }).items;
}

/** The truth of a folder of dumps: `modern-truth.json`, or whatever the folder calls it. */
function truthOf(dir: string): Truth[] {
  const files = readdirSync(dir).filter((file) => /(?:^|-)truth\.json$/.test(file));
  if (files.length === 0) throw new Error(`${dir}: no *-truth.json in it`);
  return files.flatMap((file) => JSON.parse(readFileSync(join(dir, file), 'utf8')) as Truth[]);
}

/** Runs the bundle over every dump the truth names; `dist/` must be built. */
export async function measureDumps(dir: string): Promise<DumpFigures> {
  const truth = truthOf(dir);
  const dumps = [...new Set(truth.map((t) => t.dump))];
  const items = new Map<string, Item[]>();
  for (const dump of dumps) items.set(dump, await describeDump(dir, dump, dumps));
  return figures(truth, items);
}

function figures(
  truth: readonly Truth[],
  items: ReadonlyMap<string, readonly Item[]>,
): DumpFigures {
  const out = {
    entries: 0,
    none: 0,
    reached: 0,
    exact: 0,
    wrongCertain: [] as string[],
    falseVerdicts: [] as string[],
    missed: [] as string[],
    inexact: [] as string[],
    findings: 0,
    findingsNamed: 0,
    findingsMissed: [] as string[],
    outside: 0,
  };
  const counts: number[] = [];
  for (const t of truth) {
    const own = (items.get(t.dump) ?? []).filter(
      (i) => i.namespace === t.namespace && t.pods.includes(i.pod) && i.container === t.container,
    );
    const label = `${t.dump} ${t.namespace}/${t.pods[0]}/${t.container}: ${t.fault}`;
    if (t.cause === 'None') {
      out.none++;
      for (const i of own) out.falseVerdicts.push(`${label}: ${i.cause}`);
      continue;
    }
    out.entries++;
    const allowed = [t.cause, ...t.alternatives];
    const covered = (i: Item) => [i.cause, ...i.alternatives].includes(t.cause);
    const seen = t.pods.every((pod) => own.some((i) => i.pod === pod && covered(i)));
    const answer = own.map((i) => `${i.cause} (${i.certainty}; ${i.alternatives.join(', ')})`)[0];
    if (seen) out.reached++;
    else out.missed.push(`${label}: true ${t.cause}, answered ${answer ?? 'nothing'}`);
    if (own.length > 0 && own.every((i) => i.cause === t.cause)) out.exact++;
    else out.inexact.push(`${label}: true ${t.cause}, answered ${answer ?? 'nothing'}`);
    for (const i of own) {
      counts.push(i.alternatives.length);
      out.outside += i.alternatives.filter((a) => !allowed.includes(a)).length;
      if (i.certainty === 'certain' && !allowed.includes(i.cause)) {
        out.wrongCertain.push(`${label}: true ${t.cause}, answered ${i.cause}`);
      }
    }
    if (t.finding) {
      out.findings++;
      if (own.some((i) => i.contributing.some((c) => c.code === t.finding))) out.findingsNamed++;
      else out.findingsMissed.push(`${label}: ${t.finding}`);
    }
  }
  const sum = counts.reduce((a, b) => a + b, 0);
  return {
    ...out,
    maxAlternatives: Math.max(0, ...counts),
    meanAlternatives: counts.length > 0 ? sum / counts.length : 0,
  };
}
