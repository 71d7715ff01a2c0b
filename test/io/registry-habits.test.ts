/**
 * Each row of the table of registries, answered by a server under the registry's own name, and read by the ladder that
 * `verify` climbs. `documented only`: nobody's log has shown it, documents or the registry's code say so.
 */
import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import type { AnswerPlace, RegistryAnswer } from '../../src/registries/answers.ts';
import { REGISTRIES, type Registry } from '../../src/registries/index.ts';
import { answerIn } from '../../src/registries/read.ts';
import type { LadderResult } from '../../src/words/ladder.ts';
import { ask, login } from '../rig/registry-ask.ts';
import { challenge, json, serve, startServer, type Visit } from '../rig/registry-hostile.ts';

/** A host of the registry; one of their owners' choice where it has none of its own. */
function hostOf({ hosts, habits }: Registry): string {
  const [rule] = hosts;
  if (rule === undefined) return `${habits[0]}.corp.example`;
  return rule.host
    .replace('{account}', '123456789012')
    .replace('{region}', 'eu-central-1')
    .replace('*', 'acme');
}

function refuse(response: ServerResponse, { status: [status = 403], example }: RegistryAnswer) {
  const type = example.startsWith('<') ? 'text/html' : 'application/json';
  response.writeHead(status, { 'content-type': type });
  response.end(example);
}

/** A registry with a token server of its own, which refuses at one place. */
function answering(answer: RegistryAnswer, at: AnswerPlace) {
  return (asked: Visit, response: ServerResponse): void => {
    const isToken = asked.url.startsWith('/token');
    if (at === 'challenge') challenge(response, 'Basic realm="registry"');
    else if (isToken && at === 'token') refuse(response, answer);
    else if (isToken) json(response, 200, { token: 'a-token' });
    else if (asked.authorization === undefined) {
      challenge(response, `Bearer realm="http://${asked.host}/token",service="registry"`);
    } else if (at === 'manifest' || (at === 'blob' && asked.url.includes('/blobs/'))) {
      refuse(response, answer);
    } else serve(asked, response);
  };
}

async function meet(
  registry: Registry,
  answer: RegistryAnswer,
  at: AnswerPlace,
): Promise<LadderResult> {
  const server = await startServer(answering(answer, at), { certificate: null });
  const host = hostOf(registry);
  const addresses = new Map([[host, `127.0.0.1:${server.port}`]]);
  if (host === 'docker.io') addresses.set('registry-1.docker.io', `127.0.0.1:${server.port}`);
  const credential = (answer.sent ?? at !== 'challenge') ? login('alice', 'correct-horse') : null;
  try {
    return await ask(`${host}/team/app:1`, { credential }, { plainHttp: true, addresses });
  } finally {
    await server.close();
  }
}

describe('what registries answer', () => {
  for (const registry of REGISTRIES) {
    for (const [i, answer] of registry.answers.entries()) {
      const kind = answer.source.kind === 'recorded' ? 'recorded' : 'documented only';
      for (const at of answer.at) {
        it(`${registry.id} ${i + 1}, ${at}: ${answer.means} (${kind})`, async function () {
          // A guess at the host leans on words alone.
          const isGuess = registry.hosts.length === 0;
          if (isGuess && answer.says === undefined && answer.code === undefined) this.skip();
          const result = await meet(registry, answer, at);
          assert.equal(result.cause, answer.causes[0], JSON.stringify(result.steps, null, 1));
          if (answer.ladder !== undefined) assert.equal(result.code, answer.ladder);
          const failed = result.steps.find(({ outcome }) => outcome === 'failed');
          assert.ok(failed?.detail.startsWith(answer.means), failed?.detail);
          if (answer.address === true) assert.equal(result.result, 'unverifiable');
          assert.equal(
            answerIn(hostOf(registry), result.steps, result.credentialShown),
            answer,
            'the judge finds the same row',
          );
        });
      }
    }
  }

  it('a registry behind a host of its own is known by its token server', async () => {
    const said = 'unauthorized to access repository: team/app, action: pull';
    const server = await startServer(
      (asked, response) => {
        if (asked.url.startsWith('/service/token')) json(response, 200, { token: 't' });
        else if (asked.authorization === undefined) {
          const realm = `http://${asked.host}/service/token`;
          challenge(response, `Bearer realm="${realm}",service="harbor-registry"`);
        } else json(response, 401, { errors: [{ code: 'UNAUTHORIZED', message: said }] });
      },
      { certificate: null },
    );
    const addresses = new Map([['r.corp.example', `127.0.0.1:${server.port}`]]);
    try {
      const result = await ask('r.corp.example/team/app:1', {}, { plainHttp: true, addresses });
      assert.equal(result.code, 'missing-or-private');
      const failed = result.steps.find(({ outcome }) => outcome === 'failed');
      assert.match(failed?.detail ?? '', /^no such project, or no right to pull from it/);
    } finally {
      await server.close();
    }
  });
});
