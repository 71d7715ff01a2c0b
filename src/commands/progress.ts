/** What a person sees who waits: after a second, on a terminal, one line that is gone when the answer comes. */
import type { World } from '../words/streams.ts';

const QUIET_MS = 1000;
const EVERY_MS = 250;

/**
 * Shows `text()` on standard error until the function that it gives is called; that one clears the line and may be
 * called again. Does nothing where standard error is no terminal.
 */
export function showProgress(world: World, text: () => string): () => void {
  const { err, env } = world;
  if (!err.isTTY || env['TERM'] === 'dumb') return () => undefined;
  let shown = false;
  const show = () => {
    const line = text();
    if (line === '') return;
    shown = true;
    err.write(`\r\x1b[K${line.slice(0, Math.max((err.columns ?? 80) - 1, 10))}`);
  };
  let every: NodeJS.Timeout | undefined;
  const first = setTimeout(() => {
    show();
    every = setInterval(show, EVERY_MS);
  }, QUIET_MS);
  return () => {
    clearTimeout(first);
    clearInterval(every);
    if (shown) err.write('\r\x1b[K');
    shown = false;
  };
}
