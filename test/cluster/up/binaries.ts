/** The cluster's own programs, built once from Go modules into the cache. `../modules` fixes their versions. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { CACHE } from './settings.ts';

const MODULES = path.resolve(import.meta.dirname, '../modules');
const KUBERNETES = 'k8s.io/kubernetes';
const CONTAINERD = 'github.com/containerd/containerd/v2';
const ETCD = 'go.etcd.io/etcd/server/v3';
const REGISTRY = 'github.com/google/go-containerregistry';

interface Binary {
  readonly name: string;
  /** Folder under `modules`. */
  readonly folder: string;
  /** The Go module that its go.mod requires at the version wanted. */
  readonly module: string;
  readonly package: string;
}

// The kubelet first: it compiles most of what the others share.
const BINARIES: readonly Binary[] = [
  ...['kubelet', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'].map((name) => ({
    name,
    folder: 'kubernetes',
    module: KUBERNETES,
    package: `${KUBERNETES}/cmd/${name}`,
  })),
  ...['containerd', 'containerd-shim-runc-v2', 'ctr'].map((name) => ({
    name,
    folder: 'containerd',
    module: CONTAINERD,
    package: `${CONTAINERD}/cmd/${name}`,
  })),
  { name: 'etcd', folder: 'etcd', module: ETCD, package: ETCD },
  { name: 'registry', folder: 'registry', module: REGISTRY, package: `${REGISTRY}/cmd/registry` },
];

/** Without the leading `v`. */
function wantedVersion(binary: Binary): string {
  const text = readFileSync(path.join(MODULES, binary.folder, 'go.mod'), 'utf8');
  const version = text
    .split('\n')
    .map((line) =>
      line
        .trim()
        .replace(/^require\s+/, '')
        .split(' '),
    )
    .find(([name]) => name === binary.module)?.[1];
  if (version === undefined)
    throw new Error(`${binary.folder}/go.mod does not require ${binary.module}`);
  return version.replace(/^v/, '');
}

export function binaryPath(name: string): string {
  return path.join(CACHE, 'bin', name);
}

function isThere(binary: Binary): boolean {
  const stamp = path.join(CACHE, 'bin', `.${binary.name}.version`);
  if (!existsSync(binaryPath(binary.name)) || !existsSync(stamp)) return false;
  return readFileSync(stamp, 'utf8').trim() === wantedVersion(binary);
}

export function missingBinaries(): readonly string[] {
  return BINARIES.filter((binary) => !isThere(binary)).map((binary) => binary.name);
}

/** The Go to build with, if its version is high enough: on PATH or where Go's own archive puts it. */
export function findGo(): string | undefined {
  return ['go', '/usr/local/go/bin/go'].find((go) => {
    const said = spawnSync(go, ['env', 'GOVERSION'], { encoding: 'utf8' }).stdout ?? '';
    const [, major, minor] = /^go(\d+)\.(\d+)/.exec(said) ?? [];
    return Number(major) > 1 || (Number(major) === 1 && Number(minor) >= 26);
  });
}

/** Linker flags: small binaries that tell their version. */
function linkerFlags(binary: Binary, version: string): string {
  const minor = version.split('.')[1] ?? '';
  const set: Readonly<Record<string, readonly string[]>> = {
    kubernetes: [
      `k8s.io/component-base/version.gitVersion=v${version}`,
      'k8s.io/component-base/version.gitMajor=1',
      `k8s.io/component-base/version.gitMinor=${minor}`,
      'k8s.io/component-base/version.gitTreeState=clean',
    ],
    containerd: [
      `${CONTAINERD}/version.Version=v${version}`,
      `${CONTAINERD}/version.Package=${CONTAINERD}`,
    ],
  };
  return ['-s -w', ...(set[binary.folder] ?? []).map((value) => `-X ${value}`)].join(' ');
}

/** Builds what is not in the cache in the wanted version; some eight minutes on two cores when nothing is. */
export function buildBinaries(tell: (line: string) => void): void {
  for (const binary of BINARIES.filter((each) => !isThere(each))) {
    const go = findGo();
    if (go === undefined) throw new Error('Go 1.26 or later is missing');
    const version = wantedVersion(binary);
    const started = Date.now();
    tell(`building ${binary.name} ${version}`);
    mkdirSync(path.join(CACHE, 'bin'), { recursive: true });
    // A folder of its own: outside the checkout Go finds no other module or workspace above it.
    const source = path.join(CACHE, 'src', binary.folder);
    rmSync(source, { recursive: true, force: true });
    cpSync(path.join(MODULES, binary.folder), source, { recursive: true });
    const made = `${binaryPath(binary.name)}.${process.pid}`;
    execFileSync(
      go,
      ['build', '-trimpath', '-ldflags', linkerFlags(binary, version), '-o', made, binary.package],
      {
        cwd: source,
        stdio: ['ignore', 'inherit', 'inherit'],
        env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=readonly', GOWORK: 'off' },
      },
    );
    renameSync(made, binaryPath(binary.name));
    writeFileSync(path.join(CACHE, 'bin', `.${binary.name}.version`), `${version}\n`);
    tell(`built ${binary.name} in ${Math.round((Date.now() - started) / 1000)} s`);
  }
}
