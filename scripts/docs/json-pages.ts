/** docs/json.md: the documents, their schemas, and one example each as the real command printed it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { GENERATED } from './markdown.ts';

interface Document {
  /** Below docs/schema. */
  readonly schema: string;
  readonly verb: string;
  readonly kinds: string;
  /** Below test/golden. */
  readonly golden: string;
}

export const DOCUMENTS: readonly Document[] = [
  {
    schema: 'pull-failure-list.json',
    verb: 'describe',
    kinds: 'PullFailureList',
    golden: 'describe-pod-wrong-password-json',
  },
  {
    schema: 'verification-list.json',
    verb: 'verify',
    kinds: 'VerificationList',
    golden: 'verify-manifests-json',
  },
  {
    schema: 'pull-secret-list.json',
    verb: 'secrets',
    kinds: 'PullSecretList; PodCredentialsList for a pod or workload',
    golden: 'secrets-pod-json',
  },
  {
    schema: 'decoded-secret-list.json',
    verb: 'decode',
    kinds: 'DecodedSecretList',
    golden: 'decode-json',
  },
  {
    schema: 'reading-list.json',
    verb: 'explain',
    kinds: 'ReadingList for messages, Cause for a name, CauseList without an argument',
    golden: 'explain-message-json',
  },
];

const GOLDENS = path.join(import.meta.dirname, '../../test/golden');

/** The page by its path below the project's folder. */
export function jsonPages(): Map<string, string> {
  return new Map([
    [
      'docs/json.md',
      `${GENERATED}
# JSON and YAML

\`-o json\` and \`-o yaml\` print one document on standard output, also where nothing was found. Notes and warnings go to
standard error. \`apiVersion\` is \`kubectl-imagepull/v1alpha1\`; fields keep their names and codes, and more are added.
Times are RFC 3339 in UTC. What could not be read is in \`unavailable\`, with its reason. Passwords are masked, unless
\`decode --show-secrets\` asks for them. Control characters are escaped.

    kubectl imagepull describe -A -o json | jq -r '.items[] | [.namespace, .pod, .cause] | @tsv'

\`--exit-code\` says in the [exit code](exit-codes.md) whether something was found. The schemas are JSON Schema 2020-12.

${DOCUMENTS.map(section).join('\n')}`,
    ],
  ]);
}

/** What was printed, with the captured files of the tests named as one file of a reader would be. */
function example(golden: string): string {
  const printed = readFileSync(path.join(GOLDENS, golden, 'out'), 'utf8').trimEnd();
  return printed.replace(/(?: -f test\/dumps\/[\w.-]+)+/g, ' -f saved.json');
}

function section({ schema, verb, kinds, golden }: Document): string {
  return `## ${verb}

${kinds}. Schema: [schema/${schema}](schema/${schema}). For example:

\`\`\`json
${example(golden)}
\`\`\`
`;
}
