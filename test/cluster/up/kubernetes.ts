/** etcd, the control plane and the kubelet. */
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import path from 'node:path';
import { promisify } from 'node:util';
import { binaryPath } from './binaries.ts';
import { makeCa, makeCertificate, makeKeyPair, pki } from './certificates.ts';
import { isRunning, signal, start, waitFor } from './processes.ts';
import { API_SERVER, CONTROL_GROUP, KUBECONFIG, NODE, NODE_ADDRESS, WORK } from './settings.ts';

const run = promisify(execFile);
const ETCD = 'http://127.0.0.1:2379';

function launch(name: string, ...args: readonly string[]): void {
  start(name, binaryPath(name), args);
}

/** True when kubectl ends with 0, as the cluster's administrator. */
async function administer(...args: readonly string[]): Promise<string> {
  const { stdout } = await run('kubectl', [
    '--kubeconfig',
    KUBECONFIG,
    '--request-timeout=5s',
    ...args,
  ]);
  return stdout;
}

async function makeKeys(): Promise<void> {
  await Promise.all([
    makeKeyPair('service-accounts'),
    makeCa('cluster', '/CN=Test cluster CA').then(() =>
      Promise.all([
        makeCertificate('apiserver', 'cluster', '/CN=kube-apiserver', [
          `IP:${NODE_ADDRESS}`,
          'IP:10.96.0.1',
        ]),
        makeCertificate('admin', 'cluster', '/O=system:masters/CN=admin', []),
      ]),
    ),
  ]);
  const base64 = (name: string) => readFileSync(pki(name)).toString('base64');
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'test',
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'admin' } }],
    clusters: [
      {
        name: 'test',
        cluster: { server: API_SERVER, 'certificate-authority-data': base64('cluster.crt') },
      },
    ],
    users: [
      {
        name: 'admin',
        user: {
          'client-certificate-data': base64('admin.crt'),
          'client-key-data': base64('admin.key'),
        },
      },
    ],
  };
  writeFileSync(KUBECONFIG, JSON.stringify(config, null, 2));
}

async function etcdIsHealthy(): Promise<boolean> {
  return await new Promise((resolve, reject) => {
    const asked = get(`${ETCD}/health`, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    asked.once('error', reject);
  });
}

/** Ends when the API server is ready; also for a second start after it was stopped. */
export async function startApiServer(): Promise<void> {
  launch(
    'kube-apiserver',
    `--etcd-servers=${ETCD}`,
    '--secure-port=6443',
    `--bind-address=${NODE_ADDRESS}`,
    `--advertise-address=${NODE_ADDRESS}`,
    `--tls-cert-file=${pki('apiserver.crt')}`,
    `--tls-private-key-file=${pki('apiserver.key')}`,
    `--client-ca-file=${pki('cluster.crt')}`,
    '--authorization-mode=Node,RBAC',
    '--service-cluster-ip-range=10.96.0.0/16',
    `--service-account-key-file=${pki('service-accounts.pub')}`,
    `--service-account-signing-key-file=${pki('service-accounts.key')}`,
    '--service-account-issuer=https://cluster.test',
  );
  await waitFor('kube-apiserver', () => administer('get', '--raw=/readyz').then(() => true), 90);
}

/** Ends when the API server is ready. */
export async function startControlPlane(): Promise<void> {
  // Nothing has to outlive this run: etcd need not wait for the disk.
  launch('etcd', `--data-dir=${path.join(WORK, 'etcd')}`, '--unsafe-no-fsync');
  await makeKeys();
  await waitFor('etcd', etcdIsHealthy, 30);
  await startApiServer();
  const access = ['kubeconfig', 'authentication-kubeconfig', 'authorization-kubeconfig'].map(
    (flag) => `--${flag}=${KUBECONFIG}`,
  );
  const common = [...access, '--leader-elect=false', '--bind-address=127.0.0.1'];
  launch('kube-scheduler', ...common);
  launch(
    'kube-controller-manager',
    ...common,
    `--service-account-private-key-file=${pki('service-accounts.key')}`,
    `--root-ca-file=${pki('cluster.crt')}`,
  );
}

const KUBELET = {
  apiVersion: 'kubelet.config.k8s.io/v1beta1',
  kind: 'KubeletConfiguration',
  authentication: {
    anonymous: { enabled: false },
    webhook: { enabled: false },
    x509: { clientCAFile: pki('cluster.crt') },
  },
  authorization: { mode: 'AlwaysAllow' },
  containerRuntimeEndpoint: 'unix:///run/containerd/containerd.sock',
  address: '127.0.0.1',
  // No systemd here.
  cgroupDriver: 'cgroupfs',
  cgroupRoot: `/${CONTROL_GROUP}`,
  // Kubelets refuse cgroup v1 since 1.35 unless told otherwise; this machine may have it.
  failCgroupV1: false,
  failSwapOn: false,
  // Nobody answers there; without one the kubelet adds an event to each pod.
  clusterDNS: ['10.96.0.10'],
  clusterDomain: 'cluster.local',
  // A full disk of the machine is no matter of the tests. One of the images is, but not the eviction that follows.
  evictionHard: {
    'memory.available': '50Mi',
    'nodefs.available': '1%',
    'imagefs.available': '0%',
    'nodefs.inodesFree': '1%',
    'imagefs.inodesFree': '0%',
  },
  imageGCHighThresholdPercent: 100,
  // Many broken pods at once, and an event for each attempt.
  serializeImagePulls: false,
  registryPullQPS: 0,
  eventRecordQPS: 0,
  maxPods: 250,
  kubeAPIQPS: 100,
  kubeAPIBurst: 200,
  nodeStatusUpdateFrequency: '2s',
};

/** What is other than usual. */
export interface KubeletSettings {
  /** Fields of its configuration. */
  readonly config?: object;
  /** More command line. */
  readonly flags?: readonly string[];
}

function nodeReady(): Promise<string> {
  return administer(
    'get',
    'node',
    NODE,
    '-o',
    'jsonpath={.status.conditions[?(@.type=="Ready")].status} {.status.conditions[?(@.type=="Ready")].lastHeartbeatTime}',
  );
}

/** Ends when the kubelet has said that the node is Ready. */
async function launchKubelet({ config = {}, flags = [] }: KubeletSettings): Promise<void> {
  const file = path.join(WORK, 'etc/kubelet.json');
  writeFileSync(file, JSON.stringify({ ...KUBELET, ...config }, null, 2));
  const started = Math.floor(Date.now() / 1000) * 1000;
  launch(
    'kubelet',
    `--config=${file}`,
    `--kubeconfig=${KUBECONFIG}`,
    `--hostname-override=${NODE}`,
    `--node-ip=${NODE_ADDRESS}`,
    ...flags,
  );
  await waitFor('a Ready node', async () => {
    const [status, heard = ''] = (await nodeReady()).split(' ');
    return status === 'True' && Date.parse(heard) >= started;
  });
}

/** Ends when the node is Ready and pods can be made. Needs containerd and the control plane. */
export async function startKubelet(): Promise<void> {
  await launchKubelet({});
  await waitFor('the ServiceAccount "default"', async () => {
    return (await administer('get', 'serviceaccount', 'default', '-o', 'name')) !== '';
  });
}

/** Starts the kubelet again with other settings, or with the usual ones; pods go on. Ends when the node is Ready. */
export async function restartKubelet(settings: KubeletSettings = {}): Promise<void> {
  if (isRunning('kubelet')) signal('kubelet', 'SIGKILL');
  await waitFor('the kubelet to end', () => !isRunning('kubelet'), 10);
  await launchKubelet(settings);
}
