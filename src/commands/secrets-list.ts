/** `secrets` without a name: the pull secrets of the namespaces, and who uses them. */
import { IBM_SECRET_NAMESPACE, pullSecretsIn, surveyPullSecrets } from '../collect/pull-secrets.ts';
import type { SecretRefs } from '../collect/pull-secrets-usage.ts';
import { stepInPlace } from '../judge/same-place.ts';
import { absentRow, isFinding, isOpen, passes, rowMaker, withUse } from '../judge/secret-list.ts';
import { alikeGroups, rotations } from '../judge/secret-list-alike.ts';
import { ibmSteps, mayLackCredential, uncovered, wantsIbmSecrets } from '../judge/secret-usage.ts';
import { visible } from '../print/escape.ts';
import { pullSecretList, type SecretsDocument } from '../print/secrets-document.ts';
import { noteText, rotationLines, secretsTable, uncoveredTable } from '../print/secrets-list.ts';
import { gapText } from '../print/where.ts';
import { noneFound } from '../print/where-looked.ts';
import { foldWidth } from '../print/width.ts';
import type { ExitCode, SecretsOptions } from '../words/options.ts';
import type { ListedSecret, SecretRow } from '../words/secret-row.ts';
import type { World } from '../words/streams.ts';
import { documentText, type SecretsRun } from './secrets-run.ts';

/** Prints the list. */
export async function listSecrets(
  run: SecretsRun,
  options: SecretsOptions,
  world: World,
): Promise<ExitCode> {
  const answer = await answerOf(run, options);
  run.clear();
  if (options.output === 'json' || options.output === 'yaml') {
    world.out.write(await documentText(pullSecretList(answer), options.output));
    return exitCode(answer, options);
  }
  if (options.output === 'name') {
    world.out.write(answer.rows.map(({ name }) => `secret/${visible(name)}\n`).join(''));
  } else {
    writeForPeople(answer, run, options, world);
  }
  for (const gap of new Set(answer.gaps.map(gapText))) world.err.write(`Not seen: ${gap}\n`);
  if (answer.rows.length === 0)
    world.err.write(noneFound('pull secrets', run.scope, answer.gaps.length > 0));
  return exitCode(answer, options);
}

async function answerOf(run: SecretsRun, options: SecretsOptions): Promise<SecretsDocument> {
  const rowOf = rowMaker(run.report);
  const seen: SecretRow[] = [];
  const { source } = run.opened;
  const survey = await surveyPullSecrets(source, run.scope, {
    selector: options.selector,
    onSecret: (secret) => void seen.push(rowOf(secret)),
    fails: mayLackCredential,
  });
  const names = Map.groupBy(seen, (row) => row.namespace);
  const absent = [...survey.absent].flatMap(([key, why]) => {
    const there = names.get(key.slice(0, key.indexOf('/'))) ?? [];
    const row = absentRow(
      key,
      why,
      there.map(({ name }) => name),
    );
    return row === null ? [] : [row];
  });
  const told = new Set(absent.map((row) => `${row.namespace}/${row.name}`));
  const untold = [...survey.absent].flatMap(([key, why]) => (told.has(key) ? [] : [why]));
  const listed = [...seen, ...absent].map((row): ListedSecret => {
    const refs = survey.refs.get(`${row.namespace}/${row.name}`);
    const known = survey.usageKnown(row.namespace);
    const none = known ? { serviceAccounts: [], pods: 0, podNames: [] } : null;
    return withUse(row, refs ?? none);
  });
  listed.sort(byPlace);
  const filtered =
    options.registry !== undefined ||
    options.statuses.length > 0 ||
    options.expiringMs !== undefined;
  const lines = filtered || options.selector ? [] : uncovered(survey.failing, listed);
  const known = new Set(listed.map((row) => row.namespace));
  const fromDefault: SecretRow[] = [];
  const more =
    wantsIbmSecrets(lines) && !known.has(IBM_SECRET_NAMESPACE) && run.scope !== undefined
      ? await pullSecretsIn(
          source,
          IBM_SECRET_NAMESPACE,
          (secret) => void fromDefault.push(rowOf(secret)),
        )
      : [];
  const accounts = accountsWithSecrets(survey.refs);
  const ibm = ibmSteps(lines, [...listed, ...fromDefault], (namespace, account) =>
    survey.usageKnown(namespace) ? (accounts.get(`${namespace}/${account}`) ?? []) : null,
  );
  const rows = filtered ? listed.filter((row) => passes(row, options, run.report.now)) : listed;
  return {
    rows,
    rotations: rotations(rows),
    uncovered: lines,
    findings: ibm.findings,
    nextSteps: ibm.steps.map((step) => stepInPlace(step, run.place)),
    gaps: [...survey.gaps, ...untold, ...more],
  };
}

/** What each ServiceAccount lists, in no order. */
function accountsWithSecrets(refs: ReadonlyMap<string, SecretRefs>): Map<string, string[]> {
  const accounts = new Map<string, string[]>();
  for (const [key, { serviceAccounts }] of refs) {
    const slash = key.indexOf('/');
    for (const account of serviceAccounts) {
      const place = `${key.slice(0, slash)}/${account}`;
      accounts.set(place, [...(accounts.get(place) ?? []), key.slice(slash + 1)]);
    }
  }
  return accounts;
}

function byPlace(a: SecretRow, b: SecretRow): number {
  return order(a.namespace, b.namespace) || order(a.name, b.name);
}

function order(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function writeForPeople(
  answer: SecretsDocument,
  run: SecretsRun,
  options: SecretsOptions,
  world: World,
): void {
  const wide = options.output === 'wide';
  const withNamespace = run.scope?.length !== 1;
  const print = {
    now: run.report.now,
    noHeaders: options.noHeaders,
    wide,
    withNamespace,
    width: foldWidth(world.out),
  };
  const groups = wide
    ? answer.rows.map((row) => ({ example: row, rows: [row] }))
    : alikeGroups(answer.rows);
  for (const part of secretsTable(groups, print)) world.out.write(part);
  const below = [
    rotationLines(answer.rotations),
    uncoveredTable(answer.uncovered, print) + noteText(answer.findings, answer.nextSteps, print),
  ].filter((part) => part !== '');
  const gap = groups.length > 0 && below.length > 0 ? '\n' : '';
  world.out.write(gap + below.join('\n'));
}

function exitCode(answer: SecretsDocument, options: SecretsOptions): ExitCode {
  if (!options.exitCode) return 0;
  const asked = options.expiringMs !== undefined;
  const found = answer.rows.some((row) => isFinding(row, asked)) || answer.uncovered.length > 0;
  if (found) return 3;
  return answer.gaps.length > 0 || answer.rows.some(isOpen) ? 4 : 0;
}
