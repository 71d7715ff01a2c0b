/** Signs in a text that something other than the value got into it. Every test is linear and gives no part of the text. */

/** JavaScript's blanks (no-break space and byte order mark among them), NUL, and the zero-width ones. */
const BLANK = /[\s\0\u200b-\u200d\u2060\u180e]/;
/** What nobody types into a password: controls, zero-width signs, no-break blanks, the replacement character. */
const INVISIBLE = /[\p{Cc}\u00a0\u00ad\u180e\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff\ufffd]/u;

/** `a line break at the end` and the like, or null. Counts in UTF-16 units, as `length` does. */
export function blankAround(text: string): string | null {
  const ends: string[] = [];
  const first = text[0];
  const last = text.at(-1);
  if (first !== undefined && BLANK.test(first)) ends.push(`${nameOf(first)} at the start`);
  if (last !== undefined && text.length > 1 && BLANK.test(last)) {
    ends.push(`${nameOf(last)} at the end (character ${text.length} of ${text.length})`);
  }
  return ends.length === 0 ? null : ends.join(' and ');
}

/** True where the text ends in a line break. */
export function endsInNewline(text: string): boolean {
  return text.endsWith('\n') || text.endsWith('\r');
}

/** `a tab at character 5`, for what is neither at the start nor at the end, or null. */
export function invisibleInside(text: string): string | null {
  const inner = text.slice(1, -1);
  const at = inner.search(INVISIBLE);
  if (at < 0) return null;
  return `${nameOf(inner[at] ?? '')} at character ${at + 2} of ${text.length}`;
}

function nameOf(char: string): string {
  switch (char) {
    case '\n':
    case '\r':
      return 'a line break';
    case ' ':
      return 'a blank';
    case '\t':
      return 'a tab';
    case '\0':
      return 'a NUL byte';
    case '\ufeff':
      return 'a byte order mark';
    case '\ufffd':
      return 'a byte that is not UTF-8';
    default:
      return `an invisible character (U+${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')})`;
  }
}

const QUOTES: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '`': '`',
  '\u201c': '\u201d',
  '\u2018': '\u2019',
};

/** True where the text stands in quotes that a shell or an editor left. */
export function isQuoted(text: string): boolean {
  const first = text[0];
  return text.length >= 2 && first !== undefined && QUOTES[first] === text.at(-1);
}

const UNFILLED = 'a variable that nothing filled in';

/** What only a template holds, by the form of the whole text. */
const WHOLE: readonly (readonly [RegExp, string])[] = [
  [/^<[^<>]{1,60}>$|^\[[A-Za-z][^[\]]{1,60}\]$/, 'a word in brackets'],
  [/^\$\{[^{}]{1,60}\}$|^\$\([^()]{1,200}\)$|^\$\{\{.{1,200}\}\}$/, UNFILLED],
  [/^\$[A-Z][A-Z0-9_]{0,60}$|^%[A-Z][A-Z0-9_]{0,60}%$|^\$[eE]nv:\w{1,60}$/, UNFILLED],
  [/^\{\{.{1,200}\}\}$/, 'a template expression that nothing filled in'],
  [/^(?:__|@@?)[A-Z][A-Z0-9_]{0,60}(?:__|@@?)$/, 'a mark that nothing filled in'],
  [/^(?:YOUR|INSERT|ENTER)[_ -][\w .-]{1,60}$/i, 'a placeholder'],
  // In small letters my-robot is somebody's robot.
  [/^MY_[A-Z_]{1,60}$/, 'a placeholder'],
  [/^DOCKER_(?:REGISTRY_SERVER|USER|PASSWORD|EMAIL)$/, "the placeholder of kubectl's own help"],
  [/^(?:x{3,}|\*{3,}|\.{3}|-{3,}|#{3,}|\u2026)$/i, 'a filler'],
  [/^(?:change|replace|fill)[-_ ]?(?:me|this|it|in)!?$/i, 'a placeholder'],
  [/^(?:todo|tbd|fixme|redacted|masked|hidden|removed|placeholder)$/i, 'a placeholder'],
];

/** `$oauthtoken`, `$token` and `$app` are names that registries know, not variables. */
const NOT_VARIABLES = new Set(['$oauthtoken', '$token', '$app']);

/** What kind of placeholder a text is as a whole, or null. Never quotes it. */
export function placeholder(text: string): string | null {
  const trimmed = text.length > 300 ? '' : text.trim();
  if (trimmed === '' || NOT_VARIABLES.has(trimmed)) return null;
  // OpenShift writes the user name <token> itself.
  if (trimmed === '<token>') return null;
  return WHOLE.find(([form]) => form.test(trimmed))?.[1] ?? null;
}

/** What kind of placeholder stands anywhere in the key of an entry, or null: host names hold none of these signs. */
export function placeholderInKey(key: string): string | null {
  const text = key.slice(0, 2048);
  if (/[<>]/.test(text)) return 'a word in angle brackets';
  if (/[{}$%]/.test(text)) return 'a variable or template expression that nothing filled in';
  if (
    /(?:^|[/.-])(?:YOUR|MY)[_-][A-Za-z]/.test(text) ||
    /(?:^|[/.])your-(?:registry|domain|host|server|company)/i.test(text)
  ) {
    return 'a placeholder';
  }
  return /^(?:https?:\/\/)?(?:(?:DOCKER_REGISTRY_SERVER|REGISTRY|HOST|HOSTNAME|SERVER)$|REGION\.)/.test(
    text,
  )
    ? 'a placeholder'
    : null;
}
