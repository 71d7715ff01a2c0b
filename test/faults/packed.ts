/** Where `npm run pack -- --host` leaves the binary for this machine. */
import path from 'node:path';
import { ROOT } from '../cluster/up/settings.ts';

const ARCHITECTURE = process.arch === 'x64' ? 'amd64' : process.arch;

export const PACKED = path.join(ROOT, `dist/pack/linux-${ARCHITECTURE}/kubectl-imagepull`);
