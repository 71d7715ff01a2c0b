/** Programs on the node that judge an image before containerd pulls it. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { VERIFIERS } from '../../cluster/up/containerd.ts';
import { HOSTS } from '../../cluster/up/settings.ts';
import type { Fault } from '../fault.ts';
import { installVerifier } from '../node/verifiers.ts';

/** An image that one program refuses, and lets all others pass. */
function refused(name: string, what: string, says: string): Fault {
  const host = `${name}.${HOSTS.faults.name}`;
  const heal = async () => rmSync(path.join(VERIFIERS, name), { force: true });
  return {
    name,
    cause: 'SignatureRejected',
    what,
    image: `${host}/public/app:1.0`,
    near: {
      breakIt: async () => installVerifier(name, `case "$*" in *"-name ${host}/"*) ${says};; esac`),
      heal,
    },
    mend: { byHand: heal },
  };
}

export const NODE_CHECKS: readonly Fault[] = [
  refused(
    'node-signature-missing',
    'image verifier that finds no signature',
    'echo "no signature found for this image"; exit 1',
  ),
  refused(
    'node-signature-key',
    'image verifier that finds a signature of another key',
    'echo "signature was made with an unknown key"; exit 2',
  ),
  refused('node-signature-timeout', 'image verifier that waits for its key server', 'sleep 20'),
  refused('node-signature-silent', 'image verifier that refuses and does not say why', 'exit 1'),
];
