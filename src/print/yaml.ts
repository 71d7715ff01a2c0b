/** YAML as kubectl prints it: block style, no anchors. js-yaml is loaded only when it is asked for. */

/** The document, ending in a line break. */
export async function toYaml(value: unknown): Promise<string> {
  const { dump } = await import('js-yaml');
  return dump(value, { noRefs: true, lineWidth: -1 });
}
