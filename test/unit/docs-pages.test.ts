/** What the pages say can be done as it stands there: their command lines, links, documents, and the picture. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DOCUMENTS } from '../../scripts/docs/json-pages.ts';
import { firstRun, PICTURE, svgOf } from '../../scripts/docs/picture.ts';
import { readArgv } from '../../src/cli/argv.ts';
import { decodeOptions, explainOptions, secretsOptions } from '../../src/cli/options.ts';
import { describeOptions } from '../../src/cli/options-describe.ts';
import { asksNodes, nodeCheckOptions } from '../../src/cli/options-nodes.ts';
import { verifyOptions } from '../../src/cli/options-verify.ts';
import { parseFlags } from '../../src/cli/parser.ts';
import { findVerb } from '../../src/cli/verbs.ts';
import { validator } from '../rig/schema.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** The project's pages; docs/proof is made by measurements. */
const PAGES = [
  'README.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .map((path) => `docs/${path.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.md') && !path.startsWith('docs/proof/')),
];

const textOf = (path: string) => readFileSync(join(ROOT, path), 'utf8');

/** Lines of code blocks, fenced or indented; a line that ends in a backslash goes on. */
function codeLines(text: string): string[] {
  const lines: string[] = [];
  let fenced = false;
  for (const line of text.replaceAll(/\\\n\s*/g, '').split('\n')) {
    if (/^\s*`{3,}/.test(line)) fenced = !fenced;
    else if (fenced || line.startsWith('    ')) lines.push(line.trim());
  }
  return lines;
}

/** What a line has us run: behind a prompt, a pipe, `npx`. */
function ownCommands(line: string): string[][] {
  if (
    !/^(?:\$ |# )?(?:[\w-]+ .*\| )?(?:kubectl imagepull|npx (?:--yes )?kubectl-imagepull) /.test(
      line,
    )
  ) {
    return [];
  }
  return line.split(/ \| | \|\| | > /).flatMap((part) => {
    const own = /(?:kubectl imagepull|kubectl-imagepull) (.*)$/.exec(part)?.[1];
    return own === undefined ? [] : [wordsOf(own)];
  });
}

/** As a shell splits them, without a comment. */
function wordsOf(text: string): string[] {
  const words = [...text.replace(/\s# .*$/, '').matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)];
  return words.map(([, single, double, bare]) => single ?? double ?? bare ?? '');
}

/** Throws what the command would say of a wrong command line. */
function check(args: readonly string[]): void {
  const line = readArgv(args);
  const verb = findVerb(line.command ?? '');
  if (line.command === undefined && line.flags.length > 0) return;
  if (line.command === 'options') return;
  assert.ok(verb, `no verb: ${line.command}`);
  const flags = parseFlags(verb.name, line);
  if (verb.name === 'describe') describeOptions(flags, line.args);
  if (verb.name === 'secrets') secretsOptions(flags, line.args);
  if (verb.name === 'decode') decodeOptions(flags, line.args);
  if (verb.name === 'explain') explainOptions(flags, line.args);
  if (verb.name !== 'verify') return;
  if (asksNodes(flags)) nodeCheckOptions(flags, line.args);
  else verifyOptions(flags, line.args);
}

describe('docs pages', () => {
  it('hold command lines that are right', () => {
    let count = 0;
    for (const path of PAGES) {
      for (const line of codeLines(textOf(path))) {
        for (const args of ownCommands(line)) {
          if (args.some((word) => /^\[|^\(|^\|$|^COMMAND$/.test(word))) continue;
          count++;
          assert.doesNotThrow(() => check(args), `${path}: ${line}`);
        }
      }
    }
    assert.ok(count > 60, `${count} command lines`);
  });

  it('a wrong line would be seen', () => {
    const [args = []] = ownCommands('$ kubectl imagepull describe --verfy web');
    assert.throws(() => check(args), /unknown flag: --verfy/);
    assert.deepEqual(ownCommands('helm template x | kubectl imagepull verify -f - > y'), [
      ['verify', '-f', '-'],
    ]);
  });

  it('link to files that are there', () => {
    for (const path of [...PAGES, 'CONTRIBUTING.md', 'SECURITY.md']) {
      for (const [, target = ''] of textOf(path).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)) {
        if (/^\w+:/.test(target)) continue;
        assert.ok(existsSync(join(ROOT, dirname(path), target)), `${path} -> ${target}`);
      }
    }
  });

  it('are all reached from docs/README.md or from a page that is', () => {
    const seen = new Set(['docs/README.md']);
    for (const path of seen) {
      for (const [, target = ''] of textOf(path).matchAll(/\]\(([^)#\s]+\.md)(?:#[^)]*)?\)/g)) {
        if (!/^\w+:/.test(target)) seen.add(join(dirname(path), target).replaceAll('\\', '/'));
      }
    }
    assert.deepEqual(
      PAGES.filter((path) => path !== 'README.md' && !seen.has(path)),
      [],
    );
  });

  it('name every schema, each with an example that fits it', () => {
    assert.deepEqual(
      DOCUMENTS.map(({ schema }) => schema).sort(),
      readdirSync(join(ROOT, 'docs/schema')).sort(),
    );
    const page = textOf('docs/json.md');
    for (const { schema } of DOCUMENTS) {
      const section = page.slice(page.indexOf(`(schema/${schema})`));
      const example: unknown = JSON.parse(/```json\n([\s\S]*?)\n```/.exec(section)?.[1] ?? '');
      const validate = validator(schema);
      assert.ok(validate(example), `${schema}: ${JSON.stringify(validate.errors)}`);
    }
    assert.doesNotMatch(page, /test\/dumps/, 'paths that a reader does not have');
  });

  it('README begins with a picture of a real run that has not drifted', async () => {
    const run = await firstRun();
    assert.equal(textOf(PICTURE), svgOf(run), 'npm run docs');
    assert.match(run, /TagNotFound/);
    assert.ok(run.split('\n').every((line) => line.length <= 100));
    const [, alt = '', file] = /!\[([^\]]*)\]\(([^)]+)\)/.exec(textOf('README.md')) ?? [];
    assert.equal(file, PICTURE);
    assert.ok(alt.length > 40, 'text for those who do not see it');
  });
});
