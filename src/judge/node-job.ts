/** The Job with which a node pulls images: one pod, as small and as harmless as may be. Pure. */
import type { CheckNode, CheckSubject, NodeCheck, Taint, Toleration } from '../words/node-check.ts';

/** Marks what we made; none of the workload's labels, so that no Service or ReplicaSet takes the pod for its own. */
export const MANAGED_BY = { 'app.kubernetes.io/managed-by': 'kubectl-imagepull' } as const;
/** One value a run, so that one list finds all its pods. */
export const RUN_LABEL = 'kubectl-imagepull/run';

/** Seconds a Job that has ended is kept, where nobody removes it before. */
export const TTL_SECONDS = 30;
/** Seconds a Job may go on after we stopped waiting for it: time to remove it properly. */
const GRACE_SECONDS = 15;

/** Nobody: images that want to be root still pull, and never run. */
const USER = 65_534;

/** Of no image: the container cannot start, and whether its image is there is known before that. */
const NEVER_RUNS = '/kubectl-imagepull-never-runs';

export interface JobNaming {
  readonly name: string;
  readonly run: string;
  /** Longest wait for the node, in milliseconds. */
  readonly timeoutMs: number;
}

/** `batch/v1` Job. It ends and goes by itself, whatever becomes of us. */
export function nodeJob({ subject, node }: NodeCheck, { name, run, timeoutMs }: JobNaming) {
  const labels = { ...MANAGED_BY, [RUN_LABEL]: run };
  const tolerations = tolerationsOf(subject, node);
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, namespace: subject.namespace, labels },
    spec: {
      backoffLimit: 0,
      activeDeadlineSeconds: deadlineSeconds(timeoutMs),
      ttlSecondsAfterFinished: TTL_SECONDS,
      template: {
        metadata: {
          // Meshes that put a container of their own into each pod would have the node pull its image, too.
          labels: { ...labels, 'sidecar.istio.io/inject': 'false' },
          annotations: { 'linkerd.io/inject': 'disabled' },
        },
        spec: {
          nodeName: node.name,
          restartPolicy: 'Never',
          terminationGracePeriodSeconds: 0,
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          serviceAccountName: subject.serviceAccount,
          ...(subject.pullSecrets.length > 0 && {
            imagePullSecrets: subject.pullSecrets.map((secret) => ({ name: secret })),
          }),
          ...(tolerations.length > 0 && { tolerations }),
          ...(node.os === 'windows' && { os: { name: 'windows' } }),
          securityContext: podSecurity(subject, node),
          containers: subject.images.map((image, i) => ({
            name: `image-${i + 1}`,
            image,
            imagePullPolicy: 'Always',
            command: [NEVER_RUNS],
            resources: {
              requests: { cpu: '10m', memory: '16Mi', 'ephemeral-storage': '1Mi' },
              limits: { cpu: '50m', memory: '32Mi', 'ephemeral-storage': '16Mi' },
            },
            ...(node.os !== 'windows' && {
              securityContext: {
                allowPrivilegeEscalation: false,
                readOnlyRootFilesystem: true,
                capabilities: { drop: ['ALL'] },
              },
            }),
          })),
        },
      },
    },
  };
}

/** Seconds after which the Job is ended by the cluster. */
export function deadlineSeconds(timeoutMs: number): number {
  return Math.ceil(timeoutMs / 1000) + GRACE_SECONDS;
}

/** Pod Security level `restricted` (k8s.io/pod-security-admission policy); Windows takes the first field only. */
function podSecurity({ runAsUser }: CheckSubject, { os }: CheckNode) {
  if (os === 'windows') return { runAsNonRoot: true };
  return {
    runAsNonRoot: true,
    runAsUser: runAsUser ?? USER,
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

/** Those of the pod, and one for each taint of the node that would keep it away or drive it off. */
function tolerationsOf(subject: CheckSubject, node: CheckNode): readonly Toleration[] {
  const open = node.taints.filter(
    (taint) =>
      (taint.effect === 'NoSchedule' || taint.effect === 'NoExecute') &&
      !subject.tolerations.some((toleration) => tolerates(toleration, taint)),
  );
  const more = open.map(({ key, value, effect }) => ({ key, operator: 'Equal', value, effect }));
  return [...subject.tolerations, ...more];
}

/** component-helpers scheduling/corev1 ToleratesTaint. */
function tolerates({ key, operator, value, effect }: Toleration, taint: Taint): boolean {
  if (effect && effect !== taint.effect) return false;
  if (key && key !== taint.key) return false;
  if (operator === 'Exists') return true;
  return Boolean(key) && (value ?? '') === taint.value;
}
