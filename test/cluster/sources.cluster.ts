/**
 * What else a cluster says of pulls: OpenShift's mirrors and registry rules, operators that write pull secrets, admission.
 * The custom resources are those of upstream (test/fixtures/crds), so that the API server checks every object; their
 * operators do not run, and statuses are written here as upstream shows them.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { loadAll } from 'js-yaml';
import { kubectl, plugin, run } from './help/commands.ts';
import {
  externalSecret,
  imageConfig,
  marked,
  mirrors,
  ownedBy,
  STOPPED,
  SYNCED,
  setStatus,
} from './help/custom-objects.ts';
import { describeJson, document } from './help/described.ts';
import { kubeconfigWithToken } from './help/kubeconfigs.ts';
import {
  apply,
  type KubeObject,
  ownNamespace,
  pod,
  podSpec,
  pullSecret,
  waitUntilFailing,
} from './help/objects.ts';
import { pki } from './up/certificates.ts';
import { waitFor } from './up/processes.ts';
import { HOSTS, PASSWORD, PRIVATE_APP, ROOT, USER } from './up/settings.ts';

const CRDS = path.join(ROOT, 'test/fixtures/crds');
const SAVED = path.join(ROOT, 'test/fixtures/sources/cluster.yaml');
const GROUPS =
  /^(config\.openshift\.io|operator\.openshift\.io|external-secrets\.io|bitnami\.com)\//;
const { name: host } = HOSTS.private;
const CONFIG = 'openshift-config';

describe('cluster: other sources', () => {
  const namespace = ownNamespace('sources');
  const uses = (name: string) => ({ imagePullSecrets: [{ name }] });

  async function found(name: string): Promise<Map<string, string>> {
    const { items } = await describeJson(name, '-n', namespace);
    const [item] = items;
    assert.ok(item, `no verdict on ${name}`);
    return new Map(item.contributing.map(({ code, text }) => [code, text]));
  }

  before(async () => {
    await kubectl('apply', '--server-side', '-f', CRDS);
    await kubectl('wait', '--for=condition=Established', '--timeout=30s', '-f', CRDS);
    await kubectl('create', 'namespace', CONFIG);
    await pullSecret(CONFIG, 'pull-secret', `${host}/other`, USER, PASSWORD);
    for (const name of ['kept', 'fresh', 'sealed', 'plain']) {
      await pullSecret(namespace, name, host, USER, 'not-the-password');
    }
    await waitFor('the kinds to be served', async () => {
      const rule = { source: `${host}/team`, mirrors: ['mirror.corp.test/team'] };
      await apply(
        namespace,
        mirrors('Tag', 'team', { ...rule, mirrorSourcePolicy: 'NeverContactSource' }),
        mirrors('Digest', 'releases', { source: host, mirrors: ['mirror.corp.test'] }),
        imageConfig({ blockedRegistries: [`${HOSTS.closed.name}`] }),
        externalSecret('login', 'kept'),
        externalSecret('login-fresh', 'fresh'),
        externalSecret('login-never', 'never'),
        {
          apiVersion: 'bitnami.com/v1alpha1',
          kind: 'SealedSecret',
          metadata: { name: 'sealed' },
          spec: { encryptedData: { '.dockerconfigjson': 'AgBy3i4OJSWK' } },
        },
      );
      return true;
    });
    await setStatus(namespace, 'externalsecret', 'login', STOPPED);
    await setStatus(namespace, 'externalsecret', 'login-never', { conditions: STOPPED.conditions });
    const refreshTime = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
    await setStatus(namespace, 'externalsecret', 'login-fresh', { ...SYNCED, refreshTime });
    // pkg/controller/controller.go of sealed-secrets writes the error of unsealing into the condition.
    await setStatus(namespace, 'sealedsecret', 'sealed', {
      conditions: [{ type: 'Synced', status: 'False', message: 'no key could decrypt secret' }],
    });
    await ownedBy(namespace, 'kept', 'externalsecret', 'login');
    await ownedBy(namespace, 'fresh', 'externalsecret', 'login-fresh');
    await ownedBy(namespace, 'sealed', 'sealedsecret', 'sealed');
    await apply(
      namespace,
      marked(pod('kept', PRIVATE_APP, uses('kept'))),
      pod('plain', PRIVATE_APP, uses('plain')),
      pod('fresh', PRIVATE_APP, uses('fresh')),
      pod('sealed', PRIVATE_APP, uses('sealed')),
      pod('never', PRIVATE_APP, uses('never')),
      marked(pod('blocked', `${HOSTS.closed.name}/team/app:1.0`)),
    );
    await waitUntilFailing(namespace, 6);
  });

  after(async () => {
    await kubectl('delete', '-f', CRDS, '--wait=false');
    await kubectl('delete', 'namespace', CONFIG, '--wait=false');
    const policy = 'validatingadmissionpolicy,validatingadmissionpolicybinding';
    await kubectl('delete', policy, 'images-of-ours', '--ignore-not-found');
  });

  it('the API server checks the objects: a mirror with a scheme is refused', async () => {
    const wrong = mirrors('Tag', 'wrong', { source: 'https://quay.example.com', mirrors: [] });
    await assert.rejects(apply(namespace, wrong), /imageTagMirrors\[0\]\.source/);
  });

  it('it takes the saved objects of the golden', async () => {
    const saved = (loadAll(readFileSync(SAVED, 'utf8')) as KubeObject[])
      .filter(({ apiVersion }) => GROUPS.test(apiVersion))
      .map((object) => ({ ...object, metadata: { name: object.metadata.name } }));
    assert.equal(saved.length, 5);
    const items = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: saved });
    const args = ['apply', '--dry-run=server', '-n', namespace, '-f', '-'];
    const { code, stderr } = await run('kubectl', args, { stdin: items });
    assert.equal(code, 0, stderr);
  });

  it('a pod of OpenShift: mirrors, the operator that stopped, the nodes’ pull secret', async () => {
    const texts = await found('kept');
    assert.equal(
      texts.get('source-never-asked'),
      `nodes ask mirror.corp.test/team/app and never ${host}/team/app itself (NeverContactSource in imagetagmirrorset/team): what is not there cannot be pulled`,
    );
    assert.equal(
      texts.get('secret-refresh-failed'),
      'the operator that writes secret kept stopped on 2026-11-18T22:14:05Z: externalsecret/login says SecretSyncedError: could not get secret data from provider; it last wrote it on 2026-11-18T21:14:05Z',
    );
    assert.equal(
      texts.get('node-pull-secret'),
      `the nodes' own credentials (secret openshift-config/pull-secret) have no entry for ${host}`,
    );
  });

  it('a pod without a sign of OpenShift or an operator: nothing of it', async () => {
    const codes = [...(await found('plain')).keys()];
    const about = codes.filter((code) => /mirror|source|registry|refresh|node-pull/.test(code));
    assert.deepEqual(about, []);
  });

  it('an operator that does its work: nothing', async () => {
    const codes = [...(await found('fresh')).keys()];
    assert.ok(!codes.some((code) => code.startsWith('secret-refresh')), codes.join());
  });

  it('a SealedSecret that cannot be unsealed', async () => {
    const text = (await found('sealed')).get('secret-refresh-failed') ?? '';
    assert.match(text, /sealedsecret\/sealed says no key could decrypt secret/);
  });

  it('a secret that its operator never wrote', async () => {
    const texts = await found('never');
    const text = texts.get('secret-refresh-failed') ?? '';
    assert.match(
      text,
      /^the operator that writes secret never stopped on .*externalsecret\/login-never/,
    );
  });

  it('a blocked registry', async () => {
    const text = (await found('blocked')).get('registry-blocked') ?? '';
    assert.match(
      text,
      /blockedRegistries of image\.config\.openshift\.io\/cluster has closed\.corp\.test$/,
    );
  });

  it('verify: the mirrors, the operator, and a refusal of the nodes', async () => {
    const args = ['-n', namespace, '--ca-file', pki('registries.crt')];
    const kept = await plugin('verify', 'kept', ...args);
    assert.equal(kept.code, 3, kept.stdout + kept.stderr);
    assert.match(kept.stdout, /on this cluster nodes ask mirror\.corp\.test\/team\/app and never/);
    assert.match(kept.stdout, /the operator that writes secret kept stopped/);
    const blocked = await plugin('verify', 'blocked', ...args, '-o', 'json');
    assert.equal(blocked.code, 3, blocked.stdout + blocked.stderr);
    assert.match(blocked.stdout, /policy-blocked/);
  });

  it('whoever may not read them gets one line, and no word of missing', async () => {
    const verbs = '--verb=get,list';
    const resources = '--resource=pods,events,secrets,serviceaccounts';
    await kubectl('create', 'serviceaccount', 'developer', '-n', namespace);
    await kubectl('create', 'role', 'developer', '-n', namespace, verbs, resources);
    const account = `--serviceaccount=${namespace}:developer`;
    const bind = ['create', 'rolebinding', 'developer', '-n', namespace, account];
    await kubectl(...bind, '--role=developer');
    const token = (await kubectl('create', 'token', 'developer', '-n', namespace)).trim();
    const kubeconfig = kubeconfigWithToken('developer', token);
    const as = (name: string) =>
      plugin('describe', name, '-n', namespace, '--kubeconfig', kubeconfig, '-o', 'json');
    const unseen = async (name: string) =>
      document(await as(name)).items[0]?.unavailable.map(({ text }) => text);
    assert.deepEqual(await unseen('kept'), [
      `not allowed to get externalsecret ${namespace}/login`,
      'not allowed to read what this OpenShift cluster tells its nodes: imagedigestmirrorsets, imagetagmirrorsets, imagecontentsourcepolicies, image.config.openshift.io cluster, secret openshift-config/pull-secret',
    ]);
    assert.deepEqual(await unseen('plain'), []);
    assert.deepEqual(await unseen('never'), []);
  });

  it('a workload whose pods admission refuses', async () => {
    const policy = {
      apiVersion: 'admissionregistration.k8s.io/v1',
      metadata: { name: 'images-of-ours' },
    };
    const constraints = {
      resourceRules: [
        { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] },
      ],
    };
    const onlyHere = { matchLabels: { 'kubernetes.io/metadata.name': namespace } };
    await apply(
      namespace,
      {
        ...policy,
        kind: 'ValidatingAdmissionPolicy',
        spec: {
          matchConstraints: constraints,
          validations: [
            {
              expression: `object.spec.containers.all(c, !c.image.startsWith('stranger.example/'))`,
              message: 'images must come from our registry',
            },
          ],
        },
      },
      {
        ...policy,
        kind: 'ValidatingAdmissionPolicyBinding',
        spec: {
          policyName: 'images-of-ours',
          validationActions: ['Deny'],
          matchResources: { namespaceSelector: onlyHere },
        },
      },
    );
    // A policy counts some time after it is made.
    await waitFor('the policy to refuse', async () => {
      const probe = [
        'run',
        'probe',
        '-n',
        namespace,
        '--image=stranger.example/a',
        '--dry-run=server',
      ];
      return (await run('kubectl', probe)).stderr.includes('images-of-ours');
    });
    const selector = { matchLabels: { app: 'strange' } };
    const template = {
      metadata: { labels: selector.matchLabels },
      spec: podSpec('stranger.example/team/app:1.0'),
    };
    await apply(
      namespace,
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'strange' },
        spec: { selector, template },
      },
      {
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: { name: 'strange' },
        spec: {
          template: {
            spec: podSpec('stranger.example/team/app:1.0', { restartPolicy: 'Never' }),
          },
        },
      },
    );
    for (const workload of ['deploy/strange', 'job/strange']) {
      await waitFor(`the refusal of ${workload}`, async () => {
        const { stdout } = await plugin('describe', workload, '-n', namespace);
        return /^(?:Deployment|Job)\/strange: it may not make a pod, so nothing is pulled for it: refused by a ValidatingAdmissionPolicy, policy images-of-ours: images must come from our registry\n$/.test(
          stdout,
        );
      });
    }
  });
});
