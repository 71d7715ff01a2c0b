/** What both views of `secrets` share. */
import type { OpenedSource } from '../cluster/open.ts';
import type { Scope } from '../collect/namespaces.ts';
import type { Place } from '../judge/same-place.ts';
import type { ReportSettings } from '../judge/secret-report.ts';
import { visibleJson } from '../print/escape.ts';
import { toYaml } from '../print/yaml.ts';

/** What both views of `secrets` start from. */
export interface SecretsRun {
  readonly opened: OpenedSource;
  /** Absent: all namespaces. */
  readonly scope: Scope;
  readonly report: ReportSettings;
  /** Where advice has to act. */
  readonly place: Place;
  /** Takes the line away that tells of progress. */
  readonly clear: () => void;
}

/** `-o json` and `-o yaml`. */
export async function documentText(document: unknown, format: 'json' | 'yaml'): Promise<string> {
  return format === 'json'
    ? `${visibleJson(JSON.stringify(document, null, 4))}\n`
    : await toYaml(document);
}
