/** `verify` against `skopeo inspect --raw`, and against Node doing no more than one GET of the manifest. */
import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { noRegistry, PASSWORD, USER } from '../../test/rig/registry.ts';
import { withServer } from './api.ts';
import { compare, type Program, runOnce } from './measure.ts';
import type { Report } from './report.ts';
import {
  CERTS,
  choosePorts,
  LAYERS,
  pushImages,
  type RegistryKind,
  requestsSeen,
  serve,
} from './verify-registries.ts';
import type { FarPlaces } from './verify-server.ts';

const AIMS = { node: 1.3, far: 1, farWithLogin: 1.1, fifty: 0.15, fiftyWithLogin: 0.3 };
const TRIP_MS = 20;
const FIFTY = 50;
/** The name in the certificate; Node is told its address, as skopeo is by the URL. */
const NAME = 'api.test';

export interface VerifyBench {
  /** For what is made on the way. */
  readonly folder: string;
  readonly rounds: number;
  /** For fifty images. */
  readonly fewRounds: number;
  readonly ours: (...args: string[]) => Program;
  readonly report: Report;
}

type Ports = Readonly<Record<RegistryKind | 'bearerOfSkopeo', number>>;

/** Prints the rows, or why there are none. Throws where a program fails or says something else than it should. */
export async function benchVerify(bench: VerifyBench): Promise<void> {
  const missing = noRegistry();
  if (missing !== null) {
    bench.report.note(`verify: skipped: ${missing}`);
    return;
  }
  const folder = mkdtempSync(path.join(bench.folder, 'verify-'));
  // Only our own kubeconfig, docker config and certificates count.
  mkdirSync(path.join(folder, 'certs'));
  copyFileSync(path.join(CERTS, 'ca.crt'), path.join(folder, 'certs/ca.crt'));
  const log = path.join(folder, 'requests.log');
  const near: Ports = { ...(await choosePorts()), bearerOfSkopeo: (await choosePorts()).plain };
  const kinds = Object.keys(near) as (keyof Ports)[];
  const targets = kinds.flatMap((kind) => ['--target', String(near[kind])]);
  const withPlaces = async (
    trip: number,
    work: (places: Ports, token: number) => void | Promise<void>,
  ) => {
    const args = [...targets, '--trip', String(trip), '--log', log];
    await withServer('scripts/bench/verify-server.ts', args, async (line) => {
      const { ports, token } = JSON.parse(line) as FarPlaces;
      const places = Object.fromEntries(kinds.map((kind, at) => [kind, ports[at]]));
      await work(places as unknown as Ports, token);
    });
  };
  for (const trip of [0, TRIP_MS]) {
    await withPlaces(trip, async (far, token) => {
      const ends = await Promise.all(
        kinds.map((kind) => {
          const host = kind === 'bearerOfSkopeo' ? '127.0.0.1' : NAME;
          const same = kind === 'bearerOfSkopeo' ? 'bearer' : kind;
          return serve(same, near[kind], folder, `https://${host}:${token}/token`);
        }),
      );
      try {
        await pushImages(near.plain, trip === 0 ? FIFTY : 1);
        const lab: Lab = { ...bench, folder, token };
        if (trip === 0) nearRows(lab, near);
        else farRows(lab, far);
      } finally {
        for (const end of ends) end();
      }
    });
  }
}

interface Lab extends VerifyBench {
  readonly token: number;
}

function nearRows(lab: Lab, ports: Ports): void {
  const one = verifyImage(lab, 'tls', ports.tls);
  print(
    lab,
    'verify, loopback / bare node',
    one,
    bareGet(lab.folder, ports.tls),
    AIMS.node,
    lab.rounds,
  );
  if (!hasSkopeo()) return;
  const plain = verifyFifty(lab, 'plain', ports.plain);
  print(
    lab,
    'verify 50 images, plain HTTP / skopeo',
    plain,
    skopeoLoop(lab, 'plain', ports),
    AIMS.fifty,
    lab.fewRounds,
  );
  for (const kind of ['basic', 'bearer'] as const) {
    const ours = verifyFifty(lab, kind, ports[kind]);
    const what = `verify 50 images, TLS, ${kind} / skopeo`;
    print(lab, what, ours, skopeoLoop(lab, kind, ports), AIMS.fiftyWithLogin, lab.fewRounds);
  }
}

function farRows(lab: Lab, ports: Ports): void {
  if (!hasSkopeo()) {
    lab.report.note('verify against skopeo: skopeo is not installed');
    return;
  }
  const what = `verify, ${TRIP_MS} ms round trip`;
  // skopeo tries TLS first, also where it need not be.
  for (const kind of ['tls', 'plain'] as const) {
    const ours = verifyImage(lab, kind, ports[kind]);
    const name = `${what}${kind === 'plain' ? ', plain HTTP' : ''} / skopeo`;
    print(lab, name, ours, skopeo(lab, kind, ports), AIMS.far, lab.rounds);
  }
  for (const kind of ['basic', 'bearer'] as const) {
    const ours = verifyFile(lab, kind, ports[kind], 1);
    print(
      lab,
      `${what}, ${kind} / skopeo`,
      ours,
      skopeo(lab, kind, ports),
      AIMS.farWithLogin,
      lab.rounds,
    );
  }
}

/** One row, and how many requests each of the two makes: ours looks at config and layers too. */
function print(
  lab: Lab,
  what: string,
  ours: Program,
  theirs: Program,
  aim: number,
  rounds: number,
): void {
  const counts = [ours, theirs].map((program) => {
    const before = requestsSeen(lab.folder);
    const said = runOnce(program);
    if (said === '' || /not pullable|unverifiable/.test(said))
      throw new Error(`${what}: ${said.slice(0, 500)}`);
    return requestsSeen(lab.folder) - before;
  });
  lab.report.row(what, compare(ours, theirs, rounds), aim);
  lab.report.note(`requests: ${counts.join(' and ')}, ${LAYERS} layers an image`);
}

function hasSkopeo(): boolean {
  try {
    return runOnce({ command: 'skopeo', args: ['--version'] }) !== '';
  } catch {
    return false;
  }
}

function atHome(lab: Lab, program: Program): Program {
  return { ...program, env: { HOME: lab.folder, KUBECONFIG: path.join(lab.folder, 'none') } };
}

function reach({ folder, token }: Lab, kind: RegistryKind, port: number): string[] {
  const places = [port, token].flatMap((one) => [
    '--registry-address',
    `${NAME}:${one}=127.0.0.1:${one}`,
  ]);
  const way =
    kind === 'plain' ? ['--plain-http'] : ['--ca-file', path.join(folder, 'certs/ca.crt')];
  return [...way, ...places];
}

function verifyImage(lab: Lab, kind: 'plain' | 'tls', port: number): Program {
  const image = `${NAME}:${port}/app-0:1`;
  return atHome(lab, lab.ours('verify', '--image', image, ...reach(lab, kind, port)));
}

function verifyFifty(lab: Lab, kind: RegistryKind, port: number): Program {
  return verifyFile(lab, kind, port, FIFTY);
}

/** Pods of one image each; with their pull secret where the registry wants a login. */
function verifyFile(lab: Lab, kind: RegistryKind, port: number, count: number): Program {
  const host = `${NAME}:${port}`;
  const isOpen = kind === 'plain' || kind === 'tls';
  const auths = { [host]: { username: USER, password: PASSWORD } };
  const pods = Array.from(
    { length: count },
    (_, n) => `apiVersion: v1
kind: Pod
metadata:
  name: pod-${n}
spec:
${isOpen ? '' : '  imagePullSecrets:\n  - name: regcred\n'}  containers:
  - name: app
    image: ${host}/app-${n}:1
`,
  );
  const secret = `apiVersion: v1
kind: Secret
metadata:
  name: regcred
type: kubernetes.io/dockerconfigjson
data:
  .dockerconfigjson: ${Buffer.from(JSON.stringify({ auths })).toString('base64')}
`;
  // Without a cluster nobody else can say which pull secrets the ServiceAccount has.
  const account = 'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: default\n';
  const file = path.join(lab.folder, `${kind}-${port}-${count}.yaml`);
  writeFileSync(file, [account, ...(isOpen ? [] : [secret]), ...pods].join('---\n'));
  return atHome(lab, lab.ours('verify', '-f', file, ...reach(lab, kind, port)));
}

function skopeoArgs({ folder }: Lab, kind: RegistryKind, port: number, image: string): string[] {
  const access = {
    plain: ['--tls-verify=false'],
    tls: [],
    basic: ['--creds', `${USER}:${PASSWORD}`],
    bearer: ['--creds', `${USER}:${PASSWORD}`],
  };
  const where = `docker://127.0.0.1:${port}/${image}:1`;
  return ['inspect', '--raw', '--cert-dir', path.join(folder, 'certs'), ...access[kind], where];
}

function portFor(kind: RegistryKind, ports: Ports): number {
  return kind === 'bearer' ? ports.bearerOfSkopeo : ports[kind];
}

function skopeo(lab: Lab, kind: RegistryKind, ports: Ports): Program {
  const args = skopeoArgs(lab, kind, portFor(kind, ports), 'app-0');
  return atHome(lab, { command: 'skopeo', args });
}

function skopeoLoop(lab: Lab, kind: RegistryKind, ports: Ports): Program {
  const line = skopeoArgs(lab, kind, portFor(kind, ports), 'app-$n').map((arg) => `"${arg}"`);
  const loop = `n=0; while [ $n -lt ${FIFTY} ]; do skopeo ${line.join(' ')} || exit 1; n=$((n+1)); done`;
  return atHome(lab, { command: 'sh', args: ['-c', loop] });
}

/** A script that gets the manifest and prints its digest. */
function bareGet(folder: string, port: number): Program {
  const script = path.join(folder, 'bare-get.cjs');
  const url = `https://127.0.0.1:${port}/v2/app-0/manifests/1`;
  const accept = 'application/vnd.oci.image.manifest.v1+json';
  writeFileSync(
    script,
    `const ca = require('node:fs').readFileSync(${JSON.stringify(path.join(folder, 'certs/ca.crt'))});
const headers = { Accept: ${JSON.stringify(accept)} };
require('node:https').get(${JSON.stringify(url)}, { ca, headers, agent: false }, (response) => {
  let body = '';
  response.on('data', (chunk) => (body += chunk));
  response.on('end', () => process.stdout.write(JSON.stringify(JSON.parse(body))));
});
`,
  );
  return { command: process.execPath, args: [script] };
}
