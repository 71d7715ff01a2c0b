/**
 * Asks the kubelet's own code and ours the same random questions and prints where the answers differ.
 *
 *   npx node test/keyring/differential.ts [--cases 100000] [--seed 1] [--record FILE] [--go /usr/local/go/bin/go]
 *
 * It builds the oracle beside it, which needs Go; --record writes questions and the kubelet's answers to FILE (.gz), which
 * `npm test` then runs without Go. Leaves with 1 if there is a difference.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { type Case, difference, type OracleAnswer, randomCase, repositoryFor } from './compare.ts';
import { Chance } from './random.ts';

const SHOWN = 20;

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    record: { type: 'string' },
    go: {
      type: 'string',
      default: existsSync('/usr/local/go/bin/go') ? '/usr/local/go/bin/go' : 'go',
    },
  },
});

const folder = mkdtempSync(path.join(tmpdir(), 'keyring-oracle-'));
try {
  const chance = new Chance(Number(values.seed));
  const cases = Array.from({ length: Number(values.cases) }, () => randomCase(chance));
  const answers = await ask(build(values.go, folder), cases);
  report(cases, answers);
  if (values.record !== undefined) record(values.record, cases, answers);
} finally {
  rmSync(folder, { recursive: true });
}

/** Builds the oracle into a folder and says where it is. */
function build(go: string, into: string): string {
  const program = path.join(into, 'keyring-oracle');
  const run = spawnSync(go, ['build', '-trimpath', '-o', program, '.'], {
    cwd: path.join(import.meta.dirname, 'oracle'),
    env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=mod' },
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(`go build: ${run.error?.message ?? run.stderr}`);
  return program;
}

/** All questions to one oracle, while its answers are read. */
async function ask(program: string, cases: readonly Case[]): Promise<OracleAnswer[]> {
  const oracle = spawn(program, { stdio: ['pipe', 'pipe', 'inherit'] });
  const answers: OracleAnswer[] = [];
  const reading = (async () => {
    for await (const line of createInterface({ input: oracle.stdout })) {
      answers.push(JSON.parse(line) as OracleAnswer);
    }
  })();
  for (const one of cases) {
    if (oracle.stdin.write(`${JSON.stringify(one)}\n`)) continue;
    await new Promise((resolve) => oracle.stdin.once('drain', resolve));
  }
  oracle.stdin.end();
  await reading;
  if (answers.length !== cases.length) {
    throw new Error(`${cases.length} questions, ${answers.length} answers`);
  }
  return answers;
}

function report(cases: readonly Case[], answers: readonly OracleAnswer[]): void {
  const counts = { matched: 0, 'matched nothing': 0, 'keyring refused': 0, 'image refused': 0 };
  let different = 0;
  for (const [at, one] of cases.entries()) {
    const answer = answers[at] ?? {};
    if (answer.stage === 'image') counts['image refused']++;
    else if (answer.stage === 'keyring') counts['keyring refused']++;
    else counts[answer.credentials === undefined ? 'matched nothing' : 'matched']++;
    const why = difference(one, answer);
    if (why === null) continue;
    different++;
    if (different <= SHOWN) print(`${why}\n    ${readable(one)}`);
  }
  print(
    `${cases.length} cases (seed ${values.seed}): ${JSON.stringify(counts)}; ${different} differ`,
  );
  process.exitCode = different === 0 ? 0 : 1;
}

function readable(one: Case): string {
  const secrets = one.secrets.map(({ name, type, data }) => ({
    name,
    type,
    data: Object.fromEntries(
      Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]),
    ),
  }));
  return JSON.stringify({ image: one.image, repository: repositoryFor(one), secrets });
}

function record(file: string, cases: readonly Case[], answers: readonly OracleAnswer[]): void {
  const lines = cases.map((asked, at) => JSON.stringify({ asked, answer: answers[at] }));
  const text = Buffer.from(`${lines.join('\n')}\n`);
  writeFileSync(file, file.endsWith('.gz') ? gzipSync(text, { level: 9 }) : text);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
