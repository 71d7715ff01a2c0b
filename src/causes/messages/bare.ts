/**
 * Whether a piped text is one bare line that somebody copied without its wrappers, or a line of some program's log. The
 * first is read as the error of a pull, the second only as what it says. Pure.
 */
import { isDescribe } from './lines.ts';
import type { Message } from './message.ts';

/** Where a log line has its time and level; a message may name a time further on, as that of a certificate does. */
const MAX_FRONT = 200;

/** A date and time, in the front or after a few words (a pod's name, an address, what kubectl or docker puts there). */
const TIME = new RegExp(
  [
    String.raw`^(?:\S{1,100} {1,4}){0,3}["'[(]?(?:\w{1,12}=["']?)?\d{4}[-/]\d\d[-/]\d\d[T _]\d\d:\d\d`,
    String.raw`^(?:\S{1,100} {1,4}){0,3}[[(]?[A-Z][a-z]{2} {1,2}\d{1,2} (?:\d{4} )?\d\d:\d\d:\d\d`,
    String.raw`^["'[(]?\d\d:\d\d:\d\d`,
    String.raw`^[IWEF]\d{4} \d\d:\d\d:\d\d`,
    String.raw`\[\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:`,
    String.raw`^\[? {0,8}\d{5,13}\.\d{3,9}\]? `,
  ].join('|'),
);

const LEVEL =
  /(?:^|[\s[<("|])(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|ERR|FATAL|PANIC|CRITICAL|SEVERE)(?:$|[\s\]>):|"])|\b(?:level|lvl|severity)=|^\[(?:trace|debug|info|notice|warn|warning|error|crit|fatal)\]/;

/** As an access log or an HTTP client has them; a Go client writes `Get "https://..."`. */
const REQUEST =
  /\b(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|CONNECT) (?:https?:\/\/|\/)|\bHTTP\/\d(?:\.\d)?"/;

/** `java.net.ConnectException: `, `requests.exceptions.ConnectionError: `: runtimes are written in Go, which has none. */
const EXCEPTION = /\b[A-Za-z]\w{0,80}(?:Exception|Error): /;

/** A row of events that lost the gaps between its columns. */
const EVENT = /^(?:\S{1,253}\s{1,40}){0,4}(?:Normal|Warning)\s{1,40}[A-Z]\w{1,127}\s/;

/** What only a pull says: a log line with it is about one. */
const PULL =
  /\/v2\/(?:\\?["'\s]|$|\S{1,300}\/(?:manifests|blobs|tags|referrers)\/)|\bscope=repository(?:%3A|:)|\bdocker:\/\/|\bpinging container registry\b|\bError response from daemon: /i;

function isLogLine(text: string): boolean {
  const line = text.trim();
  const front = line.slice(0, MAX_FRONT);
  if (PULL.test(line)) return false;
  if (TIME.test(front) || LEVEL.test(front) || EVENT.test(front)) return true;
  return REQUEST.test(line) || EXCEPTION.test(line);
}

/**
 * Whether the messages of a text are one bare message: no object, no row of events, no `kubectl describe`, no line of a
 * log. Of a log line it can only tell that nothing in it is of a pull and something is of a log.
 */
export function isBareMessage(text: string, messages: readonly Message[]): boolean {
  const [only] = messages;
  if (only === undefined || messages.length > 1) return false;
  if (only.reason !== null || only.object !== null || only.image !== null) return false;
  if (/^\s{0,1000}(?:[{[]|apiVersion:|kind:|---)/.test(text) || isDescribe(text)) return false;
  return !isLogLine(only.text);
}
