/**
 * The second half of `decode`: secrets → reports → text. Apart from the first half because it is loaded while the API
 * server is answering.
 */
import type { FoundSecrets } from '../collect/decode-found.ts';
import { inPlace } from '../judge/same-place.ts';
import { palette } from '../print/color.ts';
import { decodeText } from '../print/decode.ts';
import { dockerConfig } from '../print/decode-config.ts';
import { decodedSecretList } from '../print/decode-document.ts';
import { withoutName } from '../print/decode-view.ts';
import { visible, visibleJson } from '../print/escape.ts';
import { formatTable } from '../print/table.ts';
import { gapText } from '../print/where.ts';
import { noneFound } from '../print/where-looked.ts';
import { foldWidth } from '../print/width.ts';
import { toYaml } from '../print/yaml.ts';
import { words } from '../words/errors.ts';
import type { DecodeOptions, ExitCode } from '../words/options.ts';
import { savedInputNote } from '../words/saved-input.ts';
import type { World } from '../words/streams.ts';
import { EXAMPLE } from './decode-example.ts';
import { type Decoded, decodedView } from './decode-items.ts';
import { fingerprintHash } from './fingerprint-hash.ts';
import { placeOf } from './place.ts';

/** What is slow the first time and quick ever after; done while the server has the word. */
export const FIRSTS: readonly (() => void)[] = [
  () => formatTable(['SECRET'], [['']]),
  () => decodedView(EXAMPLE, { now: 0, soonMs: 0, hash: fingerprintHash({}), showSecrets: false }),
];

export interface Answer {
  readonly found: FoundSecrets;
  /** Files that could not be used, one line each. */
  readonly skipped: readonly string[];
  /** Absent: all namespaces. */
  readonly namespaces: readonly string[] | undefined;
}

/** Prints what was found and gives the exit code: 1 where something named is not there or nothing could be read. */
export async function printAnswer(
  { found, skipped, namespaces }: Answer,
  options: DecodeOptions,
  world: World,
): Promise<ExitCode> {
  const now = world.now();
  const decoded = decodedView(found, {
    now,
    soonMs: 0,
    hash: fingerprintHash(world.env),
    showSecrets: options.showSecrets,
  });
  const { view, gaps } = decoded;
  world.out.write(await textOf(decoded, options, world, namespaces));
  for (const line of skipped) world.err.write(`warning: ${visible(line)}\n`);
  if (options.output === 'name') {
    const configs = view.secrets.flatMap(({ file }) => file ?? []);
    for (const file of configs) world.err.write(`warning: ${visible(withoutName(file))}\n`);
  }
  if (options.output === 'dockerconfigjson') {
    const { leftOut, masked } = dockerConfig(view);
    for (const line of leftOut) world.err.write(`warning: ${visible(line)}\n`);
    if (masked) world.err.write(`warning: ${MASKED}\n`);
  }
  for (const gap of new Set(gaps.map(gapText))) world.err.write(`Not seen: ${gap}\n`);
  for (const problem of found.problems) world.err.write(`${visible(words(problem))}\n`);
  const silent = found.problems.length > 0 || gaps.length > 0;
  if (view.secrets.length === 0 && view.users.length === 0 && !silent) {
    world.err.write(noneFound('pull secrets', namespaces, false));
  }
  if (found.problems.length > 0) return 1;
  const unreadable = view.secrets.filter((s) => UNREADABLE.includes(s.status));
  return unreadable.length > 0 && unreadable.length === view.secrets.length ? 1 : 0;
}

const MASKED =
  'passwords and tokens are masked: this config does not work; --show-secrets prints them';

const UNREADABLE: readonly string[] = ['not allowed', 'not known', 'elided'];

async function textOf(
  { view, gaps }: Decoded,
  options: DecodeOptions,
  world: World,
  namespaces: readonly string[] | undefined,
): Promise<string> {
  switch (options.output) {
    case 'json':
      return `${visibleJson(JSON.stringify(decodedSecretList(view, gaps), null, 4))}\n`;
    case 'yaml':
      return await toYaml(decodedSecretList(view, gaps));
    case 'dockerconfigjson':
      return `${visibleJson(JSON.stringify(dockerConfig(view).config, null, 4))}\n`;
    case 'name': {
      const names = view.secrets.filter((s) => s.file === null && s.status !== 'missing');
      return names.map((s) => `secret/${visible(s.name ?? '')}\n`).join('');
    }
    default: {
      const places = new Set(view.secrets.flatMap((s) => s.namespace ?? []));
      const place = placeOf(options);
      const text = decodeText(view, {
        now: world.now(),
        wide: options.output === 'wide',
        noHeaders: options.noHeaders,
        withNamespace: places.size > 1 || (places.size > 0 && namespaces?.length !== 1),
        named: options.targets.length > 0 || view.secrets.length === 1,
        bold: palette(options.color, world).bold,
        width: foldWidth(world.out),
        command: (line) => inPlace(line, place),
      });
      return text + savedInputNote(text, options.filenames);
    }
  }
}
