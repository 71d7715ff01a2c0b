/**
 * The Roles of docs/rbac against the API server: with each its commands see all they want, and without any one right
 * of it one of them says that it was not allowed.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { RIGHTS, type Rights, type Rule } from '../../scripts/docs/rbac.ts';
import { kubectl, plugin, type Ran, run } from './help/commands.ts';
import {
  apply,
  type KubeObject,
  ownNamespace,
  pod,
  podSpec,
  pullSecret,
  waitUntilFailing,
} from './help/objects.ts';
import { waitFor } from './up/processes.ts';
import { HOSTS, PRIVATE_APP, ROOT, USER } from './up/settings.ts';

const API = 'rbac.authorization.k8s.io';
const MISSING_TAG = `${HOSTS.open.name}/public/app:nope`;
const DENIED = /not allowed|forbidden: User|not allowed to read secret/i;

interface Right extends Rule {
  readonly resource: string;
  readonly verb: string;
}

/** One right each, as a Role can lack it. */
function rightsOf({ rules }: Rights): Right[] {
  return rules.flatMap((rule) =>
    rule.resources.flatMap((resource) => rule.verbs.map((verb) => ({ ...rule, resource, verb }))),
  );
}

/** A Role and a ClusterRole of these rights, bound to a user of the same name. */
function bound(user: string, namespace: string, rights: readonly Right[]): KubeObject[] {
  return [false, true].flatMap((cluster) => {
    const kind = cluster ? 'ClusterRole' : 'Role';
    const metadata = { name: user, ...(cluster ? {} : { namespace }) };
    const rules = rights
      .filter((right) => (right.cluster === true) === cluster)
      .map(({ group, resource, verb }) => ({
        apiGroups: [group],
        resources: [resource],
        verbs: [verb],
      }));
    const apiVersion = `${API}/v1`;
    const subjects = [{ kind: 'User', name: user, apiGroup: API }];
    const roleRef = { apiGroup: API, kind, name: user };
    return [
      { apiVersion, kind, metadata, rules },
      { apiVersion, kind: `${kind}Binding`, metadata, roleRef, subjects },
    ];
  });
}

function workload(kind: string, name: string, image: string, more: object = {}): KubeObject {
  const template = { metadata: { labels: { app: name } }, spec: podSpec(image, more) };
  const selector = { matchLabels: { app: name } };
  const own = kind === 'StatefulSet' ? { serviceName: name } : {};
  return { apiVersion: 'apps/v1', kind, metadata: { name }, spec: { selector, template, ...own } };
}

const REPORT: KubeObject = {
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: { name: 'report' },
  spec: {
    schedule: '0 0 1 1 *',
    jobTemplate: {
      spec: { template: { spec: podSpec(MISSING_TAG, { restartPolicy: 'Never' }) } },
    },
  },
};

/** In the second namespace. */
const FAR = `${MISSING_TAG}-far`;

/** Of these a Role in each namespace does for `-n` with several. */
const PER_NAMESPACE = RIGHTS.filter(({ name }) => ['describe', 'secrets', 'verify'].includes(name));

describe('cluster: the Roles of docs/rbac', function () {
  this.timeout(120_000);
  const namespace = ownNamespace('rbac');
  const second = ownNamespace('rbac-second');
  let web = '';

  const fullUser = ({ name }: Rights) => `${namespace}-${name}`;
  const userWithout = (rights: Rights, { resource, verb }: Right) =>
    `${fullUser(rights)}-without-${verb}-${resource}`;

  async function as(user: string, command: string, where = namespace): Promise<Ran> {
    const names: Readonly<Record<string, string>> = {
      POD: web,
      GONE: 'gone',
      NEVER: 'never',
      STARTING: 'starting',
      IMAGE: PRIVATE_APP,
    };
    const words = command.split(' ').map((word) => names[word] ?? word);
    return await plugin(...words, ...['-n', where, '--as', user]);
  }

  before(async () => {
    await pullSecret(namespace, 'wrong', HOSTS.private.name, USER, 'not-the-password');
    const uses = (name: string) => ({ imagePullSecrets: [{ name }] });
    const never = {
      name: 'app',
      image: `${HOSTS.open.name}/public/none:1`,
      imagePullPolicy: 'Never',
    };
    const settings = [{ name: 's', configMap: { name: 'nope' } }];
    await apply(
      namespace,
      workload('Deployment', 'web', PRIVATE_APP, uses('wrong')),
      workload('StatefulSet', 'db', MISSING_TAG),
      workload('DaemonSet', 'agent', MISSING_TAG),
      REPORT,
      pod('gone', PRIVATE_APP, uses('gone')),
      pod('never', never.image, { containers: [never] }),
      pod('starting', MISSING_TAG, {
        volumes: settings,
        containers: [
          { name: 'app', image: MISSING_TAG, volumeMounts: [{ name: 's', mountPath: '/s' }] },
        ],
      }),
    );
    const users = RIGHTS.flatMap((rights) => {
      const all = rightsOf(rights);
      return [
        ...bound(fullUser(rights), namespace, all),
        ...all.flatMap((one) =>
          bound(
            userWithout(rights, one),
            namespace,
            all.filter((other) => other !== one),
          ),
        ),
      ];
    });
    await apply(namespace, ...users);
    await apply(second, pod('far', FAR));
    for (const rights of PER_NAMESPACE) {
      await apply(second, ...bound(fullUser(rights), second, rightsOf(rights)));
    }
    await waitUntilFailing(namespace, 5);
    await waitUntilFailing(second, 1);
    [web = ''] = await waitUntilFailing(namespace, 1, '-l', 'app=web');
    // What was bound last counts as well.
    await waitFor('the last of the bindings', async () => {
      const last = fullUser(RIGHTS.at(-1) as Rights);
      const { stdout } = await run('kubectl', [
        'auth',
        'can-i',
        'list',
        'pods',
        '-A',
        '--as',
        last,
      ]);
      return stdout.trim() === 'yes';
    });
  });

  after(async () => {
    const { stdout } = await run('kubectl', ['get', 'clusterroles', '-o', 'name']);
    const own = stdout.split('\n').flatMap((line) => {
      const name = line.slice(line.indexOf('/') + 1);
      return name.startsWith(`${namespace}-`) ? [name] : [];
    });
    await kubectl('delete', 'clusterrole,clusterrolebinding', ...own);
  });

  for (const rights of PER_NAMESPACE) {
    it(`${rights.name} -n with several namespaces: a Role in each is enough`, async () => {
      const where = `${namespace},${second}`;
      const { stdout, stderr } = await as(fullUser(rights), rights.name, where);
      assert.doesNotMatch(`${stdout}${stderr}`, DENIED);
      // The second has no pull secret of its own.
      const seen = rights.name === 'secrets' ? [namespace] : [MISSING_TAG, FAR];
      for (const one of seen) assert.ok(stdout.includes(one), stdout);
    });
  }

  for (const rights of RIGHTS) {
    const file = `docs/rbac/${rights.name}.yaml`;

    it(`${file} is what is tried here`, async () => {
      const args = ['apply', '--dry-run=client', '-o', 'json', '-n', namespace, '-f', '-'];
      const stdin = readFileSync(path.join(ROOT, file), 'utf8');
      const { stdout, stderr } = await run('kubectl', args, { stdin });
      const parsed = JSON.parse(stdout || '{}') as Applied;
      const roles = parsed.items ?? [parsed];
      const got = roles.flatMap(({ kind, rules = [] }) =>
        rules.flatMap(({ apiGroups, resources, verbs }) =>
          resources.flatMap((one) =>
            verbs.map((verb) => [kind, apiGroups[0], one, verb].join(' ')),
          ),
        ),
      );
      const want = rightsOf(rights).map(({ cluster, group, resource, verb }) =>
        [cluster ? 'ClusterRole' : 'Role', group, resource, verb].join(' '),
      );
      assert.deepEqual(got.sort(), want.sort(), stderr);
    });

    for (const command of rights.commands) {
      it(`${rights.name}: ${command}`, async () => {
        const { stdout, stderr } = await as(fullUser(rights), command);
        assert.doesNotMatch(`${stdout}${stderr}`, DENIED);
        assert.notEqual(stdout, '');
      });
    }

    for (const right of rightsOf(rights)) {
      const what = `${right.verb} ${right.resource}`;
      it(`${rights.name} without "${what}": ${right.silent ? 'not missed aloud' : 'said'}`, async () => {
        const said: string[] = [];
        for (const command of rights.commands) {
          const { stdout, stderr } = await as(userWithout(rights, right), command);
          if (DENIED.test(`${stdout}${stderr}`)) said.push(command);
          if (said.length > 0) break;
        }
        assert.equal(said.length > 0, right.silent !== true);
      });
    }
  }
});

interface Applied {
  readonly kind: string;
  readonly rules?: readonly {
    readonly apiGroups: readonly string[];
    readonly resources: readonly string[];
    readonly verbs: readonly string[];
  }[];
  readonly items?: readonly Applied[];
}
