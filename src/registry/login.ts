/**
 * Answers a registry's challenge with the credential, or with none: Bearer by way of the token server, Basic directly.
 * Whether the credential may go there is decided here and nowhere else.
 */
import type { Hidden } from '../words/hidden.ts';
import type { StepFacts } from '../words/ladder.ts';
import { shorten } from './answer.ts';
import { type Challenge, chooseChallenge, parseChallenges } from './challenge.ts';
import type { HttpAnswer } from './exchange.ts';
import { isLocalhost, names, plainUrl, realmObjection } from './hosts.ts';
import type { Pool } from './pool.ts';
import type { Recorder } from './recorder.ts';
import type { RegistryCredential } from './settings.ts';
import { StepFault } from './step-fault.ts';
import { basic } from './tokens.ts';

export interface SessionTarget {
  /** With the path up to `/v2`. */
  readonly base: URL;
  readonly repository: string;
  /** `?ns=` for a mirror: the host of the image; `null` for the registry itself. */
  readonly namespace: string | null;
  readonly credential: RegistryCredential | null;
  /** The image's own host, as it is written: `docker.io`. */
  readonly imageHost: string;
}

export class Login {
  readonly #target: SessionTarget;
  readonly #pool: Pool;
  readonly #recorder: Recorder;
  /** containerd takes a credential without user name or password for none. */
  readonly #usable: RegistryCredential | null;
  #realmHost: string | null = null;
  #shown = false;
  #token: Hidden | null = null;

  constructor(target: SessionTarget, pool: Pool, recorder: Recorder) {
    const { credential } = target;
    this.#target = target;
    this.#pool = pool;
    this.#recorder = recorder;
    this.#usable =
      credential === null || credential.username === '' || credential.password.length === 0
        ? null
        : credential;
  }

  /** The host of the token server that the registry named. */
  get realmHost(): string | null {
    return this.#realmHost;
  }

  /** The registry or its token server saw the credential. */
  get shown(): boolean {
    return this.#shown;
  }

  /** The registry let in whoever showed this header. */
  worked(header: string | null): void {
    if (this.#token !== null && header === bearerOf(this.#token)) {
      this.#pool.goodTokens.add(this.#token);
    }
  }

  /** It is the header of a token that was good before, in this ladder or another. */
  hasWorked(header: string | null): boolean {
    const token = this.#token;
    return token !== null && header === bearerOf(token) && this.#pool.goodTokens.has(token);
  }

  /**
   * The header with another token, where the challenge leads to one; `null` where it is a refusal, and no token that
   * ended. Throws StepFault.
   */
  async renewed(answer: HttpAnswer, signal: AbortSignal): Promise<string | null> {
    const challenge = chooseChallenge(parseChallenges(answer.challenges));
    if (challenge?.scheme !== 'bearer') return null;
    if (challenge.parameters.get('error') === 'insufficient_scope') return null;
    return this.#bearer(challenge, { status: 401, url: plainUrl(answer.url) }, signal);
  }

  /** The `Authorization` header for an answer of 401. Throws StepFault. */
  async header(answer: HttpAnswer, signal: AbortSignal): Promise<string> {
    const { base } = this.#target;
    const challenges = parseChallenges(answer.challenges);
    const challenge = chooseChallenge(challenges);
    const facts: StepFacts = { status: 401, url: plainUrl(answer.url) };
    if (challenge !== null) {
      return challenge.scheme === 'basic'
        ? this.#basic(facts)
        : this.#bearer(challenge, facts, signal);
    }
    if (answer.challenges.length === 0) {
      const detail = `${base.host} answers 401 and does not say how to log in`;
      throw new StepFault('challenge', 'challenge-missing', detail, facts);
    }
    const others = challenges.map(({ scheme }) => shorten(scheme).slice(0, 40)).slice(0, 4);
    const detail = `${base.host} wants a login that the runtimes do not know: ${others.join(', ') || 'unreadable'}`;
    throw new StepFault('challenge', 'challenge-unsupported', detail, facts);
  }

  #basic(facts: StepFacts): string {
    const { base } = this.#target;
    const all: StepFacts = { ...facts, scheme: 'basic' };
    if (this.#usable === null) {
      const detail = `${base.host} wants a user name and password`;
      throw new StepFault('challenge', 'credentials-missing', detail, all);
    }
    this.#allow('challenge', base);
    this.#recorder.ok('challenge', 'Basic', all);
    this.#recorder.skip('token', 'not-needed');
    this.#shown = true;
    return basic(this.#usable);
  }

  async #bearer(challenge: Challenge, facts: StepFacts, signal: AbortSignal): Promise<string> {
    const realm = this.#realm(challenge, facts);
    // A token that is fetched anew is no step of its own.
    const isFirst = this.#token === null;
    if (isFirst) {
      this.#recorder.ok('challenge', `Bearer, token server ${realm.host}`, {
        ...facts,
        scheme: 'bearer',
        realmHost: realm.host,
        ...told(challenge),
      });
    }
    const objection = realmObjection(realm, this.#target.base);
    if (objection !== null) {
      const detail = `${this.#target.base.host}: ${objection}; not asked`;
      throw new StepFault('token', 'token-realm-refused', detail, { realmHost: realm.host });
    }
    this.#allow('token', realm);
    const scopes = [
      ...(challenge.parameters.get('scope')?.split(/\s+/) ?? []),
      `repository:${this.#target.repository}:pull`,
    ];
    if (this.#usable !== null) this.#shown = true;
    const token = await this.#pool.token(
      {
        realm,
        service: challenge.parameters.get('service') ?? null,
        scopes: [...new Set(scopes.filter((scope) => scope !== ''))].sort(),
        credential: this.#usable,
      },
      signal,
      this.#token,
    );
    this.#token = token;
    this.#recorder.hide(token.reveal());
    if (isFirst) {
      const whose = this.#usable?.label ?? 'anonymous';
      this.#recorder.ok('token', `from ${realm.host}, ${whose}`, {
        realmHost: realm.host,
        url: plainUrl(realm),
      });
    }
    return bearerOf(token);
  }

  #realm(challenge: Challenge, facts: StepFacts): URL {
    const written = challenge.parameters.get('realm');
    const realm = written === undefined ? null : URL.parse(written);
    if (realm !== null && /^https?:$/.test(realm.protocol)) {
      realm.hash = '';
      this.#realmHost = realm.host;
      return realm;
    }
    const why =
      written === undefined ? 'names no token server' : 'names a token server that is no URL';
    const detail = `the challenge of ${this.#target.base.host} ${why}`;
    throw new StepFault('challenge', 'challenge-malformed', detail, { ...facts, scheme: 'bearer' });
  }

  /** Throws where the credential may not go to `to`, the registry or its token server. */
  #allow(step: 'challenge' | 'token', to: URL): void {
    if (this.#usable === null) return;
    const { base, imageHost } = this.#target;
    const { noCredentialsTo, plainHttp } = this.#pool.settings;
    const facts: StepFacts = { realmHost: to.host };
    const listed = [to, base].find((url) => names(noCredentialsTo, url));
    if (listed !== undefined || noCredentialsTo.has(imageHost)) {
      const detail = `${listed?.host ?? imageHost} is not to be shown credentials`;
      throw new StepFault(step, 'credentials-withheld', detail, facts);
    }
    if (base.protocol === 'http:' && !plainHttp && !isLocalhost(base.hostname)) {
      const detail = `no credential goes to ${base.host} without TLS`;
      throw new StepFault(step, 'credentials-withheld', detail, facts);
    }
  }
}

function bearerOf(token: Hidden): string {
  return `Bearer ${token.reveal()}`;
}

function told({ parameters }: Challenge): StepFacts {
  const service = parameters.get('service');
  const scope = parameters.get('scope');
  return {
    ...(service !== undefined && { service: shorten(service) }),
    ...(scope !== undefined && { scope: shorten(scope) }),
  };
}
