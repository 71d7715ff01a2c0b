/** A place of its own for krew, and the archives on a server of this machine. */
import { spawn } from 'node:child_process';
import { createReadStream, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { TOOLS } from './tools.ts';

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Place {
  readonly folder: string;
  /** What krew calls KREW_ROOT. */
  readonly root: string;
  /** Runs a program to its end with the place's environment; standard input is empty. */
  run(
    command: string,
    args: readonly string[],
    env?: Readonly<Record<string, string>>,
  ): Promise<Ran>;
  /** The same, where another exit code than 0 is an error; gives both outputs together. */
  must(command: string, ...args: string[]): Promise<string>;
  remove(): void;
}

/** Nothing answers there: what asks a network in spite of all fails. */
const NOWHERE = 'http://127.0.0.1:1';

export function makePlace(): Place {
  const folder = mkdtempSync(path.join(tmpdir(), 'kubectl-imagepull-krew-'));
  const root = path.join(folder, 'krew');
  const { NODE_OPTIONS: _a, KUBECONFIG: _b, ...own } = process.env;
  const base = {
    ...own,
    PATH: [path.join(root, 'bin'), TOOLS, own['PATH'] ?? ''].join(path.delimiter),
    HOME: folder,
    KUBECONFIG: path.join(folder, 'no-kubeconfig'),
    KREW_ROOT: root,
    KREW_NO_UPGRADE_CHECK: '1',
    HTTPS_PROXY: NOWHERE,
    HTTP_PROXY: NOWHERE,
    NO_PROXY: '127.0.0.1',
    NO_COLOR: '1',
    GIT_CONFIG_NOSYSTEM: '1',
  };
  const run: Place['run'] = async (command, args, env = {}) => {
    const child = spawn(command, args, {
      cwd: folder,
      env: { ...base, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 60_000,
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve({ code, stdout, stderr }));
    });
  };
  return {
    folder,
    root,
    run,
    async must(command, ...args) {
      const { code, stdout, stderr } = await run(command, args);
      const said = stdout + stderr;
      if (code !== 0) throw new Error(`${command} ${args.join(' ')}: exit ${code}\n${said}`);
      return said;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export interface FileServer {
  readonly url: string;
  /** Names of the files that were asked for. */
  readonly asked: string[];
  close(): Promise<void>;
}

/** Serves the files of `folder` on the loopback interface. */
export async function serveFiles(folder: string): Promise<FileServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const name = path.basename(request.url ?? '');
    asked.push(name);
    const file = path.join(folder, name);
    if (!existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200);
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
