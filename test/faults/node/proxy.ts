/** containerd behind a proxy. */
import path from 'node:path';
import { restartContainerd } from '../../cluster/up/containerd.ts';
import { isRunning, signal, start } from '../../cluster/up/processes.ts';
import { addAddress } from './routes.ts';

export const PROXY_ADDRESS = '10.77.0.30';

/** What proxies answer, by their names here. */
export const PROXIES: Readonly<
  Record<
    'login' | 'refusing' | 'broken' | 'unavailable',
    {
      readonly port: number;
      readonly status: number;
      readonly text: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  >
> = {
  login: {
    port: 3128,
    status: 407,
    text: 'Proxy Authentication Required',
    headers: { 'Proxy-Authenticate': 'Basic realm="proxy"' },
  },
  refusing: { port: 3129, status: 403, text: 'Forbidden' },
  broken: { port: 3130, status: 502, text: 'Bad Gateway' },
  unavailable: { port: 3131, status: 503, text: 'Service Unavailable' },
};

/** Nothing listens there. */
export const DEAD_PROXY = `http://${PROXY_ADDRESS}:3999`;

export function proxyUrl(name: keyof typeof PROXIES): string {
  return `http://${PROXY_ADDRESS}:${PROXIES[name].port}`;
}

/** Starts the proxies, and containerd with this one for all its requests. */
export async function useProxy(url: string): Promise<void> {
  await addAddress(PROXY_ADDRESS);
  start('proxies', process.execPath, [path.join(import.meta.dirname, 'proxies.ts')]);
  await restartContainerd({ env: { HTTP_PROXY: url, HTTPS_PROXY: url } });
}

/** Undoes `useProxy`. */
export async function useNoProxy(): Promise<void> {
  if (isRunning('proxies')) signal('proxies', 'SIGKILL');
  await restartContainerd();
}
