/**
 * docs/first-run.svg: one real run as a picture. The real command runs against captured objects of a real cluster, behind
 * a local API server, with a fixed clock, as on a terminal of 96 columns.
 */
import path from 'node:path';
import { run } from '../../src/cli/run.ts';
import { dumpFiles, startApiServer } from '../../test/rig/api-server.ts';
import { tempFolder } from '../../test/rig/temp.ts';
import { testWorld } from '../../test/rig/world.ts';

export const PICTURE = 'docs/first-run.svg';

const ARGS = ['describe', 'backend-copper', '-n', 'shop'];
const COLUMNS = 96;
const DUMPS = path.join(import.meta.dirname, '../../test/dumps');

/** When the objects were captured, a little later. */
const NOW = Date.parse('2026-11-21T04:00:00Z');

/** Of the type, in pixels. */
const [CHARACTER, LINE, MARGIN] = [7.8, 18, 16];

/** The command line and what it printed. */
export async function firstRun(): Promise<string> {
  const folder = tempFolder();
  const server = await startApiServer({ dumps: dumpFiles(DUMPS, 'modern') });
  try {
    const config = path.join(folder.path, 'config');
    server.writeKubeconfig(config);
    const terminal = { isTTY: true, columns: COLUMNS };
    const env = { KUBECONFIG: config, NO_COLOR: '1' };
    const world = testWorld({ now: NOW, env, ...terminal });
    const code = await run(ARGS, world);
    if (code !== 0 || world.errText() !== '') throw new Error(`${code}: ${world.errText()}`);
    return `$ kubectl imagepull ${ARGS.join(' ')}\n${world.outText()}`;
  } finally {
    await server.close();
    folder.remove();
  }
}

/** The picture of a text: a background of its own, so that it can be read on light and on dark pages. */
export function svgOf(text: string): string {
  const lines = text.trimEnd().split('\n');
  const columns = Math.max(...lines.map((line) => line.length));
  if (columns > COLUMNS + 4) throw new Error(`${PICTURE}: a line of ${columns} columns`);
  const width = Math.ceil(columns * CHARACTER + 2 * MARGIN);
  const height = lines.length * LINE + 2 * MARGIN;
  const rows = lines.map((line, i) => {
    const y = MARGIN + LINE * (i + 0.75);
    const long = ` textLength="${(line.length * CHARACTER).toFixed(1)}" lengthAdjust="spacingAndGlyphs"`;
    const bold = i === 0 || /^\S.*: /.test(line) ? ' font-weight="bold"' : '';
    return line === ''
      ? ''
      : `  <text x="${MARGIN}" y="${y}" xml:space="preserve"${long}${bold}>${escaped(line)}</text>\n`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title desc" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
  <title id="title">${escaped(lines[0] ?? '')}</title>
  <desc id="desc">${escaped(lines.slice(1).join('\n'))}</desc>
  <rect width="${width}" height="${height}" rx="6" fill="#f6f8fa" stroke="#8c959f"/>
  <g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="13" fill="#1f2328">
${rows.join('')}  </g>
</svg>
`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
