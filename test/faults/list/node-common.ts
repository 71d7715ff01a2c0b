/** What the faults of the whole node share. */
import { HOSTS } from '../../cluster/up/settings.ts';
import type { Breakage, Fault } from '../fault.ts';

/** Host anybody may pull from. */
export const OPEN = HOSTS.open.name;
/** What the kubelet says where not even the sandbox can be made. */
export const SANDBOX_EVENT = 'FailedCreatePodSandBox';

/** Name of an image that only this fault pulls. */
export const own = (name: string) => `${OPEN}/node/${name}:1.0`;
/** An image that is there, and on the node. */
export const APP = `${OPEN}/public/app:1.0`;

/** Breaks the node, and is mended by what heals it. */
export const mended = (wide: Breakage, more: Partial<Fault> = {}) => ({
  wide,
  mend: { byHand: wide.heal },
  ...more,
});

/** In bytes. */
export const MEBIBYTE = 1024 * 1024;
