/** `-o yaml`. Pure; js-yaml is loaded when it is asked for, which a table never does. */
import { jsonEscape } from './escape.ts';

/** What YAML lets stand raw in double quotes but a terminal may obey or hide. */
const HIDDEN = /[\x7f-\x84\x86-\x9f\p{Cf}\p{Zl}\p{Zp}]/u;

/**
 * A JSON-like value as one YAML document in block style, as kubectl prints it (lists not indented, no line
 * folding, strings quoted where YAML 1.1 or 1.2 would read something else). Keys keep their order; `undefined`
 * is left out. Strings with hidden characters are double-quoted and these escaped.
 */
export async function toYaml(value: unknown): Promise<string> {
  const { dump, SCALAR_STYLE, visit } = await import('js-yaml');
  const text = dump(value, {
    seqNoIndent: true,
    lineWidth: -1,
    noRefs: true,
    skipInvalid: true,
    transform: (documents) =>
      visit(documents, (node) => {
        if (node.kind === 'scalar' && HIDDEN.test(node.value)) {
          node.style = SCALAR_STYLE.DOUBLE_QUOTED;
        }
      }),
  });
  // Only inside double quotes by now, where an escape means the same.
  return text.replace(new RegExp(HIDDEN, 'gu'), jsonEscape);
}
