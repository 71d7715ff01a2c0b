/**
 * What `@kubernetes/client-node`'s `KubeConfig` pulls in at load and needs late or never.
 *
 * Loading it whole costs five times a bare start of Node: undici, the generated API, OpenID and SOCKS
 * clients and four built-in modules, of which a kubeconfig with a client certificate uses none. Each is
 * replaced by a stand-in of the same shape. `never`: our own transport does that work, so being called is
 * a mistake and says so. `late`: the real module is required at the first use.
 * Names are those that client-node 2.0.1 imports; the build fails when a new one appears, since esbuild
 * refuses an import that the stand-in does not export.
 */
interface StandIn {
  readonly when: 'never' | 'late';
  readonly functions?: readonly string[];
  readonly classes?: readonly string[];
}

const STAND_INS: Readonly<Record<string, StandIn>> = {
  undici: { when: 'never', classes: ['Agent', 'ProxyAgent'] },
  './gen/index.js': {
    when: 'never',
    functions: ['createConfiguration'],
    classes: ['ServerConfiguration'],
  },
  'socks-proxy-agent': { when: 'late', classes: ['SocksProxyAgent'] },
  hpagent: { when: 'late', classes: ['HttpProxyAgent', 'HttpsProxyAgent'] },
  'jsonpath-plus': { when: 'late', functions: ['JSONPath'] },
  'openid-client': {
    when: 'late',
    functions: ['discovery', 'refreshTokenGrant', 'allowInsecureRequests'],
  },
};

/** Built-in modules that client-node imports as a default; each costs 3 to 15 ms to load. */
const LATE_BUILTINS = ['https', 'http', 'tls', 'net', 'child_process'];

/** Used by client-node only through one static method, so it has a stand-in of its own. */
const SOCKS = `export const SocksClient = {
  createConnection: (...args) => require('socks').SocksClient.createConnection(...args),
};`;

/**
 * JavaScript of the stand-in for `path` as client-node imports it, or undefined where the real module stays.
 */
export function standInSource(path: string): string | undefined {
  if (path === 'socks') return SOCKS;
  const builtin = path.startsWith('node:') ? path.slice('node:'.length) : undefined;
  if (builtin !== undefined && LATE_BUILTINS.includes(builtin)) {
    // Reading a function is not yet using it: client-node keeps `child_process.spawnSync` at load.
    const late =
      builtin === 'child_process'
        ? `(...args) => require('node:${builtin}')[name](...args)`
        : `require('node:${builtin}')[name]`;
    return `export default new Proxy({}, { get: (_, name) => ${late} });`;
  }
  const standIn = STAND_INS[path];
  if (standIn === undefined) return undefined;
  const refusal = `throw new Error('${path} is not part of this bundle')`;
  const lines: string[] = [];
  for (const name of standIn.functions ?? []) {
    const body = standIn.when === 'never' ? refusal : `return require('${path}').${name}(...args)`;
    lines.push(`export function ${name}(...args) { ${body}; }`);
  }
  for (const name of standIn.classes ?? []) {
    const body =
      standIn.when === 'never' ? refusal : `return new (require('${path}').${name})(...args)`;
    lines.push(`export class ${name} { constructor(...args) { ${body}; } }`);
  }
  return lines.join('\n');
}
