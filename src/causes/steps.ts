import type { NextStep } from '../words/next-step.ts';

/** Steps and sentences that several causes share, so that they stay the same everywhere. */

/** What governs the connection of an image pull; said with every network cause. */
export const NODE_PULLS =
  'The node pulls the image, not the pod: NetworkPolicy does not govern it. What does: the firewall, the proxy, the ' +
  'DNS and the CA certificates of the node.';

export const VERIFY: NextStep = {
  text: 'Ask the registry from here; an answer here and none on the node points to the node',
  command: 'kubectl imagepull verify {pod} -n {namespace}',
};

export const SAME_NODE: NextStep = {
  text: 'See whether other pods on the node fail as well',
  command: 'kubectl imagepull describe -A --field-selector spec.nodeName={node}',
};

/** A command on the node itself, for whoever may open a shell there. */
export function onNode(text: string, command: string): NextStep {
  return {
    text: `On node {node}: ${text} (by ssh, or as below where the node has busybox; the debug pod stays until it is deleted)`,
    command: `kubectl debug node/{node} -it --image=busybox -- chroot /host ${command}`,
  };
}

/**
 * Shows where a runtime pulls from, as hosts.toml, registries.conf and daemon.json say it: any header of a hosts.toml may
 * be a password or a token. No quote and no bar, so that it stands in `sh -c '...'` and in any shell.
 */
export const WITHOUT_HEADERS = {
  said: 'only lines of the addresses, certificates and switches are shown, since headers hold credentials; an address may hold a user, too: look before you put it into a ticket',
  grep: `grep -Hiw ${[
    ...['server', 'host', 'location', 'prefix', 'mirror', 'http', 'https', 'ca', 'client'],
    ...['skip_verify', 'capabilities', 'override_path', 'insecure', 'blocked'],
    ...['registry-mirrors', 'insecure-registries', 'unqualified-search-registries'],
  ]
    .map((word) => `-e ${word}`)
    .join(' ')}`,
} as const;

/** What the pod's own secret is for, without printing a password. */
export const SECRET_HOSTS: NextStep = {
  text: 'See which registries the pull secret is for; one must be the host of the image as written, with its port',
  when: 'pull secret',
  command: 'kubectl imagepull decode {secret} -n {namespace}',
};

const PATCH_ACCOUNT =
  'kubectl patch serviceaccount {serviceaccount} -n {namespace} --type=json -p ';

/** Appends to the list of a ServiceAccount that has one. YAML, since older PowerShells eat double quotes. */
export const ATTACH_SECRET: NextStep = {
  text: 'Add a pull secret to its ServiceAccount, then recreate the pod',
  when: 'no pull secret',
  command: `${PATCH_ACCOUNT}'[{op: add, path: /imagePullSecrets/-, value: {name: SECRET}}]'`,
  brought: 'new pod',
};

/** For a ServiceAccount without a list, where the other is refused; with one its `test` fails, so nothing is replaced. */
export const ATTACH_FIRST_SECRET: NextStep = {
  text: 'Add a pull secret to its ServiceAccount, which lists none so far, then recreate the pod',
  when: 'no pull secret',
  command: `${PATCH_ACCOUNT}'[{op: test, path: /imagePullSecrets, value: null}, {op: add, path: /imagePullSecrets, value: [{name: SECRET}]}]'`,
  brought: 'new pod',
};

/** For an image that is named wrongly, or that is to be replaced by another. `text` says which. */
export function setImageStep(text: string): NextStep {
  return { text: `${text}${IN_PLACE}`, command: SET_IMAGE };
}

/** Ends the text of a `setImageStep`, and is for its command alone. */
export const IN_PLACE = ': put it in the place of IMAGE';

const SET_IMAGE = 'kubectl set image {workload} -n {namespace} {container}=IMAGE';

/** Whether it is one of `setImageStep`. */
export function isSetImage({ command }: NextStep): boolean {
  return command === SET_IMAGE;
}

/** Has the kubelet pull the image; how depends on what makes the pod. */
export const ALLOW_PULL: NextStep = {
  text: 'Set imagePullPolicy IfNotPresent in what makes the pod, and make the pod anew',
};

/**
 * The last step of what is mended outside the pod: nothing shortens the back-off of a pod that is there
 * (pkg/kubelet/images/image_manager.go keeps it by the pod's UID and the image).
 */
export const NEW_POD: NextStep = {
  text: 'Then wait for the next try, 5 minutes at most, or delete the pod: what makes it makes a new one, which tries at once',
  command: 'kubectl delete pod {pod} -n {namespace}',
};

/**
 * The same where the list of pull secrets may have changed: of the ServiceAccount's list admission writes a copy into new
 * pods alone.
 */
export const NEW_POD_WITH_LIST: NextStep = {
  ...NEW_POD,
  text: 'Then delete the pod: what makes it makes a new one, which tries at once; after a change of the list of pull secrets waiting does not help',
};

/** Whether it is a last step, which the judge words for the pod and for the steps before. */
export function isNewPod(step: NextStep): boolean {
  return step === NEW_POD || step === NEW_POD_WITH_LIST;
}

/** What kept the images of earlier templates; the judge leaves it out where nothing did. */
export const EARLIER_IMAGES: NextStep = {
  text: 'If a Deployment runs the pod: see which image ran before',
  command: 'kubectl get replicasets -n {namespace} -o wide --sort-by=.metadata.creationTimestamp',
};
