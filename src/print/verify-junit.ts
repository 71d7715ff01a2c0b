/** `verify -o junit`: a test case an image, for CI. Form: the JUnit XML that Jenkins and GitLab read. Pure. */
import type { VerifiedImage, VerifiedRow } from '../words/verification.ts';
import { visibleLines } from './escape.ts';
import { userName } from './verify-table.ts';

/** What cannot be pulled is a failure, what could not be verified an error, what no kubelet pulls is skipped. */
export function verifyJunit(images: readonly VerifiedImage[]): string {
  const count = (result: VerifiedImage['result']) =>
    images.filter((image) => image.result === result && !isSkipped(image)).length;
  const skipped = images.filter(isSkipped).length;
  const counts = `tests="${images.length}" failures="${count('not pullable')}" errors="${count('unverifiable')}"${skipped > 0 ? ` skipped="${skipped}"` : ''}`;
  const time = seconds(images.reduce((sum, image) => sum + took(image), 0));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts} time="${time}">`,
    `  <testsuite name="kubectl imagepull verify" ${counts} time="${time}">`,
    ...images.map(testCase),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase(image: VerifiedImage): string {
  const [user] = image.users;
  const where = user === undefined ? 'image' : userName(user);
  const head = `    <testcase name="${xml(image.image)}" classname="${xml(where)}" time="${seconds(took(image))}"`;
  if (image.result === 'pullable') return `${head}/>`;
  if (isSkipped(image)) {
    return [
      `${head}>`,
      `      <skipped message="${xml(image.findings.join('; '))}"/>`,
      '    </testcase>',
    ].join('\n');
  }
  const tag = image.result === 'unverifiable' ? 'error' : 'failure';
  const row = decisive(image);
  const message = row === undefined ? image.result : `${row.credential}: ${row.detail}`;
  const text = [...image.rows.map(line), ...ibmLines(image), ...image.findings].join('\n');
  return [
    `${head}>`,
    `      <${tag} type="${xml(row?.code ?? image.result)}" message="${xml(message)}">${xml(text)}</${tag}>`,
    '    </testcase>',
  ].join('\n');
}

function isSkipped({ never, result }: VerifiedImage): boolean {
  return never === true && result !== 'pullable';
}

function decisive({ rows, result }: VerifiedImage): VerifiedRow | undefined {
  return rows.find((row) => row.result === result && row.order !== null) ?? rows[0];
}

function line({ credential, result, step, detail }: VerifiedRow): string {
  return `${credential}: ${result}${step === null ? '' : ` (${step})`}${detail === '' ? '' : `: ${detail}`}`;
}

function ibmLines({ ibm }: VerifiedImage): string[] {
  return (ibm?.credentials ?? []).flatMap(({ credential, steps }) =>
    steps
      .filter(({ outcome }) => outcome !== 'skipped')
      .map(({ step, code, detail }) => `${credential}: ${step}: ${code}: ${detail}`),
  );
}

function took({ rows }: VerifiedImage): number {
  return rows.reduce((sum, { asked }) => sum + (asked?.ms ?? 0), 0);
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** What XML cannot hold is written out, as on a terminal. */
function xml(text: string): string {
  return visibleLines(text)
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char)
    .replaceAll('\n', '&#10;');
}
