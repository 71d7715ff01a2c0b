/** Every example of the help texts, run: against a local API server with the objects that the examples name. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { run } from '../../src/cli/run.ts';
import { VERBS } from '../../src/cli/verbs.ts';
import { type ApiServer, startApiServer } from '../rig/api-server.ts';
import { captured } from '../rig/dumps.ts';
import { type TempFolder, tempFolder } from '../rig/temp.ts';
import { testWorld } from '../rig/world.ts';

type Fields = Readonly<Record<string, unknown>>;

const POD = 'web-7d4b9c6f5-x2x9k';
/** Nobody listens there: a registry out of reach is refused at once, and no test asks one in the world. */
const NO_PROXY_THERE = 'http://127.0.0.1:9';

/** A captured object under another name and namespace, with the labels of the examples. */
function renamed(kind: string, from: string, name: string, namespace: string): Fields {
  const list = captured(`modern-${kind}`) as { metadata: { name: string } }[];
  const found = list.find((object) => object.metadata.name === from);
  assert.ok(found, from);
  const { kind: own, apiVersion } = KINDS[kind] ?? { kind: 'Pod', apiVersion: 'v1' };
  const ids = { name, namespace, uid: `${kind}/${namespace}/${name}`, labels: { app: 'web' } };
  const metadata = { ...found.metadata, ...ids };
  return { apiVersion, kind: own, ...found, metadata };
}

const KINDS: Readonly<Record<string, { readonly kind: string; readonly apiVersion: string }>> = {
  pods: { kind: 'Pod', apiVersion: 'v1' },
  secrets: { kind: 'Secret', apiVersion: 'v1' },
};

/** A workload whose template is a captured pod's. */
function workload(apiVersion: string, kind: string, name: string, namespace: string): Fields {
  const pod = renamed('pods', 'agent-onyx', name, namespace) as { metadata: object; spec: object };
  const template = { metadata: { labels: { app: name } }, spec: pod.spec };
  const selector = { matchLabels: { app: name } };
  const spec =
    kind === 'CronJob'
      ? { schedule: '0 0 * * *', jobTemplate: { spec: { template } } }
      : { replicas: 1, selector, template };
  return { apiVersion, kind, metadata: { name, namespace, uid: `${kind}/${namespace}` }, spec };
}

/** As the controllers make them: a pod of a ReplicaSet of a Deployment. */
function owned(object: Fields, kind: string, name: string): Fields {
  const { metadata } = object as { metadata: { namespace: string } };
  const owner = { apiVersion: 'apps/v1', kind, name, uid: `${kind}/${metadata.namespace}` };
  return {
    ...object,
    metadata: { ...metadata, ownerReferences: [{ ...owner, controller: true }] },
  };
}

/** The captured nodes. */
function nodes(): Fields[] {
  return (captured('modern-nodes') as Fields[]).map((node) => ({
    apiVersion: 'v1',
    kind: 'Node',
    ...node,
  }));
}

function objects(): Fields[] {
  return nodes().concat(['shop', 'prod'].flatMap(objectsIn));
}

function objectsIn(namespace: string): Fields[] {
  return [
    owned(renamed('pods', 'agent-onyx', POD, namespace), 'ReplicaSet', 'web-7d4b9c6f5'),
    owned(workload('apps/v1', 'ReplicaSet', 'web-7d4b9c6f5', namespace), 'Deployment', 'web'),
    renamed('secrets', 'pull-agent-onyx', 'regcred', namespace),
    renamed('secrets', 'pull-agent-onyx', 'all-icr-io', namespace),
    workload('apps/v1', 'Deployment', 'web', namespace),
    workload('apps/v1', 'StatefulSet', 'db', namespace),
    workload('batch/v1', 'CronJob', 'report', namespace),
  ];
}

/** The words of a command as a shell takes them: quotes, and `~`. */
function shellWords(command: string, home: string): string[] {
  return [...command.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, bare]) => single ?? double ?? (bare ?? '').replace(/^~(?=\/)/, home),
  );
}

describe('examples of the help', () => {
  let folder: TempFolder;
  let server: ApiServer;
  /** What stands before the pipe of an example, and what it would print. */
  let piped: Readonly<Record<string, string>> = {};

  before(async () => {
    folder = tempFolder();
    const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects() });
    server = await startApiServer({ dumps: [folder.write('objects.json', list)] });
    server.writeKubeconfig(join(folder.path, 'config'));
    const config = { auths: { 'ghcr.io': { auth: Buffer.from('me:secret').toString('base64') } } };
    folder.write('.docker/config.json', JSON.stringify(config));
    piped = {
      'kubectl get pods,ev,secrets,sa,nodes -o json': list,
      'kubectl get secret regcred -o yaml': JSON.stringify(
        renamed('secrets', 'pull-agent-onyx', 'regcred', 'shop'),
      ),
      'helm template shop ./chart': JSON.stringify(
        workload('apps/v1', 'Deployment', 'web', 'shop'),
      ),
      'journalctl -u kubelet': 'Failed to pull image "web": pull QPS exceeded\n',
    };
  });
  after(async () => {
    await server.close();
    folder.remove();
  });

  const examples = VERBS.flatMap(({ name, examples: own }) => own.map((one) => ({ name, ...one })));
  for (const { name, command } of examples) {
    it(command, async function () {
      this.timeout(20_000);
      const stop = new AbortController();
      const [source, last = source] = command.includes(' | ') ? command.split(' | ') : [command];
      const stdin = source === last ? undefined : piped[source ?? ''];
      assert.ok(source === last || stdin !== undefined, `nothing is there for ${source}`);
      // Of `source <(…)` what stands in the brackets.
      const line = /<\((.*)\)/.exec(last ?? '')?.[1] ?? last ?? '';
      const [program, ...words] = shellWords(line, folder.path);
      const typed = program === 'kubectl-imagepull' ? words : words.slice(1);
      // No kubelet is here to pull, and nobody to say yes: the Job is only printed.
      const onNodes = typed.some((word) => ['--from-node', '--nodes', '--node'].includes(word));
      const args = onNodes ? [...typed, '--dry-run=client'] : typed;
      assert.equal(args[0], name);
      const env = {
        HOME: folder.path,
        KUBECONFIG: join(folder.path, 'config'),
        HTTPS_PROXY: NO_PROXY_THERE,
        HTTP_PROXY: NO_PROXY_THERE,
        NO_PROXY: '127.0.0.1',
      };
      const world = testWorld({
        env,
        cwd: folder.path,
        now: Date.parse('2026-11-21T04:00:00Z'),
        signal: stop.signal,
        ...(stdin === undefined ? {} : { stdin }),
      });
      const watches = args.includes('--watch');
      // It would stay until every image is pulled, which here never happens.
      if (watches) setTimeout(() => stop.abort(), 1000);
      const code = await run(args, world);
      assert.doesNotMatch(world.errText(), /^error:/m);
      // Nothing ends within a day: the captured credentials do not end.
      if (args.includes('--expiring')) assert.equal(world.errText(), 'No pull secrets found.\n');
      else assert.notEqual(world.outText(), '', world.errText());
      // 4: registries are out of reach here.
      assert.ok(
        [0, ...(name === 'verify' ? [3, 4] : []), ...(watches ? [130] : [])].includes(code),
      );
    });
  }
});
