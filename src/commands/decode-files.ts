/** `decode -f`: saved objects, and docker configs in their place. */
import { type OpenedSource, openFiles } from '../cluster/open.ts';
import { type PastedConfig, pastedConfig } from '../cluster/saved/pasted.ts';
import { type FoundSecrets, type ListedSecret, NOTHING_FOUND } from '../collect/decode-found.ts';
import { withoutName } from '../print/decode-view.ts';
import { InputError } from '../words/errors.ts';
import { Hidden } from '../words/hidden.ts';
import type { DecodeOptions } from '../words/options.ts';
import type { SecretView } from '../words/pod.ts';
import type { World } from '../words/streams.ts';

export interface OpenedFiles {
  /** Null: nothing but docker configs was given. */
  readonly opened: OpenedSource | null;
  readonly pasted: FoundSecrets;
}

/**
 * Throws InputError where a file cannot be used, or a name was given or is to be printed and there is nothing that
 * could have one.
 */
export async function openWithConfigs(
  { filenames, targets, output }: Pick<DecodeOptions, 'filenames' | 'targets' | 'output'>,
  world: World,
): Promise<OpenedFiles> {
  const configs: PastedConfig[] = [];
  const opened = await openFiles(filenames, world, {
    what: 'a docker config, plain or in base64',
    take: (bytes, shown) => {
      const config = pastedConfig(bytes, shown);
      if (config !== null) configs.push(config);
      return config !== null;
    },
  });
  const [first] = configs;
  const all = configs.length === new Set(filenames).size;
  if (all && first && targets.length > 0) {
    throw new InputError(
      `${first.shown}: it is a docker config, which holds no secrets that could be named`,
    );
  }
  // As kubectl does with objects that -o name has no name for.
  if (all && first && output === 'name') throw new InputError(withoutName(first.shown));
  const secrets = targets.length > 0 ? [] : configs.map(listed);
  return {
    opened: all ? null : opened,
    pasted: { ...NOTHING_FOUND, groups: [{ user: null, secrets }] },
  };
}

/** As a Secret would hold it. */
function listed({ shown, form, text, notes }: PastedConfig): ListedSecret {
  const dataKey = `.${form}`;
  const value: SecretView = {
    namespace: '',
    name: '',
    uid: '',
    type: `kubernetes.io/${form}`,
    createdAt: null,
    changedAt: null,
    dataKeys: [dataKey],
    data: new Map([[dataKey, new Hidden(Buffer.from(text.reveal()).toString('base64'))]]),
    elided: false,
  };
  return {
    namespace: '',
    name: '',
    answer: { known: true, value },
    near: null,
    file: shown,
    notes,
  };
}
