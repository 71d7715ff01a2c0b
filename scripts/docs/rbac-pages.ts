/** docs/rbac.md and docs/rbac/*.yaml, from the data of `rbac.ts`. */
import { code, GENERATED, table } from './markdown.ts';
import { RIGHTS, type Rights, type Rule } from './rbac.ts';

/** Folder of the Roles. */
export const RBAC_FOLDER = 'docs/rbac';

/** The pages by path below the project's folder. */
export function rbacPages(): Map<string, string> {
  return new Map([
    ['docs/rbac.md', page()],
    ...RIGHTS.map((rights): [string, string] => [
      `${RBAC_FOLDER}/${rights.name}.yaml`,
      yaml(rights),
    ]),
  ]);
}

function yaml(rights: Rights): string {
  const role = rights.rules.filter(({ cluster }) => cluster !== true);
  const clusterRole = rights.rules.filter(({ cluster }) => cluster === true);
  const parts = [
    ...(role.length > 0 ? [manifest('Role', rights.name, role)] : []),
    ...(clusterRole.length > 0 ? [manifest('ClusterRole', rights.name, clusterRole)] : []),
  ];
  return `# Made by npm run docs; edit scripts/docs/rbac.ts instead.\n# ${rights.title}\n${parts.join('---\n')}`;
}

function manifest(kind: string, name: string, rules: readonly Rule[]): string {
  const lines = rules.flatMap(({ group, resources, verbs, why, silent }) => [
    `  # ${why}${silent ? ' (not missed aloud)' : ''}`,
    `  - apiGroups: ["${group}"]`,
    `    resources: [${resources.join(', ')}]`,
    `    verbs: [${verbs.join(', ')}]`,
  ]);
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: ${kind}
metadata:
  name: imagepull-${name}
rules:
${lines.join('\n')}
`;
}

function page(): string {
  return `${GENERATED}
# RBAC: the smallest roles

The plugin asks with your own kubeconfig, as kubectl does. What you may not read becomes a line (\`Not seen: not allowed to
get secret shop/regcred\`) with the \`kubectl auth can-i\` that checks it; it is never told as missing. Only where the pods or
the object that you named may not be read at all, the command ends with the API server's refusal and exit code 1.

\`explain\`, \`completion\` of its own script, and anything with \`-f\` saved objects need no rights.

## Give somebody a role

${code(`kubectl apply -n shop -f docs/rbac/describe.yaml
kubectl create rolebinding imagepull-describe -n shop \\
  --role=imagepull-describe --user=alice
kubectl create clusterrolebinding imagepull-describe \\
  --clusterrole=imagepull-describe --user=alice`)}

The ClusterRole in the same file is for nodes, which lie in no namespace. Without it the answers are the same but for what
rests on the node: its platform, its disk, who holds the image.

For \`-n shop,billing\` a Role in each of the namespaces is enough; nothing has to be allowed in the others:

${code(`for namespace in shop billing; do
  kubectl apply -n $namespace -f docs/rbac/describe.yaml
  kubectl create rolebinding imagepull-describe -n $namespace \\
    --role=imagepull-describe --user=alice
done`)}

Each file is tried against a real API server (\`test/cluster/rbac.cluster.ts\`): with it the commands below say nothing of "not
allowed", and without any one of its rules one of them does.

${RIGHTS.map(section).join('\n')}
## Not in these roles

- OpenShift's mirrors and node pull secret, ExternalSecrets and SealedSecrets: read where a sign of them is seen, see
  [other sources](other-sources.md). \`oc adm policy add-cluster-role-to-user cluster-reader USER\` covers OpenShift's.
- Completion of names asks for lists as tables; what is not allowed is left out of the suggestions.
- \`--from-node\` writes: a Job with the pull secrets and ServiceAccount of the pod. Who may create Jobs in a namespace may
  use every Secret there.
`;
}

function section(rights: Rights): string {
  const rows = rights.rules.map(({ group, resources, verbs, why, cluster, silent }) => [
    `${resources.map((one) => (group === '' ? one : `${one}.${group}`)).join(', ')}${cluster && rights.name !== 'all-namespaces' ? ' (ClusterRole)' : ''}`,
    verbs.join(', '),
    `${why}${silent ? '; used where it is allowed, not missed aloud' : ''}`,
  ]);
  return `## ${rights.title}

[rbac/${rights.name}.yaml](rbac/${rights.name}.yaml)

${table(['Kinds', 'Verbs', 'For'], rows)}`;
}
