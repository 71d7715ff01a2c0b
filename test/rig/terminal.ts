/** A shell at a pseudo terminal, typed at: `script` (util-linux) makes the terminal. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';

/** How long a shell may take to start, in milliseconds. */
const PATIENCE_MS = 10_000;

export interface Terminal {
  /** Types text. */
  type(text: string): void;
  /** What was shown since `from`, without what steers the terminal, once `pattern` is in it; throws with what was shown where that does not come. */
  shows(pattern: RegExp, from?: number, patienceMs?: number): Promise<string>;
  /** How much was shown so far. */
  readonly length: number;
  close(): Promise<void>;
}

/** Starts `command` at a terminal of its own. */
export function openTerminal(command: string, env: NodeJS.ProcessEnv): Terminal {
  const child = spawn('script', ['-qfc', command, '/dev/null'], {
    env: { ...env, TERM: 'dumb' },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  let shown = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
  });
  child.stdin.on('error', () => undefined);
  return {
    type: (text) => void child.stdin.write(text),
    get length() {
      return shown.length;
    },
    async shows(pattern, from = 0, patienceMs = PATIENCE_MS) {
      const until = Date.now() + patienceMs;
      for (;;) {
        const text = stripVTControlCharacters(shown.slice(from)).replaceAll('\x07', '');
        if (pattern.test(text)) return text;
        if (Date.now() > until) {
          throw new Error(`${pattern} was not shown, but: ${JSON.stringify(text)}`);
        }
        await sleep(20);
      }
    },
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const closed = once(child, 'close');
      child.kill('SIGKILL');
      await closed;
    },
  };
}
