/** `describe`, `secrets` and `decode` against an API server whose answers are twisted, in this process. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { builtinKind } from '../../../src/cluster/lists/builtin-kinds.ts';
import { type Fields, fields } from '../../../src/words/fields.ts';
import { statusAnswer } from '../../rig/api-answers.ts';
import { type ApiCall, apiCall } from '../../rig/api-paths.ts';
import { tempFolder } from '../../rig/temp.ts';
import { command } from '../command.ts';
import { checkDocument } from '../documents.ts';
import { configTexts, SECRETS, secretObject } from '../secrets.ts';
import { type Plain, sendRaw, TWISTS, type Twist, twisted } from '../serve.ts';
import type { Opened, Target } from '../target.ts';
import { OUTPUTS } from './decode.ts';
import { listsOfDumps } from './saved.ts';

interface ApiInput {
  readonly list: number;
  readonly twists: readonly Twist[];
  readonly argv: readonly string[];
  readonly output: (typeof OUTPUTS)[number];
}

const ARGVS: readonly (readonly string[])[] = [
  ['describe', '-A'],
  ['describe', '-A'],
  ['describe', 'POD', '-n', 'NAMESPACE'],
  ['describe', 'deploy', '-n', 'NAMESPACE'],
  ['describe', 'rollouts', '-A'],
  ['secrets', '-A'],
  ['secrets', 'POD', '-n', 'NAMESPACE'],
  ['decode', 'secret/s1', '-n', 'shop'],
  ['decode', '-A'],
];

export const api: Target = {
  name: 'api',
  what: 'answers of an API server, byte by byte, through `describe`, `secrets` and `decode`',
  share: 0.2,
  async open() {
    const lists = listsOfDumps().map((text) => fields(JSON.parse(text))['items'] as Fields[]);
    const secrets = configTexts()
      .slice(0, 4)
      .map((text, i) => secretObject(`s${i}`, text) as Fields);
    let items: readonly Fields[] = [];
    let twists: readonly Twist[] = [];
    let count = 0;
    const server = createServer((request, response: ServerResponse) => {
      response.socket?.on('error', () => undefined);
      const answer = answerOf(apiCall(request.url ?? '/', ''), items);
      sendRaw(response, twisted(answer, count++, twists));
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const { port } = server.address() as AddressInfo;
    const folder = tempFolder();
    const config = {
      'current-context': 'c',
      clusters: [{ name: 'c', cluster: { server: `http://127.0.0.1:${port}` } }],
      contexts: [{ name: 'c', context: { cluster: 'c', namespace: 'shop' } }],
    };
    const env = { KUBECONFIG: folder.write('config', JSON.stringify(config)) };
    const opened: Opened<ApiInput> = {
      inputs: fc.record({
        list: fc.nat(lists.length - 1),
        twists: TWISTS,
        argv: fc.constantFrom(...ARGVS),
        output: fc.constantFrom(...OUTPUTS),
      }),
      async run(input) {
        const own = lists[input.list] ?? [];
        items = [...own, ...secrets];
        twists = input.twists;
        count = 0;
        const metadata = fields(own[0]?.['metadata']);
        const argv = input.argv.map((word) =>
          word === 'POD'
            ? String(metadata['name'])
            : word === 'NAMESPACE'
              ? String(metadata['namespace'])
              : word,
        );
        const flags = input.output === 'table' ? [] : ['-o', input.output];
        const ran = await command([...argv, ...flags], { env });
        await checkDocument(ran, input.output);
        // A twist may put a part of a secret where a name stood; without one of JSON it cannot.
        const kept = twists.every(({ json, body }) => json.length === 0 && body.length === 0);
        return { ...ran, secrets: kept ? SECRETS : [] };
      },
      growths: [],
      close: async () => {
        server.closeAllConnections();
        await new Promise<void>((closed) => server.close(() => closed()));
        folder.remove();
      },
    };
    return opened;
  },
};

function answerOf({ plural, namespace, name, path }: ApiCall, items: readonly Fields[]): Plain {
  const headers = { 'content-type': 'application/json' };
  const kind = builtinKind(plural);
  const send = (status: number, body: unknown) => ({ status, headers, body: JSON.stringify(body) });
  if (path === '/apis') return send(200, GROUPS);
  if (path === '/apis/argoproj.io/v1alpha1') return send(200, RESOURCES);
  if (kind === undefined) {
    const { status, body } = statusAnswer(
      404,
      'NotFound',
      'the server could not find the requested resource',
    );
    return send(status, body);
  }
  const mine = items.filter((item) => {
    const metadata = fields(item['metadata']);
    return (
      item['kind'] === kind.kind && (namespace === undefined || metadata['namespace'] === namespace)
    );
  });
  if (name === undefined) {
    const list = { kind: `${kind.kind}List`, apiVersion: 'v1', metadata: { resourceVersion: '1' } };
    return send(200, { ...list, items: mine });
  }
  const found = mine.find((item) => fields(item['metadata'])['name'] === name);
  if (found !== undefined) return send(200, found);
  const { status, body } = statusAnswer(404, 'NotFound', `${plural} "${name}" not found`);
  return send(status, body);
}

const VERSION = { groupVersion: 'argoproj.io/v1alpha1', version: 'v1alpha1' };
const GROUPS = {
  kind: 'APIGroupList',
  groups: [{ name: 'argoproj.io', versions: [VERSION], preferredVersion: VERSION }],
};
const RESOURCES = {
  kind: 'APIResourceList',
  groupVersion: 'argoproj.io/v1alpha1',
  resources: [
    {
      name: 'rollouts',
      singularName: 'rollout',
      namespaced: true,
      kind: 'Rollout',
      verbs: ['get', 'list'],
    },
  ],
};
