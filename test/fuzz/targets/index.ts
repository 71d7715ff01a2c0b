/** Every target, in the order of the report. */
import type { Target } from '../target.ts';
import { api } from './api.ts';
import { argv } from './argv.ts';
import { decode } from './decode.ts';
import { dockerConfigs } from './docker-configs.ts';
import { explain } from './explain.ts';
import { ibm } from './ibm.ts';
import { images } from './images.ts';
import { kubeconfigs } from './kubeconfigs.ts';
import { messages } from './messages.ts';
import { readers } from './readers.ts';
import { registry } from './registry.ts';
import { saved } from './saved.ts';
import { shell } from './shell.ts';
import { documents, terminal } from './terminal.ts';

export const TARGETS: readonly Target[] = [
  messages,
  explain,
  images,
  dockerConfigs,
  decode,
  kubeconfigs,
  saved,
  api,
  registry,
  ibm,
  readers,
  terminal,
  documents,
  shell,
  argv,
];
