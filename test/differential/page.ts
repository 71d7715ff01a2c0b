/** `docs/kubectl-differences.md`, from the rows of the table that differ on purpose. */
import type { Case, Difference } from './case.ts';
import { IN_A_POD, REDIRECT } from './differences.ts';

/** The whole page. */
export function differencesPage(cases: readonly Case[]): string {
  const rows = [...grouped(cases)].map(([difference, names]) =>
    [names.join('; '), difference.kubectl, difference.we, difference.why].map(cell).join(' | '),
  );
  return `# Where we differ from kubectl

The connection to the cluster is kubectl's: the same files, flags, credentials, headers, TLS and proxies, the same words
for the same failure. \`test/differential/\` runs both on the same kubeconfigs and compares what the server saw and what
was said. What differs on purpose:

| case | kubectl | we | why |
| --- | --- | --- | --- |
${rows.map((row) => `| ${row} |`).join('\n')}

This page is written from the table of that test (\`UPDATE=1 npx mocha test/differential/page.test.ts\`). A difference
that is not here, and one here that is gone, fail the test.
`;
}

/** Rows that share a difference share a line. */
function grouped(cases: readonly Case[]): Map<Difference, string[]> {
  const groups = new Map<Difference, string[]>();
  for (const { name, differs } of cases) {
    if (differs) groups.set(differs, [...(groups.get(differs) ?? []), name]);
  }
  groups.set(IN_A_POD, ['`--as`, `--request-timeout` and no kubeconfig, in a pod (tried by hand)']);
  groups.set(REDIRECT, ['a redirect (tried by hand)']);
  return groups;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
