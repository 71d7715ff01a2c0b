/** Every target, in the order of the report. */
import type { Target } from '../target.ts';
import { images } from './images.ts';
import { messages } from './messages.ts';

export const TARGETS: readonly Target[] = [messages, images];
