/** Kubeconfigs for others than the administrator, and the tokens in them. */
import { createPrivateKey, sign } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pki } from '../up/certificates.ts';
import { API_SERVER, WORK } from '../up/settings.ts';

/** Writes a kubeconfig that has this token and nothing else to show; its path. */
export function kubeconfigWithToken(name: string, token: string): string {
  return writeKubeconfig(name, { token }, API_SERVER);
}

/** Writes the administrator's kubeconfig for another address of the API server; its path. */
export function kubeconfigFor(name: string, server: string): string {
  const user = { 'client-certificate': pki('admin.crt'), 'client-key': pki('admin.key') };
  return writeKubeconfig(name, user, server);
}

function writeKubeconfig(name: string, user: object, server: string): string {
  const file = path.join(WORK, 'home', `${name}.kubeconfig`);
  const cluster = { server, 'certificate-authority': pki('cluster.crt') };
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    contexts: [{ name, context: { cluster: name, user: name } }],
    clusters: [{ name, cluster }],
    users: [{ name, user }],
  };
  writeFileSync(file, JSON.stringify(config, null, 2));
  return file;
}

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** A ServiceAccount's token, signed as the cluster signs them, that expired an hour ago. */
export function expiredToken(namespace: string, serviceAccount: string): string {
  const hour = 3600;
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: 'https://cluster.test',
    aud: ['https://cluster.test'],
    sub: `system:serviceaccount:${namespace}:${serviceAccount}`,
    iat: now - 2 * hour,
    nbf: now - 2 * hour,
    exp: now - hour,
    'kubernetes.io': { namespace, serviceaccount: { name: serviceAccount, uid: 'gone' } },
  };
  const text = `${base64url({ alg: 'ES256', typ: 'JWT' })}.${base64url(claims)}`;
  const key = createPrivateKey(readFileSync(pki('service-accounts.key')));
  const signature = sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' });
  return `${text}.${signature.toString('base64url')}`;
}
