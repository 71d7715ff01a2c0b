/** Where a run leaves its answers, for the page. */
import path from 'node:path';
import { WORK } from '../cluster/up/settings.ts';

export const RESULTS = path.join(WORK, 'faults.json');
