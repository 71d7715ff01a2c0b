/** Every target, in the order of the report. */
import type { Target } from '../target.ts';
import { decode } from './decode.ts';
import { dockerConfigs } from './docker-configs.ts';
import { explain } from './explain.ts';
import { images } from './images.ts';
import { kubeconfigs } from './kubeconfigs.ts';
import { messages } from './messages.ts';
import { saved } from './saved.ts';

export const TARGETS: readonly Target[] = [
  messages,
  explain,
  images,
  dockerConfigs,
  decode,
  kubeconfigs,
  saved,
];
