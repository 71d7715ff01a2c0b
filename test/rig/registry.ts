/** Debian's docker-registry on loopback with a folder of its own, and images pushed to it over its API. */
import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Image } from '../cluster/up/image.ts';
import { pushAs, send } from '../cluster/up/push.ts';
import { HTPASSWD, PASSWORD, USER } from '../cluster/up/settings.ts';
import { tempFolder } from './temp.ts';

/** Why the tests with a real registry cannot run on this machine, or null. */
export function noRegistry(): string | null {
  const { error, status } = spawnSync('docker-registry', ['--version']);
  return error === undefined && status === 0 ? null : 'docker-registry is not installed';
}

export { PASSWORD, USER };

export interface TestRegistry {
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  readonly port: number;
  /** `name` without the host: `REPOSITORY:TAG`. */
  push(name: string, image: Image): Promise<void>;
  stop(): Promise<void>;
}

export async function startRegistry(auth: 'open' | 'htpasswd'): Promise<TestRegistry> {
  const folder = tempFolder();
  const port = await freePort();
  const host = `127.0.0.1:${port}`;
  const login =
    auth === 'htpasswd'
      ? `auth: {htpasswd: {realm: corp, path: ${folder.write('htpasswd', HTPASSWD)}}}\n`
      : '';
  const config = folder.write(
    'config.yml',
    `version: 0.1
log: {level: error, accesslog: {disabled: true}}
storage: {filesystem: {rootdirectory: ${folder.path}/data}}
http: {addr: '${host}'}
${login}`,
  );
  const child = spawn('docker-registry', ['serve', config], { stdio: 'ignore' });
  const gone = new Promise<void>((done) => child.once('exit', () => done()));
  for (let tries = 0; (await status(`http://${host}/v2/`)) === 0; tries++) {
    if (tries > 200 || child.exitCode !== null) throw new Error('docker-registry does not answer');
    await pause(50);
  }
  return {
    host,
    port,
    push: async (name, image) => {
      const colon = name.lastIndexOf(':');
      const repository = new URL(`http://${host}/v2/${name.slice(0, colon)}/`);
      await pushAs(repository, name.slice(colon + 1), image);
    },
    stop: async () => {
      child.kill('SIGKILL');
      await gone;
      folder.remove();
    },
  };
}

/** A port that nobody listens on; taken by the next who asks for it. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0));
    });
  });
}

/** 0 where nobody answers. */
async function status(url: string): Promise<number> {
  try {
    return (await send('GET', new URL(url))).status;
  } catch {
    return 0;
  }
}
