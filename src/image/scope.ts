/**
 * Scopes of registries as containers-registries.conf and OpenShift have them: `HOST[:PORT]`, `HOST/NAMESPACE`,
 * `HOST/NAMESPACE/REPOSITORY`, and `*.DOMAIN` for every host below it.
 * Rule: containers/image pkg/sysregistriesv2 refMatchingPrefix, without its slip that lets a host match every port.
 */
import type { ImageReference } from './reference.ts';

/** Whether the image lies in the scope. A scope may name one image with its tag or digest as well. */
export function inScope(image: ImageReference, scope: string): boolean {
  const wanted = scope.endsWith('/') ? scope.slice(0, -1) : scope;
  if (wanted === '') return false;
  if (wanted.startsWith('*.')) return image.host.endsWith(wanted.slice(1));
  const name = `${image.host}/${image.repository}`;
  return name === wanted || image.resolved === wanted || name.startsWith(`${wanted}/`);
}

/** Of the scopes that the image lies in the longest, which is the one that counts; `null` where there is none. */
export function nearestScope(image: ImageReference, scopes: readonly string[]): string | null {
  const fitting = scopes.filter((scope) => inScope(image, scope));
  return fitting.reduce<string | null>(
    (best, scope) => (best === null || scope.length > best.length ? scope : best),
    null,
  );
}

/** The image's name below `mirror`, where the scope `source` is replaced by it; without tag and digest. */
export function mirroredName(image: ImageReference, source: string, mirror: string): string {
  const name = `${image.host}/${image.repository}`;
  if (source.startsWith('*.')) return `${mirror}/${image.repository}`;
  return `${mirror}${name.slice(source.length)}`;
}
