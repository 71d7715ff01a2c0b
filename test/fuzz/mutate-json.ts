/** Objects that were good once, with fields of the wrong kind, gone, doubled or named as no field should be. */
import fc from 'fast-check';
import { PLACE, weighted } from './mutate.ts';

const STRANGE: readonly unknown[] = [
  ...[
    null,
    true,
    false,
    0,
    -1,
    1.5,
    1e308,
    -1e308,
    2 ** 53,
    1e21,
    '',
    ' ',
    '\0',
    '\x1b[31m',
    '\u202e',
  ],
  ...[
    [],
    {},
    [[]],
    [null],
    [{}],
    { a: 1 },
    { name: null },
    { length: 5 },
    { toString: 1 },
    JSON.parse('{"then":1}') as unknown,
  ],
  ...[
    'constructor',
    '__proto__',
    'a'.repeat(3000),
    '\ud800',
    '9'.repeat(400),
    '0001-01-01T00:00:00Z',
  ],
  ...[
    '2026-13-45T99:99:99Z',
    '+292278994-08-17T07:12:55Z',
    '1e999',
    'null',
    '\u2028',
    'x\ny\r\nz',
    '\x9b',
  ],
];

const NAMES: readonly string[] = [
  ...[
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'length',
    'then',
    '',
    '0',
    '\x1b[2J',
    'a b',
  ],
];

export interface JsonChange {
  readonly kind: 'replace' | 'remove' | 'rename' | 'copy' | 'wrap' | 'repeat' | 'text';
  readonly at: number;
  readonly what: number;
}

/** One change of a value. */
export const JSON_CHANGE: fc.Arbitrary<JsonChange> = fc.record({
  kind: weighted({ replace: 8, remove: 4, rename: 2, copy: 3, wrap: 1, repeat: 1, text: 5 }),
  at: PLACE,
  what: PLACE,
});

interface Slot {
  readonly holder: Record<string, unknown>;
  readonly name: string;
}

export interface MutateJsonOptions {
  /** Texts that fields get. */
  readonly texts?: readonly string[];
  /** Most changes; default 5. */
  readonly most?: number;
}

/** Values made from `seeds` (JSON of each) by a few changes. */
export function mutatedJson(
  seeds: readonly string[],
  { texts = [], most = 5 }: MutateJsonOptions = {},
): fc.Arbitrary<unknown> {
  return fc
    .tuple(fc.nat(Math.max(0, seeds.length - 1)), fc.array(JSON_CHANGE, { maxLength: most }))
    .map(([seed, changes]) => changedJson(seeds[seed] ?? 'null', changes, texts));
}

/** The value of a JSON text after some changes. */
export function changedJson(
  json: string,
  changes: readonly JsonChange[],
  texts: readonly string[] = [],
): unknown {
  const root: Record<string, unknown> = { value: JSON.parse(json) };
  for (const change of changes) apply(root, change, texts);
  return root['value'];
}

function apply(
  root: Record<string, unknown>,
  { kind, at, what }: JsonChange,
  texts: readonly string[],
) {
  const slots = slotsOf(root);
  const slot = slots[at % slots.length];
  if (slot === undefined) return;
  const { holder, name } = slot;
  switch (kind) {
    case 'replace':
      put(holder, name, structuredClone(STRANGE[what % STRANGE.length]));
      return;
    case 'remove':
      if (Array.isArray(holder)) holder.splice(Number(name), 1);
      else if (holder === root) put(holder, name, null);
      else delete holder[name];
      return;
    case 'rename': {
      const value = holder[name];
      if (Array.isArray(holder) || holder === root) return;
      delete holder[name];
      put(holder, NAMES[what % NAMES.length] ?? '', value);
      return;
    }
    case 'copy': {
      const other = slots[what % slots.length];
      if (other !== undefined) put(holder, name, structuredClone(other.holder[other.name]));
      return;
    }
    case 'wrap':
      put(holder, name, what % 2 === 0 ? [holder[name]] : { items: holder[name] });
      return;
    case 'repeat': {
      const value = holder[name];
      if (Array.isArray(value))
        put(
          holder,
          name,
          Array(1 + (what % 8))
            .fill(value)
            .flat(),
        );
      else if (typeof value === 'string') put(holder, name, value.repeat(1 + (what % 40)));
      return;
    }
    case 'text': {
      const value = holder[name];
      if (typeof value !== 'string') return;
      const strange = [...texts, ...STRANGE.filter((one) => typeof one === 'string')];
      const cut = what % (value.length + 1);
      put(holder, name, value.slice(0, cut) + strange[what % strange.length] + value.slice(cut));
      return;
    }
  }
}

/** Also under `__proto__`, as JSON.parse does it. */
function put(holder: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(holder, name, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}

function slotsOf(root: Record<string, unknown>): Slot[] {
  const slots: Slot[] = [];
  const walk = (holder: Record<string, unknown>) => {
    for (const name of Object.keys(holder)) {
      slots.push({ holder, name });
      const value = holder[name];
      if (typeof value === 'object' && value !== null) walk(value as Record<string, unknown>);
    }
  };
  walk(root);
  return slots;
}
