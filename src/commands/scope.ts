/** Which namespaces a command looks at. */
import type { OpenedSource } from '../cluster/open.ts';
import type { Scope } from '../collect/namespaces.ts';

interface Named {
  readonly allNamespaces: boolean;
  readonly namespaces: readonly string[];
}

/** Absent: all namespaces. Saved objects are looked at as a whole where no namespace is given. */
export function scopeOf(options: Named, opened: OpenedSource, saved: boolean): Scope {
  if (options.allNamespaces) return undefined;
  if (options.namespaces.length > 0) return options.namespaces;
  return saved ? undefined : [opened.namespace];
}
