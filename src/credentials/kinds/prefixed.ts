/**
 * Tokens that their first letters tell apart, wherever they are found.
 * Sources: gitleaks config/gitleaks.toml; docs.github.com and docs.gitlab.com on token prefixes; docker/docs.
 */
import { type KindRow, row, UNTIL_DELETED } from './kind.ts';

const AS_MADE = 'as long as it was made for';

const GITHUB: readonly KindRow[] = [
  row(
    {
      id: 'github-classic',
      label: 'GitHub token (classic)',
      life: AS_MADE,
      homes: ['ghcr'],
      advice:
        'It needs the scope read:packages, and single sign-on authorised where the organisation asks for it.',
    },
    (s) => s.starts('ghp_'),
  ),
  row(
    {
      id: 'github-fine-grained',
      label: 'GitHub token (fine-grained)',
      life: AS_MADE,
      pulls: 'no',
      homes: ['ghcr'],
      advice:
        'GitHub Container Registry does not support fine-grained tokens: make a classic one with read:packages.',
    },
    (s) => s.starts('github_pat_'),
  ),
  row(
    {
      id: 'github-actions',
      label: 'GitHub Actions token',
      life: 'until its job ends',
      homes: ['ghcr'],
      advice:
        'It dies with the job that wrote it: a secret that stays needs a classic token with read:packages.',
    },
    (s) => s.starts('ghs_'),
  ),
  row(
    {
      id: 'github-app',
      label: 'GitHub OAuth token',
      pulls: 'unknown',
      homes: ['ghcr'],
      advice:
        'A login of a program made it: a secret that stays needs a classic token with read:packages.',
    },
    (s) => s.starts('gho_', 'ghu_', 'ghr_'),
  ),
];

const GITLAB: readonly KindRow[] = [
  row(
    {
      id: 'gitlab-personal',
      label: 'GitLab token',
      life: AS_MADE,
      homes: ['gitlab'],
      advice:
        'It needs the scope read_registry; a deploy token belongs to the project, not to a person.',
    },
    (s) => s.starts('glpat-'),
  ),
  row(
    {
      id: 'gitlab-job',
      label: 'GitLab job token',
      life: 'until its job ends',
      homes: ['gitlab'],
      advice: 'It dies with the job that wrote it: use a deploy token with read_registry.',
    },
    (s) => s.starts('glcbt-') || s.user === 'gitlab-ci-token',
  ),
  row(
    {
      id: 'gitlab-deploy',
      label: 'GitLab deploy token',
      life: AS_MADE,
      homes: ['gitlab'],
      advice: 'It needs the scope read_registry and the user name that GitLab shows beside it.',
    },
    (s) => s.starts('gldt-') || /^gitlab\+deploy-token-\d+$/.test(s.user),
  ),
  row(
    {
      id: 'gitlab-wrong-kind',
      label: 'GitLab token (wrong kind)',
      pulls: 'no',
      homes: ['gitlab'],
      advice:
        'Trigger, application, runner and agent tokens cannot pull: use a deploy token with read_registry.',
    },
    (s) => s.starts('glptt-', 'gloas-', 'glrt-', 'glagent-'),
  ),
];

const DOCKER: readonly KindRow[] = [
  row(
    {
      id: 'docker-personal',
      label: 'Docker Hub token',
      life: AS_MADE,
      homes: ['docker-hub'],
      advice: 'Its user name is the account that made it.',
    },
    (s) => s.starts('dckr_pat_'),
  ),
  row(
    {
      id: 'docker-organisation',
      label: 'Docker Hub token (org)',
      life: AS_MADE,
      homes: ['docker-hub'],
      advice: 'Its user name is the name of the organisation, not of a person.',
    },
    (s) => s.starts('dckr_oat_'),
  ),
];

const OTHERS: readonly KindRow[] = [
  row(
    {
      id: 'ngc-key',
      label: 'NGC API key',
      life: UNTIL_DELETED,
      advice: 'Its user name is the word $oauthtoken itself.',
    },
    (s) => s.starts('nvapi-') || (s.registry === 'nvidia' && s.hasPassword && s.user !== ''),
  ),
  row(
    {
      id: 'artifactory-api-key',
      label: 'Artifactory API key',
      life: UNTIL_DELETED,
      advice: 'JFrog has replaced API keys by access and reference tokens.',
    },
    (s) => s.starts('AKCp') && s.length === 73,
  ),
  row(
    {
      id: 'artifactory-reference',
      label: 'Artifactory ref. token',
      life: AS_MADE,
      advice: 'Its date stands in Artifactory only.',
    },
    (s) => s.starts('cmVmdGtu') && s.length === 64,
  ),
];

export const PREFIXED_KINDS: readonly KindRow[] = [...GITHUB, ...GITLAB, ...DOCKER, ...OTHERS];
