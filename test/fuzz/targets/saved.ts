/** `describe -f -` and its sisters: saved objects that are cut, mutated, and no objects at all, in JSON and YAML. */
import fc from 'fast-check';
import { dump } from 'js-yaml';
import { command } from '../command.ts';
import { dumpedObjects } from '../corpora.ts';
import { checkDocument } from '../documents.ts';
import { repeated } from '../growth.ts';
import { mutated } from '../mutate.ts';
import { mutatedJson } from '../mutate-json.ts';
import { nothingOpen, type Opened, type Target } from '../target.ts';
import { OUTPUTS } from './decode.ts';

interface SavedInput {
  /** Bytes, as latin1. */
  readonly bytes: string;
  readonly verb: 'describe' | 'secrets' | 'decode';
  readonly output: (typeof OUTPUTS)[number];
}

const VERBS = ['describe', 'describe', 'describe', 'secrets', 'decode'] as const;
const PIECES = [
  '{"items":',
  '[',
  'a: ',
  '- ',
  '- - ',
  '---\n',
  '{',
  '? ',
  '"',
  '&a ',
  '{"kind":"Pod"}\n',
  '  a:\n',
];

export const saved: Target = {
  name: 'saved',
  what: 'pods, events, Secrets and workloads of the dumps, in JSON and YAML, through `describe`, `secrets` and `decode` with `-f -`',
  share: 0.6,
  async open() {
    const lists = listsOfDumps();
    const yaml = lists.map((text) => bytesOf(dump(JSON.parse(text), { seqNoIndent: true })));
    const opened: Opened<SavedInput> = {
      inputs: fc.record({
        bytes: fc.oneof(
          mutated(lists.map(bytesOf), {
            bytes: true,
            words: ['{"kind":"List",', '"items":[', '"status":'],
          }),
          mutated(yaml, { bytes: true, words: ['\n---\n', '  - ', ': |\n', '!!binary '] }),
          mutatedJson(lists, { most: 12 }).map((value) => bytesOf(JSON.stringify(value))),
        ),
        verb: fc.constantFrom(...VERBS),
        output: fc.constantFrom(...OUTPUTS),
      }),
      async run({ bytes, verb, output }) {
        const flags = output === 'table' ? [] : ['-o', output];
        const ran = await command([verb, '-f', '-', ...flags], {
          stdin: Buffer.from(bytes, 'latin1'),
        });
        await checkDocument(ran, output);
        return ran;
      },
      growths: PIECES.map((piece) => ({
        name: JSON.stringify(piece),
        make: (bytes) => ({ bytes: repeated(piece, bytes), verb: 'describe', output: 'table' }),
      })),
      close: nothingOpen,
    };
    return opened;
  },
};

function bytesOf(text: string): string {
  return Buffer.from(text).toString('latin1');
}

/** JSON of small lists: each pod with its events, and the rest a few at a time. */
export function listsOfDumps(): string[] {
  const pods = dumpedObjects(/^(?:extra|kill|sandbox|modern-node-\d+)-pods\.json$/);
  const events = dumpedObjects(/^(?:extra|kill|sandbox|modern-node-\d+)-events\.json$/);
  const others = dumpedObjects(
    /^(?:extra|modern)-(?:deployments|jobs|cronjobs|statefulsets|secrets|serviceaccounts|nodes|replicasets|daemonsets)\.json$/,
  );
  const byUid = Map.groupBy(events, (event) => uidOf(event['involvedObject']));
  return pods.map((pod, i) => {
    const own = (byUid.get(uidOf(pod['metadata'])) ?? []).slice(0, 4);
    const items = [pod, ...own, ...others.slice((i * 3) % others.length).slice(0, 3)];
    return JSON.stringify({ kind: 'List', apiVersion: 'v1', items });
  });
}

function uidOf(value: unknown): string {
  return String((value as { uid?: unknown } | null)?.uid);
}
