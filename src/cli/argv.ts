/**
 * pflag's habits for yargs: attached short values (`-ojson`, `-nshop`), grouped switches (`-Aowide`), and
 * `--flag=value` for switches. yargs reads `-ojson` as five flags (facts: measured on yargs 18). Pure.
 */
import type { Flag } from './flags.ts';

/**
 * Argv in a form that yargs and pflag read alike: every flag with a value becomes `--name=value`, every switch
 * `--name=true|false`. Unknown flags pass as they are and are refused later. Nothing after `--` is touched.
 */
export function normalizeArgv(argv: readonly string[], flags: readonly Flag[]): string[] {
  const byName = new Map(flags.map((f) => [f.name, f]));
  const byShort = new Map(flags.flatMap((f) => (f.short ? [[f.short, f] as const] : [])));
  const out: string[] = [];
  for (let i = 0; i < argv.length; i++) {
    const arg = argv[i] ?? '';
    if (arg === '--') return [...out, ...argv.slice(i)];
    const take = (): string | undefined => argv[++i];
    if (arg.startsWith('--')) out.push(...long(arg, byName, take));
    else if (arg.length > 1 && arg.startsWith('-')) out.push(...short(arg, byShort, take));
    else out.push(arg);
  }
  return out;
}

function long(
  arg: string,
  byName: ReadonlyMap<string, Flag>,
  take: () => string | undefined,
): string[] {
  const equals = arg.indexOf('=');
  const name = arg.slice(2, equals === -1 ? undefined : equals);
  const flag = byName.get(name);
  if (!flag) return [arg];
  if (flag.type === 'boolean') return [equals === -1 ? `--${name}=true` : arg];
  if (equals !== -1) return [arg];
  const value = take();
  return value === undefined ? [`--${name}`] : [`--${name}=${value}`];
}

/** `-Aowide`: switches until the first flag that takes a value, which takes the rest or the next argument. */
function short(
  arg: string,
  byShort: ReadonlyMap<string, Flag>,
  take: () => string | undefined,
): string[] {
  const out: string[] = [];
  for (let i = 1; i < arg.length; i++) {
    const flag = byShort.get(arg[i] ?? '');
    if (!flag) return [...out, `-${arg.slice(i)}`];
    const rest = arg.slice(i + 1);
    if (flag.type === 'boolean') {
      if (rest.startsWith('=')) return [...out, `--${flag.name}${rest}`];
      out.push(`--${flag.name}=true`);
      continue;
    }
    const attached = rest.startsWith('=') ? rest.slice(1) : rest;
    const value = rest === '' ? take() : attached;
    return [...out, value === undefined ? `--${flag.name}` : `--${flag.name}=${value}`];
  }
  return out;
}
