/** The verbs this version has. Advice that needs another one is left out until it is there. */
const VERB_NAMES = ['describe', 'verify', 'secrets', 'decode', 'explain', 'completion'] as const;

export type VerbName = (typeof VERB_NAMES)[number];

/** False for a command of ours whose verb this version does not have; true for every other command. */
export function isAvailable(command: string): boolean {
  const verb = /^kubectl imagepull (\S+)/.exec(command)?.[1];
  return verb === undefined || VERB_NAMES.some((name) => name === verb);
}
