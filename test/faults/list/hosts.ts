/** Images behind hosts that spoil something. Pure. */
import { faultsImage, HOSTS } from '../../cluster/up/settings.ts';

/** An image that everything else pulls without trouble, from the host of a kind of fault. */
export function spoiled(kind: string, port?: number): string {
  const host = `${kind}.${HOSTS.faults.name}`;
  return `${port === undefined ? host : `${host}:${port}`}/public/app:1.0`;
}

/** For kinds that spoil blobs: an image of which the node has nothing yet. */
export function spoiledBlob(kind: string): string {
  return faultsImage(kind).replace(HOSTS.open.name, `${kind}.${HOSTS.faults.name}`);
}
