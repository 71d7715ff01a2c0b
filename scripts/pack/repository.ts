/**
 * Where the project lives, in one place: the krew manifest, the npm package and the SBOM follow it. A release refuses
 * the placeholder (`OWNER`), which would send users of krew to a repository of somebody else.
 */
export const REPOSITORY = 'https://github.com/OWNER/kubectl-imagepull';

/** Whether the owner still has to be put in. */
export function isPlaceholder(repository: string): boolean {
  return repository.includes('/OWNER/');
}
