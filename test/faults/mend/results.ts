/** Where a run leaves what came of the next steps, for the page. */
import path from 'node:path';
import { WORK } from '../../cluster/up/settings.ts';

export const MENDED = path.join(WORK, 'mended.json');
