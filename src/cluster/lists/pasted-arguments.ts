/**
 * Arguments that are no names but what somebody pasted: a docker config, base64 of it or of a login, a whole object. A
 * name goes into the paths of requests, and from there into audit logs; nothing of these may.
 */
import { InputError, UsageError } from '../../words/errors.ts';
import { pastedConfig } from '../saved/pasted.ts';

/** Of a name, and of each part of TYPE/NAME. */
const MAX_NAME = 253;

/** Base64 of the shortest logins; below it, words are base64 of some text by chance. */
const SHORTEST_BASE64 = 12;

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
    const parts = [arg, arg.slice(arg.indexOf('/') + 1)];
    if (parts.some((part) => isConfig(part, shown))) {
      throw new UsageError(`${shown} is a docker config and not a name: ${PIPE}`);
    }
    if (OF_TEXT.test(arg)) {
      throw new UsageError(
        `${shown} is a text and not a name; objects and docker configs are read with -f: ${PIPE}`,
      );
    }
    const longest = Math.max(...arg.split('/').map((part) => part.length));
    if (longest > MAX_NAME) {
      throw new UsageError(
        `${shown} is not a name: it has ${longest} characters, ${MAX_NAME} are allowed`,
      );
    }
  }
}

const PIPE = '... | kubectl imagepull decode -f -';

/** Throws UsageError for base64 of another text, which may be a login. */
function isConfig(part: string, shown: string): boolean {
  try {
    return pastedConfig(Buffer.from(part), shown) !== null;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    if (part.length < SHORTEST_BASE64) return false;
    throw new UsageError(error.message.replace(/: it is base64,/, ' is base64,'));
  }
}
