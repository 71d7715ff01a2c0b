/** What may have been meant by a text that is no image reference. Pure. */
import { parseImage } from './reference.ts';

const MAX = 512;

/**
 * The text with the slips taken out that are seen most: quotes, blanks and line breaks around it, a scheme, doubled
 * signs, capital letters in the name, an empty tag. `null` where it is no reference then either, or was one before.
 */
export function validForm(text: string): string | null {
  if (text.length > MAX || parseImage(text).valid) return null;
  const bare = text
    .replace(/^[\s"'`]+|[\s"'`]+$/g, '')
    .replace(/^[a-z][a-z0-9+.-]{0,15}:\/\//i, '');
  const single = bare
    .replace(/\/{2,}/g, '/')
    .replace(/:{2,}/g, ':')
    .replace(/[:/@]+$/, '');
  const at = single.search(/(?::[^/:@]*)?(?:@.*)?$/);
  const repaired = `${single.slice(0, at).toLowerCase()}${single.slice(at)}`;
  return parseImage(repaired).valid ? repaired : null;
}
