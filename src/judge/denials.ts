/** What admission said when it refused a pod: who refused, and by which policy. Pure. */
import type { Denial } from '../words/cluster-sources.ts';
import type { Contributing, OtherTrouble } from '../words/verdict.ts';

/** Texts are cut to this before anything is looked for in them. */
const MAX_TEXT = 4_096;
const MAX_SHOWN = 300;

export interface DenialReading {
  /** E.g. `Kyverno`, `ImagePolicyWebhook`, `admission webhook NAME`; `null`: no policy, but a quota or the like. */
  readonly by: string | null;
  /** Names of the policies, where the text tells them. */
  readonly policies: readonly string[];
  /** The text without what is said in front of every one. */
  readonly said: string;
}

/** Names in webhook names by which an engine is known. */
const ENGINES: readonly (readonly [RegExp, string])[] = [
  [/kyverno/, 'Kyverno'],
  [/gatekeeper/, 'Gatekeeper'],
  [/policy\.sigstore\.dev|cosigned/, 'sigstore policy-controller'],
  [/connaisseur/, 'Connaisseur'],
];

/**
 * Reads one text of a FailedCreate event or of a ReplicaFailure condition. Sources of the wordings: apiserver
 * pkg/admission/plugin/webhook/errors and plugin/policy/validating, kubernetes plugin/pkg/admission/imagepolicy,
 * Kyverno pkg/webhooks/utils (blocked resources), Gatekeeper pkg/webhook (`[policy] message`).
 */
export function readDenial(text: string): DenialReading {
  const line = text.slice(0, MAX_TEXT).replace(/^Error creating: /, '');
  const webhook = /admission webhook "([^"]{1,253})" denied the request/.exec(line);
  if (webhook) {
    const name = webhook[1] ?? '';
    const said = line.slice(webhook.index + webhook[0].length).replace(/^:?\s+/, '');
    const engine = ENGINES.find(([pattern]) => pattern.test(name))?.[1];
    const by = engine === undefined ? `admission webhook ${name}` : `${engine} (${name})`;
    return { by, policies: policiesIn(engine, said), said };
  }
  const policy =
    /ValidatingAdmissionPolicy '([^']{1,253})' with binding '([^']{1,253})' denied request: /.exec(
      line,
    );
  if (policy) {
    const said = line.slice(policy.index + policy[0].length);
    return { by: 'a ValidatingAdmissionPolicy', policies: [policy[1] ?? ''], said };
  }
  const images =
    /image policy webhook backend denied one or more images: |one or more images rejected by webhook backend/.exec(
      line,
    );
  if (images) {
    const said = line.slice(images.index + images[0].length);
    return { by: 'ImagePolicyWebhook', policies: [], said };
  }
  return { by: null, policies: [], said: line };
}

/** Kyverno names a policy on a line of its own, Gatekeeper in brackets. */
function policiesIn(engine: string | undefined, said: string): string[] {
  const pattern =
    engine === 'Kyverno' ? /^([a-z0-9][a-z0-9.-]{0,252}):[ \t]*$/gm : /\[([a-z0-9.-]{1,253})\] /g;
  if (engine !== 'Kyverno' && engine !== 'Gatekeeper') return [];
  return [...new Set([...said.matchAll(pattern)].map(([, name = '']) => name))].slice(0, 5);
}

/** After `by`: who refused, the policy, and what was said. */
function sentence({ by, policies, said }: DenialReading): string {
  const line = said.replace(/\s+/g, ' ').trim();
  const brief = line.length > MAX_SHOWN ? `${line.slice(0, MAX_SHOWN - 3)}...` : line;
  const policy = policies.length === 0 ? '' : `, policy ${policies.join(', ')}`;
  const rest = brief === '' ? '' : `: ${brief}`;
  return by === null ? brief : `refused by ${by}${policy}${rest}`;
}

/** Beside a pod that fails to pull: its workload may not make another. */
export function denialFinding(denial: Denial): Contributing {
  const text = `${denial.workload} cannot make a further pod: ${sentence(readDenial(denial.text))}`;
  return { code: 'admission-denied', object: denial.workload, text };
}

/** A workload without a pod that could fail: why there is none. */
export function denialTrouble(denial: Denial): OtherTrouble {
  const { namespace, workload } = denial;
  const text = `it may not make a pod, so nothing is pulled for it: ${sentence(readDenial(denial.text))}`;
  return { namespace, pod: '', workload, text };
}
