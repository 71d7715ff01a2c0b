/** `verify --ibm` against an IBM Cloud whose answers are twisted, in this process. */
import fc from 'fast-check';
import { formsOf } from '../../rig/canaries.ts';
import { startIbmServer } from '../../rig/ibm-server.ts';
import { KEY, OTHER_KEY } from '../../rig/ibm-world.ts';
import { command } from '../command.ts';
import { checkDocument } from '../documents.ts';
import { TWISTS, type Twist, twisted } from '../serve.ts';
import type { Opened, Target } from '../target.ts';
import { OUTPUTS } from './decode.ts';

interface IbmInput {
  readonly twists: readonly Twist[];
  readonly key: string;
  readonly image: string;
  readonly output: (typeof OUTPUTS)[number];
}

const SECRETS = [KEY, OTHER_KEY].flatMap(formsOf).concat('MUST-NOT-BE-SHOWN');

export const ibm: Target = {
  name: 'ibm',
  what: 'answers of IAM and of the registry of IBM Cloud, through `verify --ibm`',
  share: 0.2,
  async open() {
    const server = await startIbmServer();
    const flags = [
      ...['--plain-http', '--ibm', '--ibm-iam-endpoint', server.url],
      ...[
        '--ibm-registry-endpoint',
        server.url,
        '--registry-address',
        `us.icr.io=${server.address}`,
      ],
      ...['--registry-username', 'iamapikey', '--password-stdin'],
    ];
    const opened: Opened<IbmInput> = {
      inputs: fc.record({
        twists: TWISTS,
        key: fc.constantFrom(KEY, OTHER_KEY),
        image: fc.constantFrom('shop/web:1.0', 'shop/web:9', 'partner/app:1', 'none/x:1'),
        output: fc.constantFrom(...OUTPUTS),
      }),
      async run({ twists, key, image, output }) {
        let count = 0;
        server.calls.length = 0;
        server.alter = (answer) => {
          const body = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
          // A length that is not true is waited for.
          const { 'content-length': _, ...headers } = answer.headers ?? {};
          const { status, body: changed } = twisted(
            { status: answer.status, headers, body },
            count++,
            twists,
          );
          return { status, headers, body: changed };
        };
        const format = output === 'table' ? [] : ['-o', output];
        const argv = ['verify', '--image', `us.icr.io/${image}`, ...flags, ...format];
        const ran = await command(argv, { stdin: `${key}\n` });
        await checkDocument(ran, output);
        return { ...ran, secrets: SECRETS };
      },
      growths: [],
      close: () => server.close(),
    };
    return opened;
  },
};
