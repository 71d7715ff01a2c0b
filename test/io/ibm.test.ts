/** `verify` of images on icr.io, from flags to exit code, against a local IBM Cloud (test/rig/ibm-server.ts). */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { run } from '../../src/cli/run.ts';
import { type ApiServer, startApiServer } from '../rig/api-server.ts';
import {
  accessTokenOf,
  type IbmServer,
  iamError,
  POLICIES_FORBIDDEN,
  REGISTRY_UNAUTHORIZED,
  startIbmServer,
} from '../rig/ibm-server.ts';
import {
  ACCOUNT,
  CLUSTER,
  DEFAULT_WORLD,
  type IbmWorld,
  KEY,
  OTHER_ACCOUNT,
  OTHER_KEY,
  READER,
  SERVICE_ID,
  VIEWER,
  WRITER,
} from '../rig/ibm-world.ts';
import { freePort } from '../rig/registry.ts';
import { type TempFolder, tempFolder } from '../rig/temp.ts';
import { testWorld } from '../rig/world.ts';

interface Step {
  readonly step: string;
  readonly outcome: string;
  readonly code: string;
  readonly detail: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

interface Item {
  readonly result: string;
  readonly credentials: readonly { readonly step: string; readonly code: string }[];
  readonly ibm: {
    readonly owner: string | null;
    readonly credentials: readonly {
      readonly identity: Readonly<Record<string, string | null>>;
      readonly steps: readonly Step[];
    }[];
  } | null;
  readonly findings: readonly string[];
  readonly nextSteps: readonly { readonly text: string; readonly command?: string }[];
}

/** Registry namespace, region and account, as the default policy of the rig has them. */
type Attributes = IbmWorld['policies'][number]['attributes'];
const SERVICE: Attributes = [['serviceName', 'container-registry']];
const IN_SHOP: Attributes = [...SERVICE, ['resourceType', 'namespace'], ['resource', 'shop']];

const SCHEMA = join(import.meta.dirname, '../../docs/schema/verification-list.json');
const validate = new Ajv2020({ allErrors: true }).compile(
  JSON.parse(readFileSync(SCHEMA, 'utf8')) as object,
);

describe('verify asks IBM Cloud', function () {
  this.timeout(20_000);
  let folder: TempFolder;
  let ibm: IbmServer;
  let server: ApiServer | undefined;

  before(async () => {
    folder = tempFolder();
    ibm = await startIbmServer();
  });

  after(async () => {
    await ibm.close();
    folder.remove();
  });

  beforeEach(() => ibm.reset());

  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  /** The policies of the cluster's service ID, in place of those that let it pull. */
  function policies(...list: Partial<IbmWorld['policies'][number]>[]): void {
    ibm.world.policies = list.map((one, i) => ({
      id: `policy-${i}`,
      ...(one.group === undefined && { iamId: `iam-${SERVICE_ID}` }),
      roles: [READER],
      attributes: SERVICE,
      state: 'active',
      ...one,
    }));
  }

  function key(value = KEY): IbmWorld['keys'][number] {
    const found = ibm.world.keys.find((one) => one.value === value);
    assert(found);
    return found;
  }

  interface Asked {
    readonly image?: string;
    /** `null`: the pod lists no secret. */
    readonly secret?: string | null;
    readonly user?: string;
    readonly password?: string;
    readonly flags?: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
    readonly kind?: 'Pod' | 'Deployment';
    readonly endpoints?: boolean;
  }

  async function command(asked: Asked, ...more: string[]) {
    const { image = 'us.icr.io/shop/web:1.0', secret = 'all-icr-io', kind = 'Pod' } = asked;
    const { user = 'iamapikey', password = KEY, flags = [], env = {}, endpoints = true } = asked;
    const host = image.split('/')[0] ?? '';
    const auth = Buffer.from(`${user}:${password}`).toString('base64');
    const config = JSON.stringify({ auths: { [host]: { auth } } });
    const spec = {
      serviceAccountName: 'deployer',
      containers: [{ name: 'web', image }],
      ...(secret !== null && { imagePullSecrets: [{ name: secret }] }),
    };
    const object = {
      apiVersion: kind === 'Pod' ? 'v1' : 'apps/v1',
      kind,
      metadata: { namespace: 'team', name: 'web', uid: 'web' },
      spec: kind === 'Pod' ? spec : { replicas: 0, template: { spec } },
      status: {},
    };
    const stored = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { namespace: 'team', name: secret, uid: 's' },
      type: 'kubernetes.io/dockerconfigjson',
      data: { '.dockerconfigjson': Buffer.from(config).toString('base64') },
    };
    const account = {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { namespace: 'team', name: 'deployer', uid: 'sa' },
    };
    const items = [object, account, ...(secret === null ? [] : [stored])];
    const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
    await server?.close();
    server = await startApiServer({ dumps: [folder.write('objects.json', list)] });
    server.writeKubeconfig(join(folder.path, 'config'));
    const world = testWorld({
      now: Date.now(),
      env: { KUBECONFIG: join(folder.path, 'config'), ...env },
      cwd: folder.path,
    });
    const target = kind === 'Pod' ? 'web' : 'deploy/web';
    const argv = [
      ...['verify', target, '-n', 'team', '--plain-http'],
      ...['--registry-address', `${host}=${ibm.address}`],
      ...(endpoints ? ['--ibm-iam-endpoint', ibm.url, '--ibm-registry-endpoint', ibm.url] : []),
      ...flags,
      ...more,
    ];
    const code = await run(argv, world);
    const out = world.outText();
    const err = world.errText();
    for (const hidden of [KEY, OTHER_KEY, password, 'MUST-NOT-BE-SHOWN', auth]) {
      assert.ok(!`${out}${err}`.includes(hidden), `shows ${hidden}`);
    }
    return { code, out, err };
  }

  async function item(asked: Asked = {}) {
    const { code, out, err } = await command({ flags: ['--ibm'], ...asked }, '-o', 'json');
    assert.notEqual(out, '', err);
    const document = JSON.parse(out) as { items: Item[] };
    assert.ok(validate(document), JSON.stringify(validate.errors?.slice(0, 3)));
    const [first] = document.items;
    assert(first);
    const steps = first.ibm?.credentials[0]?.steps ?? [];
    const codes = Object.fromEntries(steps.map((one) => [one.step.replace('ibm-', ''), one.code]));
    const detail = (name: string) => steps.find(({ step }) => step === `ibm-${name}`)?.detail ?? '';
    return { code, first, steps, codes, detail };
  }

  const commands = ({ nextSteps }: Item) => nextSteps.flatMap((step) => step.command ?? []);

  describe('when', () => {
    it('a pull fails', async () => {
      key().pulls = [];
      const { first } = await item({ flags: [] });
      assert.ok(first.ibm);
    });

    it('--ibm says so, and not where all is well', async () => {
      assert.ok((await item()).first.ibm);
      ibm.reset();
      assert.equal((await item({ flags: [] })).first.ibm, null);
      assert.ok(!ibm.calls.some(({ path }) => path.startsWith('/identity')));
    });

    it('never with --ibm=false', async () => {
      key().pulls = [];
      assert.equal((await item({ flags: ['--ibm=false'] })).first.ibm, null);
    });

    it('the host is one of IBM Cloud', async () => {
      for (const image of ['cp.icr.io/cp/app:1', 'dd0.icr.io/a/b:1', 'us.icr.io:8443/shop/web:1']) {
        assert.equal((await item({ image })).first.ibm, null, image);
      }
    });
  });

  it('says that all is well', async () => {
    const { code, first, codes, detail } = await item();
    assert.deepEqual(codes, {
      credential: 'ok',
      alive: 'ok',
      identity: 'ok',
      account: 'ok',
      access: 'ok',
      traffic: 'ok',
      storage: 'ok',
      image: 'ok',
    });
    assert.deepEqual(first.ibm?.credentials[0]?.identity, {
      kind: 'service ID',
      iamId: `iam-${SERVICE_ID}`,
      name: `cluster-${CLUSTER}`,
      description: 'ID for the pull secrets of the cluster',
      account: ACCOUNT,
      cluster: CLUSTER,
    });
    assert.equal(first.ibm?.owner, ACCOUNT);
    assert.match(detail('traffic'), /^pull traffic: 1\.0 GB of 5\.1 GB used$/);
    assert.match(detail('image'), /^tag 1\.0 is there, 3 tags in all$/);
    assert.deepEqual([code, first.result], [0, 'pullable']);
  });

  it('sends the account with each request to the registry', async () => {
    await item();
    const api = ibm.calls.filter(({ path }) => path.startsWith('/api/'));
    assert.equal(api.length, 3);
    for (const call of api) assert.equal(call.account, ACCOUNT, call.path);
  });

  it('tells of a user and of a key with an end', async () => {
    const asked = { image: 'us.icr.io/partner/app:1', password: OTHER_KEY, secret: 'regcred' };
    const { first, detail } = await item(asked);
    assert.equal(first.ibm?.credentials[0]?.identity['kind'], 'user');
    assert.match(
      detail('identity'),
      /^user dana@example\.com, API key laptop, account \w+, expires at 2027-01-01T00:00\+0000$/,
    );
    assert.match(detail('traffic'), /used, no limit$/);
  });

  describe('a dead credential', () => {
    const cases: readonly [string, ReturnType<typeof iamError>, string, string][] = [
      [
        'disabled',
        iamError('BXNIM0462E', 'Provided API key is disabled.'),
        'ibm-key-disabled',
        'failed',
      ],
      ['locked', iamError('BXNIM0999E', 'The API key is locked.'), 'ibm-key-locked', 'failed'],
      ['expired', iamError('BXNIM0999E', 'The API key has expired.'), 'ibm-key-expired', 'failed'],
      [
        'account',
        iamError('BXNIM0400E', 'External authentication failed', 401),
        'ibm-account-refused',
        'failed',
      ],
      ['empty', iamError('BXNIM0109E', 'Property missing or empty.'), 'ibm-key-empty', 'failed'],
      [
        'allowlist',
        iamError('BXNIM0998E', 'IP address 10.0.0.1 not allowed', 403),
        'ibm-not-allowed',
        'unknown',
      ],
      [
        'unknown code',
        iamError('BXNIM0106E', 'Property validation failed', 400),
        'ibm-refused-unknown',
        'unknown',
      ],
      ['no IAM there', { status: 404, body: {} }, 'ibm-not-found', 'unknown'],
      ['busy', { status: 429, body: {} }, 'ibm-rate-limited', 'unknown'],
      ['broken', { status: 503, body: '<html>' }, 'ibm-server-error', 'unknown'],
      ['no JSON', { status: 200, body: 'hello' }, 'ibm-answer-unreadable', 'unknown'],
      ['no token', { status: 200, body: {} }, 'ibm-answer-unreadable', 'unknown'],
      [
        'header in token',
        { status: 200, body: { access_token: 'a\r\nX: y' } },
        'ibm-answer-unreadable',
        'unknown',
      ],
      [
        'redirect',
        { status: 302, body: '', headers: { location: 'http://127.0.0.1:1/' } },
        'ibm-refused-unknown',
        'unknown',
      ],
    ];
    for (const [name, answer, code, outcome] of cases) {
      it(`${name}: ${code}`, async () => {
        ibm.faults = [{ path: 'POST /identity/token', ...answer }];
        const { steps, first } = await item();
        assert.deepEqual(
          steps.slice(1, 3).map((s) => [s.outcome, s.code]),
          [
            [outcome, code],
            ['skipped', 'ibm-not-reached'],
          ],
        );
        assert.equal(
          first.findings.some((f) => f.startsWith('secret all-icr-io: ')),
          outcome === 'failed',
        );
      });
    }

    it('a key that is not there, with the commands that make another', async () => {
      const { code, codes, first, detail } = await item({ password: 'gone', flags: [] });
      assert.equal(codes['alive'], 'ibm-key-not-found');
      assert.match(detail('alive'), /\(BXNIM0415E Provided API key could not be found\.\)$/);
      assert.match(commands(first)[2] ?? '', /^until V=/);
      assert.deepEqual(commands(first), [
        commands(first)[0],
        'ibmcloud ks cluster pull-secret apply --cluster "$(kubectl get nodes -o jsonpath=\'{.items[0].spec.providerID}\' | cut -d/ -f6)"',
        commands(first)[2],
        "kubectl create secret generic all-icr-io -n team --type=kubernetes.io/dockerconfigjson --from-file=.dockerconfigjson=<(kubectl get secret all-icr-io -n default -o go-template='{{index .data `.dockerconfigjson` | base64decode}}') --dry-run=client -o yaml | kubectl apply --server-side --force-conflicts -f -",
        commands(first)[4],
        'kubectl delete pod web -n team',
      ]);
      assert.equal(code, 4);
    });

    it('a key with a line break behind it', async () => {
      const { detail } = await item({ password: `${KEY}\n` });
      assert.match(detail('alive'), /a blank or line break stands at its beginning or end$/);
      assert.ok(!ibm.calls.some(({ path }) => path.startsWith('/v1/apikeys')));
    });

    it('a registry token, which is shown to nobody at IAM', async () => {
      const { codes } = await item({
        user: 'token',
        password: 'old',
        secret: 'bluemix-default-secret',
      });
      assert.equal(codes['credential'], 'ibm-registry-token-dead');
      assert.ok(!ibm.calls.some(({ path }) => path.startsWith('/identity')));
    });

    it('a user name that IBM does not take', async () => {
      const { codes } = await item({ user: 'admin', password: 'secret-of-admin' });
      assert.equal(codes['credential'], 'ibm-user-unknown');
    });
  });

  describe('a token', () => {
    it('lives, and ends soon', async () => {
      const { steps } = await item({ user: 'iambearer', password: accessTokenOf(ibm.world, KEY) });
      assert.deepEqual(
        steps.slice(0, 2).map((s) => [s.outcome, s.code]),
        [
          ['note', 'ibm-token-ends'],
          ['ok', 'ok'],
        ],
      );
      assert.match(steps[0]?.detail ?? '', /ends at \d{4}-.*: of no use in a secret that stays$/);
    });

    it('has ended: nobody is asked', async () => {
      const password = accessTokenOf(ibm.world, KEY, -60);
      const { codes, first } = await item({ user: 'iambearer', password });
      assert.equal(codes['credential'], 'ibm-token-expired');
      assert.equal(codes['alive'], 'ibm-not-reached');
      assert.match(commands(first)[1] ?? '', /pull-secret apply/);
      assert.ok(!ibm.calls.some(({ path }) => /^\/(?:identity|v1|api)/.test(path)));
    });

    it('stands where a key belongs', async () => {
      const { codes } = await item({ password: accessTokenOf(ibm.world, KEY) });
      assert.equal(codes['credential'], 'ibm-key-is-token');
    });

    it('is refused everywhere', async () => {
      const password = accessTokenOf(ibm.world, KEY).replace(/[^.]+$/, 'eA');
      const { codes } = await item({ user: 'iambearer', password });
      assert.equal(codes['alive'], 'ibm-token-refused');
    });

    it('with what no header can hold is sent to nobody', async () => {
      const { steps } = await item({ user: 'iambearer', password: 'a\r\nb' });
      assert.deepEqual([steps[1]?.outcome, steps[1]?.code], ['unknown', 'ibm-answer-unreadable']);
    });

    it('may end in a line break', async () => {
      const password = `${accessTokenOf(ibm.world, KEY)}\n`;
      assert.equal((await item({ user: 'iambearer', password })).codes['image'], 'ok');
    });

    it('that does not say whose it is', async () => {
      const { codes } = await item({ user: 'iambearer', password: 'opaque-token' });
      assert.deepEqual(
        [codes['alive'], codes['identity']],
        ['ibm-token-life-unknown', 'ibm-answer-unreadable'],
      );
    });

    it('of which account and identity are no names is not put into a request', async () => {
      Object.assign(key(), { account: 'a\r\nX: y', iamId: '../../x\n', details: {} });
      const { codes } = await item();
      assert.deepEqual(
        [codes['alive'], codes['identity'], codes['access'], codes['traffic']],
        ['ok', 'ibm-answer-unreadable', 'ibm-answer-unreadable', 'ibm-answer-unreadable'],
      );
    });

    it('to refresh one is taken, expired, or of a session that ended', async () => {
      const asked = { user: 'iamrefresh', password: KEY };
      assert.equal((await item(asked)).codes['alive'], 'ibm-token-ends');
      const gone = await item({ ...asked, password: 'old-refresh-token' });
      assert.equal(gone.codes['alive'], 'ibm-refresh-token-expired');
      ibm.faults = [{ path: 'POST /identity', ...iamError('BXNIM0439E', 'Session inactive') }];
      assert.equal((await item(asked)).codes['alive'], 'ibm-session-ended');
    });
  });

  it('follows a key into a trusted profile', async () => {
    const profile = 'Profile-9fd84246-7df4-4667-94e4-8ecde51d5ac5';
    const iamId = `iam-${profile}`;
    ibm.world.keys.push({ ...key(), value: profile, iamId, subject: profile });
    const { first, codes } = await item({ user: profile });
    assert.equal(first.ibm?.credentials[0]?.identity['kind'], 'trusted profile');
    assert.equal(codes['access'], 'ibm-policy-unclear', 'no policy, and the registry lets it pull');
    await server?.close();
    ibm.world.keys = ibm.world.keys.filter(({ value }) => value !== profile);
    assert.equal((await item({ user: profile })).codes['alive'], 'ibm-profile-refused');
  });

  describe('access', () => {
    beforeEach(() => {
      key().pulls = [];
    });

    const misses: readonly [string, Partial<IbmWorld['policies'][number]>[], string][] = [
      ['none at all', [], 'ibm-access-none'],
      ['platform role only', [{ roles: [VIEWER] }], 'ibm-access-wrong-role'],
      [
        'another namespace',
        [{ attributes: [...SERVICE, ['resource', 'tools']] }],
        'ibm-access-wrong-namespace',
      ],
      [
        'another region',
        [{ attributes: [...SERVICE, ['region', 'eu-de']] }],
        'ibm-access-wrong-region',
      ],
      [
        'another resource group',
        [{ attributes: [['resourceGroupId', 'rg2']] }],
        'ibm-access-wrong-group',
      ],
      ['another service', [{ attributes: [['serviceName', 'kms']] }], 'ibm-access-none'],
      ['not active', [{ state: 'deleted' }], 'ibm-access-none'],
      [
        'a role of their own',
        [{ roles: ['crn:v1:bluemix:public:iam::a/x::customRole:Puller'] }],
        'ibm-policy-unclear',
      ],
      ['at certain hours', [{ rule: { operator: 'and', conditions: [] } }], 'ibm-policy-unclear'],
    ];
    for (const [name, list, code] of misses) {
      it(`${name}: ${code}`, async () => {
        policies(...list);
        assert.equal((await item({ flags: [] })).codes['access'], code);
      });
    }

    it('names the nearest policy and the command that grants it', async () => {
      policies({ id: 'near', attributes: [...SERVICE, ['region', 'eu-de'], ['resource', 'shop']] });
      const { detail, first } = await item({ flags: [] });
      assert.equal(
        detail('access'),
        'no policy gives it Reader, Writer or Manager on namespace shop in us-south; the nearest is policy near (Reader on namespace shop in eu-de)',
      );
      assert.deepEqual(commands(first), [
        `ibmcloud target -c ${ACCOUNT}`,
        `ibmcloud iam service-policy-create ${SERVICE_ID} --roles Reader --service-name container-registry --region us-south --resource-type namespace --resource shop`,
      ]);
    });

    it('is granted by a group on the last page', async () => {
      const members = [`iam-${SERVICE_ID}`];
      ibm.world.groupPage = 100;
      ibm.world.groups = Array.from({ length: 12 }, (_, i) => ({
        id: `g${i}`,
        name: `n${i}`,
        members,
      }));
      policies({ id: 'via', group: 'g11', roles: [WRITER], attributes: IN_SHOP });
      const { codes, detail } = await item({ flags: [] });
      assert.equal(codes['access'], 'ok');
      assert.equal(
        detail('access'),
        'policy via (Writer on namespace shop in all regions, by access group n11)',
      );
    });

    it('pages through groups with offset', async () => {
      const members = [`iam-${SERVICE_ID}`];
      ibm.world.groups = Array.from({ length: 130 }, (_, i) => ({
        id: `g${i}`,
        name: `n${i}`,
        members,
      }));
      policies();
      const { codes } = await item({ flags: [] });
      const offsets = ibm.calls.flatMap(({ path }) => /groups.*offset=(\d+)/.exec(path)?.[1] ?? []);
      assert.deepEqual(offsets, ['0', '100']);
      assert.equal(codes['access'], 'ibm-answer-too-large', 'not all groups were looked into');
    });

    it('is not known where policies may not be read', async () => {
      ibm.faults = [
        { path: 'GET /v1/policies', ...POLICIES_FORBIDDEN },
        { path: 'GET /v2/policies', ...POLICIES_FORBIDDEN },
      ];
      const { steps, first } = await item({ flags: [] });
      const access = steps.find(({ step }) => step === 'ibm-access');
      assert.deepEqual([access?.outcome, access?.code], ['unknown', 'ibm-not-allowed']);
      assert.equal(access?.facts['errorCode'], 'insufficent_permissions');
      assert.match(access?.detail ?? '', /^cannot tell: /);
      assert.ok(!commands(first).some((one) => one.includes('policy-create')));
    });

    it('is no no where groups may not be listed', async () => {
      policies({ roles: [VIEWER] });
      ibm.faults = [{ path: 'GET /v2/groups', ...iamError('BXNIM0513E', 'no', 403) }];
      assert.equal((await item({ flags: [] })).codes['access'], 'ibm-not-allowed');
    });

    it('is found by the older form alone where the newer one is not there', async () => {
      policies({ attributes: IN_SHOP });
      ibm.faults = [{ path: 'GET /v2/policies', status: 404, body: {} }];
      assert.equal((await item({ flags: [] })).codes['access'], 'ok');
    });

    it('that is granted and refused all the same points at restrictions', async () => {
      const { first } = await item({ flags: [] });
      assert.match(first.findings.join('\n'), /context-based restriction or an allowlist/);
    });
  });

  describe('account', () => {
    const image = 'us.icr.io/partner/app:1';

    it('lists all namespaces and the image is in none of them', async () => {
      const { codes, first } = await item({ image, flags: [] });
      assert.deepEqual(
        [codes['account'], codes['access'], codes['image']],
        ['ibm-namespace-not-in-account', 'ibm-not-needed', 'ibm-not-needed'],
      );
      assert.match(
        commands(first).join('\n'),
        /iam service-policy-create pull-partner .* --resource partner/,
      );
    });

    it('may leave namespaces out of the list', async () => {
      policies({ attributes: IN_SHOP });
      key().sees = ['shop'];
      assert.equal((await item({ image, flags: [] })).codes['account'], 'ibm-list-may-be-partial');
    });

    it('is its own where its images are listed and the namespace is not', async () => {
      key().sees = [];
      key().pulls = [];
      const { first, codes } = await item({ flags: [] });
      assert.deepEqual([first.ibm?.owner, codes['account']], [ACCOUNT, 'ok']);
    });

    it('is named where a login of your own sees it', async () => {
      const auth = Buffer.from(`iamapikey:${OTHER_KEY}`).toString('base64');
      const own = folder.write('own.json', JSON.stringify({ auths: { 'us.icr.io': { auth } } }));
      const { first, codes, detail } = await item({ image, flags: ['--docker-config', own] });
      assert.equal(codes['account'], 'ibm-other-account');
      assert.equal(
        detail('account'),
        `namespace partner in us-south belongs to account ${OTHER_ACCOUNT}, and the credential to account ${ACCOUNT}`,
      );
      assert.equal(codes['traffic'], 'ibm-not-needed');
      const all = commands(first);
      assert.equal(all[0], `ibmcloud target -c ${OTHER_ACCOUNT}`);
      assert.ok(
        all.some((one) =>
          one.startsWith(
            'kubectl create secret generic partner-icr-io -n team --type=kubernetes.io/dockerconfigjson --from-file=.dockerconfigjson=<(ibmcloud iam service-api-key-create pull-partner-key pull-partner --output json | jq ',
          ),
        ),
      );
      assert.ok(
        all.some((one) => one.startsWith('kubectl patch serviceaccount deployer -n team ')),
      );
      assert.equal(first.ibm?.credentials.length, 2);
    });
  });

  describe('quota', () => {
    const account = () => {
      const found = ibm.world.accounts[0];
      assert(found);
      return found.quota;
    };

    it('of traffic that is reached is a verdict, though the manifest can be had', async () => {
      account().usage.traffic_bytes = 5_120_000_000;
      const { code, first, codes } = await item();
      assert.equal(codes['traffic'], 'ibm-traffic-reached');
      assert.deepEqual(
        [code, first.result, first.credentials[0]?.step, first.credentials[0]?.code],
        [3, 'not pullable', 'ibm-traffic', 'ibm-traffic-reached'],
      );
      assert.deepEqual(commands(first), [
        `ibmcloud target -c ${ACCOUNT}`,
        'ibmcloud cr region-set us-south',
        'ibmcloud cr quota',
        'ibmcloud cr quota-set --traffic 10240',
      ]);
    });

    it('of traffic does not count on the private network', async () => {
      account().usage.traffic_bytes = 5_120_000_000;
      const { codes, first } = await item({ image: 'private.us.icr.io/shop/web:1.0' });
      assert.equal(codes['traffic'], 'ibm-not-needed');
      assert.equal(first.result, 'pullable');
    });

    it('of traffic that is nearly reached is a note', async () => {
      account().usage.traffic_bytes = 4_700_000_000;
      const { first, codes } = await item();
      assert.deepEqual([codes['traffic'], first.result], ['ibm-traffic-high', 'pullable']);
    });

    it('of traffic that is reached is no verdict where nobody says whose the image is', async () => {
      account().usage.traffic_bytes = 5_120_000_000;
      key().sees = [];
      key().pulls = [];
      ibm.world.images = [];
      assert.equal((await item({ flags: [] })).codes['traffic'], 'ibm-owner-unknown');
    });

    it('of storage that is full is a note', async () => {
      account().usage.storage_bytes = 512_000_000;
      const { code, first, steps } = await item();
      const storage = steps.find(({ step }) => step === 'ibm-storage');
      assert.deepEqual([storage?.outcome, storage?.code], ['note', 'ibm-storage-full']);
      assert.deepEqual([code, first.result], [0, 'pullable']);
    });

    it('that may not be read is not known', async () => {
      ibm.faults = [{ path: 'GET /api/v1/quotas', ...REGISTRY_UNAUTHORIZED, status: 403 }];
      const { codes, detail } = await item();
      assert.deepEqual(
        [codes['traffic'], codes['storage']],
        ['ibm-not-allowed', 'ibm-not-allowed'],
      );
      assert.match(detail('traffic'), /CRG0014E/);
    });
  });

  describe('image', () => {
    it('has other tags', async () => {
      const { codes, detail, first, steps } = await item({
        image: 'us.icr.io/shop/web:1.2',
        flags: [],
      });
      assert.equal(codes['image'], 'ibm-tag-missing');
      assert.match(
        detail('image'),
        /^there is no tag 1\.2; of 3 tags the nearest are 1\.1, 1\.0, latest$/,
      );
      assert.equal(steps.at(-1)?.facts['tagCount'], 3);
      assert.equal(commands(first).at(-1), 'ibmcloud cr image-list --restrict shop/web');
    });

    it('is of no repository of the namespace', async () => {
      const { codes, detail } = await item({ image: 'us.icr.io/shop/wep:1.0', flags: [] });
      assert.equal(codes['image'], 'ibm-repository-missing');
      assert.match(
        detail('image'),
        /^no image of shop\/wep among 2 repositories of namespace shop$/,
      );
    });

    it('may be hidden from a Writer', async () => {
      policies({ roles: [WRITER], attributes: IN_SHOP });
      ibm.world.images = [];
      assert.equal((await item({ flags: [] })).codes['image'], 'ibm-list-may-be-partial');
    });

    it('is not known where the region has no such call', async () => {
      ibm.faults = [{ path: 'GET /api/v1/images', status: 404, body: '404 page not found' }];
      assert.equal((await item()).codes['image'], 'ibm-not-found');
    });
  });

  it('gives a pod without a pull secret the steps of the runbook', async () => {
    const { first } = await item({ secret: null, flags: [], kind: 'Deployment' });
    assert.deepEqual(first.ibm?.credentials, []);
    assert.ok(first.findings.includes('no pull secret of the pod has an entry for us.icr.io'));
    const all = commands(first);
    assert.match(all[1] ?? '', /^ibmcloud ks cluster pull-secret apply --cluster /);
    assert.match(all[3] ?? '', /^kubectl create secret generic all-icr-io -n team /);
    assert.ok(all.some((one) => one.startsWith('kubectl patch serviceaccount deployer -n team ')));
    assert.equal(all.at(-1), 'kubectl rollout restart deployment web -n team');
  });

  describe('shows credentials', () => {
    it('to no host but IBM’s own or the ones that were set', async () => {
      await item();
      const hosts = new Set(ibm.calls.map(({ host }) => host));
      assert.deepEqual([...hosts].sort(), [ibm.address, 'us.icr.io']);
      for (const { path, host } of ibm.calls) {
        assert.equal(host === ibm.address, !/^\/(?:v2\/shop|oauth)/.test(path), path);
      }
    });

    it('to none that --no-credentials-to names', async () => {
      const { codes } = await item({ flags: ['--ibm', '--no-credentials-to', ibm.address] });
      assert.equal(codes['alive'], 'ibm-credential-withheld');
      assert.ok(!ibm.calls.some(({ path }) => path.startsWith('/identity')));
    });

    it('to the ones of the environment', async () => {
      const env = { IBMCLOUD_IAM_API_ENDPOINT: ibm.url, IBMCLOUD_CR_API_ENDPOINT: ibm.url };
      const { codes } = await item({ endpoints: false, env });
      assert.equal(codes['image'], 'ok');
    });

    it('and says so where they cannot be reached', async () => {
      const gone = `http://127.0.0.1:${await freePort()}`;
      const flags = ['--ibm', '--ibm-iam-endpoint', gone];
      const { codes } = await item({ endpoints: false, flags });
      assert.equal(codes['alive'], 'ibm-unreachable');
    });

    it('to none that only --registry-address leads to', async () => {
      const gone = `localhost:${await freePort()}`;
      const address = ['--registry-address', `${gone}=${ibm.address}`];
      const flags = ['--ibm', '--ibm-iam-endpoint', `http://${gone}`, ...address];
      const { codes } = await item({ endpoints: false, flags });
      assert.equal(codes['alive'], 'ibm-unreachable');
      assert.ok(!ibm.calls.some(({ path }) => path.startsWith('/identity')));
    });

    it('to none whose certificate only --insecure-skip-registry-tls takes', async () => {
      const secure = await startIbmServer('server');
      try {
        const iam = ['--ibm-iam-endpoint', secure.url, '--ibm-registry-endpoint', secure.url];
        const flags = ['--ibm', '--insecure-skip-registry-tls', ...iam];
        const { codes } = await item({ endpoints: false, flags });
        assert.equal(codes['alive'], 'ibm-unreachable');
        assert.equal(secure.calls.length, 0);
        const ca = join(import.meta.dirname, '../rig/certs/ca.crt');
        const known = await item({ endpoints: false, flags: ['--ibm', '--ca-file', ca, ...iam] });
        assert.equal(known.codes['alive'], 'ok');
      } finally {
        await secure.close();
      }
    });

    it('to none over plain HTTP but to this machine', async () => {
      const flags = ['--ibm', '--ibm-iam-endpoint', 'http://iam.example'];
      const { code, err } = await command({ endpoints: false, flags });
      assert.equal(code, 1);
      assert.match(err, /--ibm-iam-endpoint: API keys are sent over https only/);
      assert.equal(ibm.calls.length, 0);
    });
  });

  it('shows no key that a server sends back', async () => {
    const said = iamError('BXNIM0415E', `Provided API key ${KEY} could not be found.`);
    ibm.faults = [{ path: 'POST /identity', ...said }];
    assert.match((await item()).detail('alive'), /Provided API key REDACTED could not be found/);
    ibm.faults = [
      { path: 'GET /v1/apikeys', status: 200, body: { name: `my ${KEY}`, iam_id: 'x' } },
    ];
    assert.match((await item()).detail('identity'), /API key my REDACTED/);
  });

  it('says of a key that IAM no longer knows what the registry says of one without a right', async () => {
    const { out } = await command({ flags: ['--ibm'], password: 'gone' }, '-o', 'json');
    const { items } = JSON.parse(out) as { items: { credentials: { cause: string | null }[] }[] };
    assert.equal(items[0]?.credentials[0]?.cause, 'CredentialsExpired');
    ibm.faults = [{ path: 'POST /identity/token', status: 503, body: {} }];
    const open = await command({ flags: ['--ibm'], password: 'gone' }, '-o', 'json');
    assert.doesNotMatch(open.out, /CredentialsExpired/);
  });

  describe('survives', () => {
    it('an answer that is too large', async () => {
      const body = `[${'"x",'.repeat(3_000_000)}"x"]`;
      ibm.faults = [{ path: 'GET /api/v1/images', status: 200, body }];
      assert.equal((await item()).codes['image'], 'ibm-answer-too-large');
    });

    it('pages and groups without end', async () => {
      const groups = Array.from({ length: 100 }, (_, i) => ({ id: `g${i}`, name: 'x' }));
      ibm.faults = [
        { path: 'GET /v2/groups', status: 200, body: { groups, total_count: 1e9 } },
        { path: 'GET /v1/policies', status: 200, body: { policies: [], next: { start: 'again' } } },
      ];
      key().pulls = [];
      const { codes } = await item({ flags: [] });
      assert.equal(codes['access'], 'ok', 'the newer form still tells of the policy');
      assert.ok(ibm.calls.length < 1000, `${ibm.calls.length} requests`);
    });

    it('wrong types, control characters and names of prototypes', async () => {
      ibm.faults = [
        {
          path: 'GET /v1/apikeys',
          status: 200,
          body: { name: 'a\u001b[31mb\u0000', account_id: {}, iam_id: [] },
        },
        { path: 'GET /v1/serviceids', status: 200, body: '{"__proto__":{"name":"x"},"name":7}' },
        {
          path: 'GET /v1/policies',
          status: 200,
          body: { policies: [null, 1, { id: 'x', roles: 'y' }] },
        },
        { path: 'GET /v2/policies', status: 200, body: { policies: {} } },
        { path: 'GET /api/v1/namespaces', status: 200, body: [null, { name: 5 }] },
        { path: 'GET /api/v1/quotas', status: 200, body: { limit: {}, usage: null } },
        {
          path: 'GET /api/v1/images',
          status: 200,
          body: [{ RepoTags: 'x', DigestTags: [] }, null],
        },
      ];
      const { steps, codes } = await item();
      assert.equal(steps.length, 8);
      assert.equal(codes['traffic'], 'ibm-answer-unreadable');
      const { out } = await command({ flags: ['--ibm'] });
      assert.ok(!out.includes('\u001b') && !out.includes('\u0000'));
    });
  });

  it('prints the steps after the rows, and in junit', async () => {
    const { out } = await command({ password: 'gone' });
    assert.match(
      out,
      /^us\.icr\.io\/shop\/web:1\.0, secret all-icr-io, asked of IBM Cloud\nSTEP +RESULT +TIME +DETAIL$/m,
    );
    assert.match(out, /^ibm-alive +failed: ibm-key-not-found +\d+ms +IAM knows no such API key/m);
    const junit = await command({ password: 'gone' }, '-o', 'junit');
    assert.match(junit.out, /secret all-icr-io: ibm-alive: ibm-key-not-found: IAM knows no such/);
  });

  it('leaves the world of the rig as it is', () => {
    assert.equal(ibm.world.keys.length, DEFAULT_WORLD.keys.length);
  });
});
