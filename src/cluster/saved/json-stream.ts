/**
 * JSON documents one after another: JSON Lines, `kubectl get -w -o json`, and the standard output of
 * `kubectl cluster-info dump`, where logs stand between the documents.
 */

export interface JsonPiece {
  /** Offsets in the text. */
  readonly start: number;
  readonly end: number;
}

export type JsonPieces =
  | { readonly complete: true; readonly pieces: readonly JsonPiece[] }
  /** The text ends inside the document that starts at `start`, or something else stands at `at`. */
  | {
      readonly complete: false;
      readonly pieces: readonly JsonPiece[];
      readonly start: number;
      readonly at: number;
      readonly why: 'cut short' | 'not JSON' | 'too deep';
    };

/** Kubernetes' own objects stay below 40; V8 spends gigabytes on a text of opening brackets. */
const DEPTH_LIMIT = 500;

/** kubectl pkg/cmd/clusterinfo/clusterinfo_dump.go writes these lines around each container's log. */
const LOG_START = '==== START logs for container ';
const LOG_END = '==== END logs for container ';

/** Finds the documents in one pass; what lies between their brackets is checked by the caller's parser. */
export function jsonPieces(text: string): JsonPieces {
  const pieces: JsonPiece[] = [];
  let at = 0;
  for (;;) {
    at = skipBlanks(text, at);
    if (at >= text.length) return { complete: true, pieces };
    if (text.startsWith(LOG_START, at)) {
      at = afterLog(text, at);
      continue;
    }
    const c = text[at];
    if (c !== '{' && c !== '[') return { complete: false, pieces, start: at, at, why: 'not JSON' };
    const end = endOfValue(text, at);
    if (end === 'too deep') return { complete: false, pieces, start: at, at, why: 'too deep' };
    if (end === 'ends early') {
      return { complete: false, pieces, start: at, at: text.length, why: 'cut short' };
    }
    pieces.push({ start: at, end });
    at = end;
  }
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  // Blank, tab, line ends; commas between documents are not JSON but harmless.
  while (at < text.length && ' \t\r\n'.includes(text[at] ?? '')) at++;
  return at;
}

/** A log without its end line takes the rest of the text. */
function afterLog(text: string, at: number): number {
  const end = text.indexOf(`\n${LOG_END}`, at);
  if (end < 0) return text.length;
  const line = text.indexOf('\n', end + 1);
  return line < 0 ? text.length : line;
}

/**
 * Offset behind the bracket that closes the one at `start`; `ends early` where the text ends before it,
 * `too deep` where it nests further than `DEPTH_LIMIT`.
 */
function endOfValue(text: string, start: number): number | 'ends early' | 'too deep' {
  let depth = 0;
  for (let i = start; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case 0x22: {
        i = endOfString(text, i);
        if (i < 0) return 'ends early';
        break;
      }
      case 0x7b:
      case 0x5b:
        if (++depth > DEPTH_LIMIT) return 'too deep';
        break;
      case 0x7d:
      case 0x5d:
        if (--depth === 0) return i + 1;
        break;
    }
  }
  return 'ends early';
}

/** Offset of the closing quote of the string that opens at `start`. */
function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x5c) i++;
    else if (c === 0x22) return i;
  }
  return -1;
}

/** Line number, from one, of an offset. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let i = text.indexOf('\n'); i >= 0 && i < offset; i = text.indexOf('\n', i + 1)) line++;
  return line;
}
