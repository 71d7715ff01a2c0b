import type { Cause } from '../cause.ts';
import { RANK } from '../cause.ts';
import { NEW_POD, setImageStep } from '../steps.ts';

export const RepositoryNotFound: Cause = {
  name: 'RepositoryNotFound',
  title: 'the registry has no such repository',
  meaning:
    'The registry was reached, let the caller in and answered that it does not know the repository. The path is ' +
    'misspelt, a project or namespace is missing in it, or the image lives in another registry, region or account.',
  patterns: [
    {
      runtime: 'registry',
      match:
        /name[ _]unknown|repository name not known|repository with name\b.{0,300}does not exist|RepositoryNotFoundException|\bRepo(?:sitory)? not found\b|repository \S{1,600} not found(?!: does not exist or no pull)|project \S{1,300} not found/i,
      on: 'part',
      rank: RANK.words,
      certainty: 'certain',
      stage: 'manifest',
    },
  ],
  examples: [
    {
      id: 'R712',
      text: 'Failed to pull image "nameunknown.lab.test/team/app:1.0": rpc error: code = Unknown desc = Error response from daemon: repository nameunknown.lab.test/team/app not found: name unknown: repository name not known to registry',
    },
  ],
  tellApart: [
    {
      from: 'TagNotFound',
      how: 'If another tag of the same repository can be pulled, the tag is missing.',
      command: 'kubectl imagepull verify {pod} -n {namespace}',
    },
    {
      from: 'RepositoryMissingOrPrivate',
      how: 'Registries that hide private repositories answer a denial instead of an unknown name.',
    },
  ],
  retryable: false,
  waiting: 'will not help',
  group: 'image',
  nextSteps: [
    {
      text: 'Ask the registry with the credentials of the pod',
      command: 'kubectl imagepull verify {pod} -n {namespace}',
    },
    setImageStep(
      'Compare {repository} letter by letter with the path the build pushes to, and the region of {host}; write the right image name',
    ),
    NEW_POD,
  ],
};
