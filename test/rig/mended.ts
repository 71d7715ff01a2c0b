/** A container of a pod that is to be mended. */
import type { Mended } from '../../src/judge/mended.ts';

/** Nothing makes the pod. */
export const POD: Mended = {
  namespace: 'shop',
  pod: 'web-1',
  workload: null,
  container: 'app',
  containerType: 'container',
};

/** The same in a pod that `workload` makes. */
export function of(workload: string, more: Partial<Mended> = {}): Mended {
  return { ...POD, workload, ...more };
}
