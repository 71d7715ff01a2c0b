/**
 * Peak memory of `secrets -A` over 5,000 secrets in 500 namespaces against that over 500: rows are kept, data is not.
 * `node scripts/bench/secrets-memory.ts [--rounds N]` after `npm run build`; Linux alone tells peaks.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startApiServer } from '../../test/rig/api-server.ts';
import { compared, costOf, runOnce } from './measure.ts';
import { header, row } from './row.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const START = path.join(ROOT, 'dist/start.cjs');
const PER_NAMESPACE = 10;
const AIM = 1.3;

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });

/** As `ibmcloud ks cluster pull-secret apply` writes it: public and private name of each region. */
const IBM_HOSTS = [
  '',
  'us.',
  'uk.',
  'de.',
  'au.',
  'jp.',
  'jp2.',
  'ca.',
  'ca2.',
  'br.',
  'es.',
  'in.',
  'in2.',
].flatMap((region) => [`${region}icr.io`, `private.${region}icr.io`]);

/** In the order of a real API server's lists. */
function secret(namespace: string, name: string, hosts: readonly string[], password: string) {
  const auth = Buffer.from(`iamapikey:${password}`).toString('base64');
  const auths = Object.fromEntries(
    hosts.map((host) => [host, { username: 'iamapikey', password, email: 'a@b.c', auth }]),
  );
  const content = Buffer.from(JSON.stringify({ auths })).toString('base64');
  return {
    metadata: {
      namespace,
      name,
      uid: `${namespace}-${name}`,
      creationTimestamp: '2026-11-20T00:00:00Z',
    },
    data: { '.dockerconfigjson': content },
    type: 'kubernetes.io/dockerconfigjson',
  };
}

/** The peak over so many namespaces, in MiB. */
async function peaks(namespaces: number, folder: string, rounds: number): Promise<number[]> {
  const server = await startApiServer({ dumps: [path.join(ROOT, 'test/dumps/modern-nodes.json')] });
  try {
    for (let n = 0; n < namespaces; n++) {
      const namespace = `team-${n}`;
      for (let i = 0; i < PER_NAMESPACE; i++) {
        const own = i > 0;
        const name = own ? `regcred-${i}` : i === 0 ? 'all-icr-io' : `all-icr-io-${i}`;
        const hosts = own ? [`registry-${n}.example:5000`] : IBM_HOSTS;
        server.changes.set(
          'secrets',
          secret(namespace, name, hosts, `k-${own ? `${n}-${i}` : 'same'}-0123456789`),
        );
      }
      server.changes.set('serviceaccounts', {
        metadata: { namespace, name: 'default' },
        imagePullSecrets: [{ name: 'all-icr-io' }],
      });
    }
    const kubeconfig = path.join(folder, `config-${namespaces}`);
    server.writeKubeconfig(kubeconfig);
    const args = [START, 'secrets', '-A', '--kubeconfig', kubeconfig];
    const found: number[] = [];
    for (let round = 0; round < rounds; round++) {
      found.push((await costOf({ command: process.execPath, args })).memory);
    }
    return found;
  } finally {
    await server.close();
  }
}

const folder = mkdtempSync(path.join(tmpdir(), 'imagepull-'));
try {
  runOnce({ command: process.execPath, args: [START, '--version'] });
  const rounds = Number(values.rounds);
  const few = await peaks(50, folder, rounds);
  const many = await peaks(500, folder, rounds);
  const pairs = many.map((ours, i) => ({ ours, theirs: few[i] ?? Number.NaN }));
  process.stdout.write(header());
  process.stdout.write(row('secrets -A, 5,000 secrets / 500: peak in MiB', compared(pairs), AIM));
} finally {
  rmSync(folder, { recursive: true });
}
