/** Every case. */
import type { Case } from './case.ts';
import { CHOICE_CASES } from './cases/choice.ts';
import { FILE_CASES } from './cases/files.ts';
import { IDENTITY_CASES } from './cases/identity.ts';
import { PLUGIN_CASES } from './cases/plugins.ts';
import { IN_CLUSTER_CASES, SERVER_CASES } from './cases/servers.ts';

export const CASES: readonly Case[] = [
  ...FILE_CASES,
  ...CHOICE_CASES,
  ...IDENTITY_CASES,
  ...PLUGIN_CASES,
  ...SERVER_CASES,
  ...IN_CLUSTER_CASES,
];
