/** `decode` of one secret against kubectl fetching it, and against Node doing no more than that one request. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { withApiServer } from './api.ts';
import { compare, type Program, runOnce } from './measure.ts';
import type { Report } from './report.ts';

const SECRET = 'pull-agent-onyx';
const NAMESPACE = 'shop';
/** Its one registry. */
const SAYS = 'containers.ravenhill.example';

const AIM_KUBECTL = 1.35;
const AIM_NODE = 1.2;

export interface DecodeBench {
  /** For what is made on the way. */
  readonly folder: string;
  /** Path of kubectl. */
  readonly kubectl: string;
  /** Milliseconds before each answer of the API server. */
  readonly delayMs: number;
  readonly rounds: number;
  readonly ours: (...args: string[]) => Program;
  readonly report: Report;
}

/** Prints two rows. Throws where a program fails or says something else than it should. */
export async function benchDecode(bench: DecodeBench): Promise<void> {
  const { folder, kubectl, delayMs, rounds, ours, report } = bench;
  const kubeconfig = path.join(folder, `kubeconfig-decode-${delayMs}`);
  await withApiServer(delayMs, kubeconfig, () => {
    const at = ['--namespace', NAMESPACE, '--kubeconfig', kubeconfig];
    const decode = ours('decode', SECRET, ...at);
    const theirs = { command: kubectl, args: ['get', 'secret', SECRET, '-o', 'json', ...at] };
    const bare = bareRequest(folder, kubeconfig);
    if (!runOnce(decode).includes(SAYS)) throw new Error(`${SECRET} is not decoded`);
    if (!runOnce(bare).includes(SECRET)) throw new Error(`${SECRET} is not fetched`);
    const what = `decode, ${delayMs} ms a request`;
    report.row(`${what} / kubectl get secret`, compare(decode, theirs, rounds), AIM_KUBECTL);
    report.row(`${what} / bare node`, compare(decode, bare, rounds), AIM_NODE);
  });
}

/** A script that asks for the secret and prints the answer. */
function bareRequest(folder: string, kubeconfig: string): Program {
  const { clusters, users } = JSON.parse(readFileSync(kubeconfig, 'utf8'));
  const { server, ...cluster } = clusters[0].cluster;
  const user = users.find((u: { name: string }) => u.name === 'cert').user;
  const login = {
    ca: cluster['certificate-authority-data'],
    cert: user['client-certificate-data'],
    key: user['client-key-data'],
  };
  const script = path.join(folder, 'bare-request.cjs');
  writeFileSync(
    script,
    `const login = ${JSON.stringify(login)};
for (const name in login) login[name] = Buffer.from(login[name], 'base64');
const url = ${JSON.stringify(`${server}/api/v1/namespaces/${NAMESPACE}/secrets/${SECRET}`)};
require('node:https').get(url, { ...login, agent: false }, (response) => {
  let body = '';
  response.on('data', (chunk) => (body += chunk));
  response.on('end', () => process.stdout.write(JSON.stringify(JSON.parse(body))));
});
`,
  );
  return { command: process.execPath, args: [script] };
}
