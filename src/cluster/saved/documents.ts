/** Text of a saved file as documents: JSON, several JSON documents, YAML, several YAML documents. */
import { InputError } from '../../words/errors.ts';
import { jsonPieces, lineAt } from './json-stream.ts';

/** js-yaml reads some ten megabytes a second; what is larger was not written to be read as YAML. */
const YAML_LIMIT_CHARS = 256 * 1024 * 1024;
/** Kubernetes' own objects stay below 40; a deeper nest is an attack on the parser's stack. */
const YAML_DEPTH = 200;

/**
 * Throws InputError with one line that names the file and the line in it. The parsers' own texts are left out:
 * they quote the file, which may hold secrets.
 */
export async function documentsOf(text: string, shown: string): Promise<readonly unknown[]> {
  if (!/^\s*(?:\{|\[|==== START logs )/.test(text.slice(0, 4096)))
    return yamlDocuments(text, shown);
  // The places are found before anything is parsed: that also bounds how deep the parser has to go.
  const found = jsonPieces(text);
  if (!found.complete) {
    if (found.why === 'not JSON' && found.pieces.length === 0) return yamlDocuments(text, shown);
    throw new InputError(`${shown}: ${PROBLEMS[found.why](lineAt(text, found.at))}`);
  }
  const documents: unknown[] = [];
  for (const { start, end } of found.pieces) {
    try {
      documents.push(JSON.parse(text.slice(start, end)));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      // `{a: b}` is no JSON but YAML in its flow form.
      if (found.pieces.length === 1 && text.length < 1_000_000) return yamlDocuments(text, shown);
      const line = lineAt(text, start + errorOffset(error));
      throw new InputError(`${shown}: the JSON cannot be read at line ${line}`);
    }
  }
  return documents;
}

const PROBLEMS = {
  'cut short': (line: number) =>
    `the JSON ends before it is complete, in line ${line}: the file was cut short`,
  'too deep': (line: number) => `the JSON that begins in line ${line} is nested too deep`,
  'not JSON': (line: number) => `line ${line} is not JSON`,
} as const;

/** V8 says the place in its message only; without it the start of the document is named. */
function errorOffset(error: SyntaxError): number {
  const place = /at position (\d{1,10})/.exec(error.message.slice(-200));
  return place ? Number(place[1]) : 0;
}

async function yamlDocuments(text: string, shown: string): Promise<readonly unknown[]> {
  if (text.length > YAML_LIMIT_CHARS) {
    throw new InputError(`${shown}: too large to be read as YAML; save the objects with -o json`);
  }
  const { loadAll, YAMLException } = await import('js-yaml');
  try {
    // `json`: of a key given twice the last one counts, as in JSON. The number of aliases bounds the expansion.
    return loadAll(text, { json: true, maxDepth: YAML_DEPTH, maxAliases: 10_000 });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const where = error.mark ? ` at line ${error.mark.line + 1}` : '';
    throw new InputError(`${shown}: it can be read neither as JSON nor as YAML${where}`);
  }
}
