/** `verify` against a registry whose answers are twisted, in this process. */
import type { ServerResponse } from 'node:http';
import fc from 'fast-check';
import { Canaries, formsOf } from '../../rig/canaries.ts';
import { challenge, json, serve, startServer, type Visit } from '../../rig/registry-hostile.ts';
import { tempFolder } from '../../rig/temp.ts';
import { base64 } from '../../unit/credentials/tokens.ts';
import { command } from '../command.ts';
import { checkDocument } from '../documents.ts';
import { type Plain, sendRaw, TWISTS, type Twist, twisted } from '../serve.ts';
import type { Opened, Target } from '../target.ts';

interface RegistryInput {
  readonly twists: readonly Twist[];
  readonly login: 'none' | 'basic' | 'bearer';
  /** Whether it says again what it was shown. */
  readonly echoes: boolean;
  readonly image: 'app' | 'multi' | 'gone';
  readonly output: string;
}

const canaries = new Canaries();
const PASSWORD = canaries.plant('registry');
const SECRETS = formsOf(PASSWORD);
const TOKEN = canaries.plant('token');

export const registry: Target = {
  name: 'registry',
  what: 'answers of a registry and its token server, byte by byte, through `verify`',
  share: 0.2,
  async open() {
    let now: RegistryInput | null = null;
    let count = 0;
    const server = await startServer(
      (asked, response, { port }) => {
        if (now === null) return;
        const answer = caught((fake) => answerTo(asked, fake, port, now as RegistryInput));
        const said =
          now.echoes && answer.status !== 200 ? { ...answer, body: echo(asked) } : answer;
        sendRaw(response, twisted(said, count++, now.twists), asked.method === 'HEAD');
      },
      { certificate: null },
    );
    const host = `api.test:${server.port}`;
    const folder = tempFolder();
    const auth = base64(`alice:${PASSWORD}`);
    const config = folder.write('config.json', JSON.stringify({ auths: { [host]: { auth } } }));
    const flags = ['--plain-http', '--registry-address', `${host}=127.0.0.1:${server.port}`];
    const opened: Opened<RegistryInput> = {
      inputs: fc.record({
        twists: TWISTS,
        login: fc.constantFrom('none' as const, 'basic' as const, 'bearer' as const),
        echoes: fc.boolean(),
        image: fc.constantFrom('app' as const, 'multi' as const, 'gone' as const),
        output: fc.constantFrom('table', 'wide', 'json', 'yaml', 'name', 'junit'),
      }),
      async run(input) {
        now = input;
        count = 0;
        server.visits.length = 0;
        const output = input.output === 'table' ? [] : ['-o', input.output];
        const own = input.login === 'none' ? [] : ['--docker-config', config];
        const image = `${host}/team/${input.image}:1`;
        const ran = await command(['verify', '--image', image, ...flags, ...own, ...output], {});
        await checkDocument(ran, input.output);
        // In a text that is twisted nobody can tell a token by its name any more.
        const told = input.twists.every(({ json, body }) => json.length === 0 && body.length === 0);
        return { ...ran, secrets: told ? [...SECRETS, TOKEN] : SECRETS };
      },
      growths: [],
      close: async () => {
        await server.close();
        folder.remove();
      },
    };
    return opened;
  },
};

function answerTo(
  asked: Visit,
  response: ServerResponse,
  port: number,
  { login }: RegistryInput,
): void {
  const path = asked.url.split('?')[0] ?? '';
  const realm = `http://api.test:${port}/token`;
  if (path === '/token') {
    json(response, 200, { token: TOKEN, expires_in: 300 });
  } else if (login === 'basic' && asked.authorization === undefined) {
    challenge(response, 'Basic realm="corp"');
  } else if (login === 'bearer' && asked.authorization === undefined) {
    challenge(response, `Bearer realm="${realm}",service="registry"`);
  } else if (path.endsWith('/tags/list')) {
    json(response, 200, { name: 'team/app', tags: ['1', '2'] });
  } else if (path === '/v2/') {
    json(response, 200, {});
  } else {
    serve(asked, response);
  }
}

function echo({ authorization = '', url, body }: Visit): string {
  const plain = Buffer.from(authorization.split(' ')[1] ?? '', 'base64').toString();
  const message = `${authorization} ${plain} ${url} ${body}`;
  return JSON.stringify({ errors: [{ code: 'DENIED', message }] });
}

/** What an answering function would have sent. */
function caught(answering: (response: ServerResponse) => void): Plain {
  let status = 200;
  let headers: Plain['headers'] = {};
  let body = '';
  const fake = {
    writeHead(code: number, given: Plain['headers']) {
      status = code;
      headers = given;
    },
    end(given?: Buffer | string) {
      body = given === undefined ? '' : given.toString();
    },
  };
  answering(fake as unknown as ServerResponse);
  const { 'content-length': _, ...kept } = headers;
  return { status, headers: kept, body };
}
