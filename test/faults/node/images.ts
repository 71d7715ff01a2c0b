/** Images that only one fault pulls: a node fetches nothing that it has. */
import { randomBytes } from 'node:crypto';
import { waitingImage } from '../../cluster/up/image.ts';
import { push } from '../../cluster/up/push.ts';

/** Pushes an image whose layer has this many bytes; no other image shares it, nor does that of another run. */
export async function pushOwnImage(image: string, bytes = 64): Promise<void> {
  await push(image, waitingImage('amd64', randomBytes(bytes).toString('latin1')));
}
