/**
 * Arguments that are no names but what somebody pasted: a docker config, base64 of it or of a login, a whole object. A
 * name goes into the paths of requests, and from there into audit logs; nothing of these may.
 */
import { UsageError } from '../../words/errors.ts';
import { pastedWord } from '../saved/pasted.ts';

/** Of a name, and of each part of TYPE/NAME. */
const MAX_NAME = 253;

/** What TYPE, TYPE,TYPE, NAME and TYPE/NAME are made of where they can exist: nothing of it needs a look. */
const POSSIBLE = /^[a-z0-9.,-]{1,253}(?:\/[a-z0-9.-]{1,253})?$/;

/** No type and no name holds these; JSON and YAML do. */
const OF_TEXT = /[{}"'\r\n]/;

/** Throws UsageError, with nothing of the argument in it, for one that was pasted and is no name. */
export function refusePasted(args: readonly string[]): void {
  for (const [i, arg] of args.entries()) {
    if (POSSIBLE.test(arg)) continue;
    const shown = args.length === 1 ? 'the argument' : `argument ${i + 1}`;
    // Base64 has slashes of its own.
    const parts = [arg, arg.slice(arg.indexOf('/') + 1)].map(pastedWord);
    if (parts.includes('config')) {
      throw new UsageError(`${shown} is a docker config and not a name: ${PIPE}`);
    }
    if (parts.includes('base64')) {
      throw new UsageError(
        `${shown} is base64 of a text and not a name; is it the auth field of an entry (user:password)?`,
      );
    }
    if (OF_TEXT.test(arg)) {
      throw new UsageError(
        `${shown} is a text and not a name; objects and docker configs are read with -f: ${PIPE}`,
      );
    }
    const longest = longestPart(arg);
    if (longest > MAX_NAME) {
      throw new UsageError(
        `${shown} is not a name: it has ${longest} characters, ${MAX_NAME} are allowed`,
      );
    }
  }
}

/** Not `Math.max` of all: an argument may hold more slashes than a call takes arguments. */
function longestPart(arg: string): number {
  return arg.split('/').reduce((longest, { length }) => Math.max(longest, length), 0);
}

const PIPE = '... | kubectl imagepull decode -f -';
