/** `decode -f -`: docker configs and Secrets as people paste them, through the whole command. */
import fc from 'fast-check';
import { command } from '../command.ts';
import { repeated } from '../growth.ts';
import { mutated } from '../mutate.ts';
import { mutatedJson } from '../mutate-json.ts';
import { configTexts, isMisplaced, SECRETS, secretObject } from '../secrets.ts';
import { nothingOpen, type Opened, type Target } from '../target.ts';

interface PastedInput {
  /** Bytes, as latin1. */
  readonly bytes: string;
  readonly output: string;
}

export const OUTPUTS = ['table', 'wide', 'json', 'yaml', 'name'] as const;

const base64 = (text: string) => Buffer.from(text).toString('base64');

export const decode: Target = {
  name: 'decode',
  what: 'pasted docker configs, data lines and Secrets, through `decode -f -` in every format',
  share: 0.6,
  async open() {
    const configs = configTexts();
    const objects = configs.map((text, i) =>
      JSON.stringify(secretObject(`s${i}`, text, i % 7 === 0 ? 'dockercfg' : 'dockerconfigjson')),
    );
    const seeds = [
      ...configs,
      ...configs.map(base64),
      ...configs.map((text) => `.dockerconfigjson: ${base64(text)}`),
      ...objects,
      ...configs.map((text) => base64(base64(text))),
    ];
    const opened: Opened<PastedInput> = {
      inputs: fc.record({
        bytes: fc.oneof(
          mutated(seeds, { bytes: true, words: ['auths', 'data:', 'kind: Secret\n', '\n---\n'] }),
          mutatedJson(objects).map((value) => JSON.stringify(value)),
          mutatedJson(configs).map((value) => base64(JSON.stringify(value))),
        ),
        output: fc.constantFrom(...OUTPUTS, 'dockerconfigjson'),
      }),
      async run({ bytes, output }) {
        const flags = output === 'table' ? [] : ['-o', output];
        const ran = await command(['decode', '-f', '-', ...flags], {
          stdin: Buffer.from(bytes, 'latin1'),
        });
        // The config itself holds the passwords, and is refused without --show-secrets.
        return { ...ran, secrets: isMisplaced(bytes) ? [] : SECRETS };
      },
      growths: [
        'a',
        '{"a":',
        '[',
        'a: ',
        '- ',
        'YTpi',
        '&a [*a]\n',
        '"\\u',
        ' \n',
        '{"auths":{}}\n',
      ].map((piece) => ({
        name: JSON.stringify(piece),
        make: (bytes) => ({ bytes: repeated(piece, bytes), output: 'table' }),
      })),
      close: nothingOpen,
    };
    return opened;
  },
};
