/** What the rows of one image mean together, and what to do about it. Pure. */
import { keyToWrite } from '../registries/index.ts';
import { answererIn, registryBehind } from '../registries/read.ts';
import type { NearestTags, Pullability } from '../words/ladder.ts';
import type { NextStep } from '../words/next-step.ts';
import { shellQuote } from '../words/shell.ts';
import type { EarlierAnswer, VerifiedRow } from '../words/verification.ts';
import { registryAdvice } from './registry-advice.ts';
import { goBack } from './verify-earlier.ts';
import { sameMachine } from './verify-loopback.ts';
import type { VerifyCase } from './verify-plan.ts';
import { fits, hasIndex, missingPlatforms, platformNames } from './verify-platforms.ts';
import { movedTag } from './verify-running.ts';

export interface Advised {
  readonly findings: readonly string[];
  readonly nextSteps: readonly NextStep[];
}

interface Told {
  readonly one: VerifyCase;
  readonly rows: readonly VerifiedRow[];
  readonly result: Pullability;
  readonly nearestTags: NearestTags | null;
  readonly earlier: readonly EarlierAnswer[];
}

/** Findings are sentences without full stop. */
export function advice(told: Told): Advised {
  const { one, result } = told;
  const parts = [
    publicImage(told),
    privateNotMissing(told),
    hiddenExistence(told),
    registryAdvice(told.one, told.rows),
    missingTag(told),
    goBack(told.earlier),
    onNode(told),
    outOfReach(told),
    unreadable(told),
  ];
  const findings = [...one.findings, ...notes(told), ...parts.flatMap((part) => part.findings)];
  return {
    findings: result === 'pullable' ? findings.filter((f) => !one.findings.includes(f)) : findings,
    nextSteps: parts.flatMap((part) => part.nextSteps),
  };
}

const NOTHING: Advised = { findings: [], nextSteps: [] };

/** The kubelet does not go without where a credential matches: a bad one breaks a public image. */
function publicImage({ rows }: Told): Advised {
  const anonymous = rows.find(({ whose }) => whose === 'none');
  const bad = rows.filter(({ whose, result }) => whose === 'pod' && result === 'not pullable');
  const works = rows.some(({ whose, result }) => whose === 'pod' && result === 'pullable');
  const [first] = bad;
  if (works || first === undefined || anonymous?.result !== 'pullable') return NOTHING;
  const name = first.secret?.name ?? '';
  return {
    findings: [
      `the image is public, and a bad credential breaks it: ${first.credential} is sent and refused, and the kubelet does not go without`,
    ],
    nextSteps: [
      {
        text: `Renew the entry${first.key === null ? '' : ` ${first.key}`} of secret ${name}, or take it out of the list of the pod`,
        command: decodeCommand(first),
      },
    ],
  };
}

/** Codes with which a registry refuses somebody, whether or not the image is there. */
export const REFUSED: ReadonlySet<string> = new Set([
  'credentials-missing',
  'token-refused',
  'token-anonymous-refused',
  'unauthorized',
  'forbidden',
  'missing-or-private',
  'repository-not-found',
]);

/** One credential may see it, so it is there. */
function privateNotMissing({ one, rows }: Told): Advised {
  const seen = rows.find(({ result, whose }) => result === 'pullable' && whose !== 'none');
  const refused = rows.filter(({ code, order }) => REFUSED.has(code) && order !== null);
  const [first] = refused;
  if (seen === undefined || first === undefined) return NOTHING;
  const finding = `private, not missing: ${seen.credential} may pull it, ${first.credential} may not`;
  if (seen.whose !== 'yours' || !one.reference.valid) return { ...NOTHING, findings: [finding] };
  const key = keyToWrite(one.reference.host);
  const step =
    first.whose === 'none'
      ? `Give the pod a pull secret with the key ${key}`
      : `Give the account of ${first.credential} the right to pull, or renew its entry`;
  return { findings: [finding], nextSteps: [{ text: step }] };
}

/** Told to one of the credentials, and it is known whether the repository is there. */
const SAYS_WHETHER: ReadonlySet<string> = new Set(['manifest-not-found', 'repository-not-found']);

/** Nobody may see it, and the registry does not say whether it is there. */
function hiddenExistence({ one, rows }: Told): Advised {
  const hidden = rows.filter(({ code }) => code === 'missing-or-private');
  if (hidden.length === 0 || rows.some(({ result }) => result === 'pullable')) return NOTHING;
  if (rows.some(({ code }) => SAYS_WHETHER.has(code))) return NOTHING;
  const host = one.reference.valid ? one.reference.host : '';
  const { existence } = registryBehind(answererIn(host, hidden[0]?.asked?.steps ?? [])).registry;
  const said = existence.text.replace('{host}', host);
  return {
    findings: [existence.who === null ? said : `${said}; who can tell: ${existence.who}`],
    nextSteps: [
      {
        text: 'Ask with a login that may see it',
        command: `kubectl imagepull verify --image ${shellQuote(one.image)} --docker-config ~/.docker/config.json`,
      },
    ],
  };
}

/** Tags that are named. */
const MAX_TAGS = 5;

function missingTag({ one, rows, nearestTags }: Told): Advised {
  const missing = rows.some(({ code }) => code === 'manifest-not-found');
  if (!missing || !one.reference.valid) return NOTHING;
  const { tag, assumed, digest } = one.reference;
  const findings: string[] = [];
  if (assumed.includes('latest')) findings.push('no tag was given, so latest is assumed');
  if (nearestTags === null || digest !== null || tag === null) return { ...NOTHING, findings };
  const { tags, complete, read, code } = nearestTags;
  if (code === 'repository-not-found') {
    findings.push('the repository itself is not there: the registry lists no tags of it');
  }
  if (tags.length === 0) {
    if (code === null && complete) findings.push('the repository has no tags');
    return { ...NOTHING, findings };
  }
  const of = complete ? `of ${read}` : `of the first ${read}`;
  findings.push(`the nearest tags ${of} are ${tags.slice(0, MAX_TAGS).join(', ')}`);
  return { ...NOTHING, findings };
}

const WAY: Readonly<Record<string, string>> = {
  dns: '--registry-address HOST=IP:PORT says where the node finds it',
  connect: '--registry-mirror and --registry-address imitate its way',
  tls: '--registry-mirror and --registry-address imitate its way',
};

/** Where the code says more than the step. */
const WAY_BY_CODE: Readonly<Record<string, string>> = {
  'proxy-failed': '--proxy URL goes through the proxy of the node, --proxy "" through none',
  'http-on-https': '--plain-http asks without TLS, as a node does that is told so',
  'https-on-http': 'without --plain-http it is asked over TLS',
  'tls-untrusted': '--ca-file takes the CA that the node trusts',
  'tls-name':
    '--registry-address HOST=IP:PORT says where the node finds it, --insecure-skip-registry-tls asks whatever the certificate says',
  'tls-expired':
    'compare the clock of this machine; --insecure-skip-registry-tls asks whatever the certificate says',
};

function wayOf({ step, code }: VerifiedRow): string | undefined {
  return WAY_BY_CODE[code] ?? WAY[step ?? ''];
}

function onNode({ one, rows }: Told): Advised {
  if (!one.reference.valid || rows.every(({ code }) => code !== 'node-loopback')) return NOTHING;
  return { findings: [], nextSteps: [sameMachine(one.reference.host)] };
}

/** What a node reaches and this machine does not. */
function outOfReach({ one, rows }: Told): Advised {
  const lost = rows.find((row) => row.result === 'unverifiable' && wayOf(row) !== undefined);
  if (lost === undefined || !one.reference.valid || one.onNode) return NOTHING;
  const text = `This machine does not get through to ${one.reference.host}: a node may; ${wayOf(lost)}`;
  const pod = one.users.find(({ kind }) => kind === 'Pod');
  const command = `kubectl imagepull verify ${shellQuote(pod?.name ?? '')} -n ${shellQuote(pod?.namespace ?? '')} --from-node`;
  const ask = pod === undefined ? [] : [{ text: 'Have its node pull, by a Job', command }];
  return { findings: [], nextSteps: [{ text }, ...ask] };
}

function unreadable({ one, result, rows }: Told): Advised {
  if (result !== 'unverifiable' || one.unread.length === 0) return NOTHING;
  if (rows.some((row) => wayOf(row) !== undefined)) return NOTHING;
  const [check] = one.unread.flatMap(({ why }) => why.check ?? []);
  return {
    findings: [],
    nextSteps: [
      ...(check === undefined ? [] : [{ text: 'See what you may read', command: check }]),
      {
        text: "Ask with a login of your own; it says nothing about the pod's",
        command: `kubectl imagepull verify --image ${shellQuote(one.image)} --docker-config ~/.docker/config.json`,
      },
    ],
  };
}

const NEVER = 'imagePullPolicy is Never: the kubelet does not pull it, and the node has to have it';

function notes({ one, rows }: Told): string[] {
  const limited = rows.find(({ code }) => code === 'rate-limited');
  const after = limited?.asked?.retryAfter ?? null;
  return [
    ...(one.never ? [NEVER] : []),
    ...otherMachine(rows, one),
    ...maybeMissing(rows, one),
    ...(one.onNode ? [] : movedTag(one, rows)),
    ...(after === null ? [] : [`the registry asks to come back in ${after} seconds`]),
    ...(one.attempts.length === 0 || one.attempts.every(({ login }) => login !== null)
      ? []
      : ['an entry without user name and password matches: it is sent as no credential at all']),
  ];
}

function decodeCommand({ secret }: VerifiedRow): string {
  if (secret === null) return 'kubectl imagepull secrets';
  const where = secret.namespace === '' ? '' : ` -n ${shellQuote(secret.namespace)}`;
  return `kubectl imagepull decode ${shellQuote(secret.name)}${where}`;
}

/** A manifest without an index is pulled whatever it is made for (containerd's images.Manifest). */
function otherMachine(rows: readonly VerifiedRow[], { platforms }: VerifyCase): string[] {
  const made = rows.flatMap(({ asked, result }) =>
    asked !== null && result === 'pullable' && !hasIndex(asked) ? (asked.platforms ?? []) : [],
  );
  const [first] = made;
  if (first === undefined) return [];
  const unlike = platformNames(platforms.filter((node) => !fits(first, node)));
  if (unlike.length === 0) return [];
  return [
    `it is made for ${first} and the nodes are ${unlike.join(', ')}: it is pulled all the same, and does not run`,
  ];
}

/** Where not every node is one that the pod may go to, what an image lacks is a remark. */
function maybeMissing(rows: readonly VerifiedRow[], { maybePlatforms }: VerifyCase): string[] {
  const asked = rows.flatMap((row) => (row.result === 'pullable' ? (row.asked ?? []) : []));
  const missing = new Set(
    asked.flatMap((one) => platformNames(missingPlatforms(one, maybePlatforms))),
  );
  if (missing.size === 0) return [];
  return [
    `it has nothing for ${[...missing].join(', ')}, and whether the pod may go to such a node is not known`,
  ];
}
