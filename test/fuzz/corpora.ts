/** What is mutated: the corpora and dumps that the other tests read. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CAUSES } from '../../src/causes/index.ts';
import { CAUSE_NAMES } from '../../src/words/cause.ts';
import { type Fields, fields } from '../../src/words/fields.ts';
import { type Row, readRows } from '../measure/messages.ts';
import { ENGINE_TEXT } from './properties.ts';

const TEST = join(import.meta.dirname, '..');

/** Labelled messages, without those whose own words are an engine's. */
export function messageRows(): Row[] {
  const folder = join(TEST, 'corpus');
  const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
  return readRows(files.map((name) => join(folder, name))).filter(
    ({ message }) => !ENGINE_TEXT.test(message),
  );
}

/** Objects of the dumps whose file names fit, as they were captured. */
export function dumpedObjects(name: RegExp): Fields[] {
  const folder = join(TEST, 'dumps');
  return readdirSync(folder)
    .filter((file) => name.test(file))
    .flatMap((file) => {
      const { items } = fields(JSON.parse(readFileSync(join(folder, file), 'utf8')));
      return Array.isArray(items) ? (items as Fields[]) : [];
    })
    .filter((object) => !ENGINE_TEXT.test(JSON.stringify(object)));
}

/** Image references as the corpus and the dumps have them. */
export function imageNames(): string[] {
  const written = dumpedObjects(/-pods\.json$/).flatMap((pod) => {
    const { containers } = fields(pod['spec']);
    return (Array.isArray(containers) ? containers : []).map((one) => String(fields(one)['image']));
  });
  const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
  return [
    ...new Set([
      ...written,
      ...messageRows().flatMap(({ ref }) => (ref === undefined ? [] : [ref])),
      ...['nginx', 'a/b', 'docker.io/library/nginx:1.27', 'localhost:5000/a/b:c'],
      ...[`registry.example.com:443/a_b/c__d/e-f@${digest}`, `a.b/c:d@${digest}`, '[::1]:5000/a:b'],
    ]),
  ];
}

/** Words of at least three letters in the catalogue's patterns, pattern by pattern. */
export function patternWords(): string[][] {
  return CAUSE_NAMES.flatMap((name) => CAUSES[name].patterns)
    .map(({ match }) =>
      match.source
        .replace(/\\[sSdDwWbB]|\[[^\]]*\]|\{\d+,?\d*\}|\(\?[:=!<]+/g, '|')
        .split(/[|()^$*+?\\.]+/)
        .map((word) => word.trim())
        .filter((word) => word.length >= 3),
    )
    .filter((words) => words.length > 0);
}
