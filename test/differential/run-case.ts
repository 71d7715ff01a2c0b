/** Runs one case with kubectl and with us, each against a server and a folder of its own. */
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { tempFolder } from '../rig/temp.ts';
import type { Case } from './case.ts';
import { pem } from './certs.ts';
import { canonical, normalise } from './normalise.ts';
import { startSeenServer } from './seen-server.ts';

export interface Outcome {
  readonly works: boolean;
  /** Standard error, made comparable; of a run that works nothing. */
  readonly words: string;
  readonly requests: readonly string[];
  readonly files: readonly string[];
}

export interface Program {
  readonly command: string;
  /** Before the arguments of the case. */
  readonly args: (row: Case) => readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A run that takes longer is ended; its words then say so. */
const LIMIT_MS = 15_000;

export async function runCase(row: Case, program: Program): Promise<Outcome> {
  const server = await startSeenServer(row.server ?? {});
  const folder = tempFolder();
  try {
    const scheme = row.server?.speaks === 'http' ? 'http' : 'https';
    const host = row.server?.listen?.includes(':')
      ? `[${row.server.listen}]`
      : (row.server?.listen ?? '127.0.0.1');
    const place: Place = { server: `${scheme}://${host}:${server.port}`, port: server.port };
    const put = (text: string) => fill(text, place, folder.path);
    for (const [name, content] of Object.entries(row.files ?? {})) {
      const file = folder.write(name, put(content));
      if (name.endsWith('.sh')) chmodSync(file, 0o755);
    }
    const env = { KUBECONFIG: 'config', ...program.env, ...row.env };
    const { code, stderr } = await run(
      program.command,
      [...program.args(row), ...(row.args ?? []).map(put)],
      folder.path,
      Object.fromEntries(Object.entries(env).map(([name, value]) => [name, put(value)])),
    );
    const works = code === 0;
    return {
      works,
      words: works ? '' : normalise(stderr, server.port, folder.path),
      requests: [
        ...server.seen(),
        ...(row.encoding ? server.encodings().map((value) => `accept-encoding: ${value}`) : []),
      ],
      files: (row.leaves ?? []).map((name) => {
        const path = join(folder.path, name);
        const text = existsSync(path) ? readFileSync(path, 'utf8') : 'no file';
        return canonical(normalise(text, server.port, folder.path));
      }),
    };
  } finally {
    await server.close();
    folder.remove();
  }
}

interface Place {
  readonly server: string;
  readonly port: number;
}

/** `{server}`, `{port}`, `{dir}`; `{ca.crt}` is that file in base64, `{pem:ca.crt}` as it is. */
function fill(text: string, place: Place, folder: string): string {
  return text
    .replaceAll('{server}', place.server)
    .replaceAll('{port}', String(place.port))
    .replaceAll('{dir}', folder)
    .replace(/\{json:([\w.-]+)\}/g, (_, name: string) =>
      JSON.stringify(pem(name).toString('utf8')).slice(1, -1),
    )
    .replace(/\{pem:([\w.-]+)\}/g, (_, name: string) => pem(name).toString('utf8'))
    .replace(/\{([\w-]+\.(?:crt|key))\}/g, (_, name: string) => pem(name).toString('base64'));
}

function run(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<{ code: number | null; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { PATH: `/usr/bin:/bin:${dirname(process.execPath)}`, HOME: cwd, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const timer = setTimeout(() => {
      stderr += '(no end within the limit of the test)\n';
      child.kill('SIGKILL');
    }, LIMIT_MS);
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code, stderr });
    });
  });
}
