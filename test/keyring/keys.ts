/** Random images, and registry keys that do or do not fit them. */
import type { Chance } from './random.ts';

const HOSTS = [
  'us.icr.io',
  'icr.io',
  'private.us.icr.io',
  'de.icr.io',
  'quay.io',
  'ghcr.io',
  'docker.io',
  'index.docker.io',
  'registry-1.docker.io',
  'localhost',
  'localhost:5000',
  'registry.example.com:5000',
  'registry.example.com',
  '123456789012.dkr.ecr.eu-west-1.amazonaws.com',
  'acme.azurecr.io',
  '10.0.0.1',
  '10.2.0.1:5000',
  '[::1]:5000',
  '[::1]',
  '[fd00::a:1]:443',
  '[1:2]:5000',
  'MyReg',
  'Quay.io',
  'xn--bcher-kva.example',
  'a.b.c.d.e.f',
  'k8s',
  'foo_bar.com',
  'f__o.com',
  'us.icr.io:443',
  'us.icr.io:',
  'a-b.example:0',
  'a_b:5000',
  'host.docker.internal:8080',
];
const PATHS = [
  'ns/app',
  'ns2/app',
  'ns',
  'library/nginx',
  'nginx',
  'acme/app',
  'team/project/app',
  'a/b/c/d/e',
  'v1/app',
  'v2',
  'v2/app',
  'ns/app_1',
  'ns/app.x',
  'ns/a--b',
  'ns/a__b',
  'app',
];
const MARKS = ['', ':1', ':latest', ':1.25-alpine', `@sha256:${'0123456789abcdef'.repeat(4)}`];
const BAD_IMAGES = [
  '',
  'Nginx',
  'us.icr.io/NS/app',
  'https://us.icr.io/ns/app',
  'us.icr.io/ns/app:',
  'us.icr.io//app',
  'a'.repeat(64),
  'us.icr.io/ns/app:1 ',
  '-a/b',
  'a/b@sha256:12',
  'us.icr.io/ns/ä',
  `us.icr.io/${'a'.repeat(256)}`,
  `us.icr.io/${'a'.repeat(255)}`,
  `foo_bar.com/${'a'.repeat(243)}`,
  `foo_bar.com/${'a'.repeat(244)}`,
  'foo_bar.com/NS',
  'foo_.com/a',
  'Foo_bar.com/a',
  'a..b/c',
  '/a',
];
const ODD = [
  ' ',
  '\t',
  '\n',
  '\r',
  '\0',
  '\x7f',
  '%',
  '%2',
  '%20',
  '%25',
  '%41',
  '%2f',
  '%c3%a9',
  '%ff',
  '\u00e9',
  '\u212a',
  '\ufeff',
  '\ud83d\ude00',
  '?',
  '#',
  '@',
  ':',
  '/',
  '//',
  '\\',
  '[',
  ']',
  '^',
  '{',
  '}',
  '|',
  '"',
  "'",
  '*',
  '**',
  '<',
  '+',
  '.',
  '..',
  '-',
  '_',
  '~',
  ',',
  ';',
  '=',
  '&',
  '$',
  '`',
  '(',
  '!',
  '\ud800',
];
const SCHEMES = [
  'https://',
  'http://',
  'HTTPS://',
  'oci://',
  'docker://',
  '//',
  'https:/',
  'https:',
  'https://https://',
];
const ENDS = [
  '/',
  '/v1',
  '/v2',
  '/v1/',
  '/v2/',
  '/v1//',
  '/v2/ns',
  '/v2/v2/',
  '/v3/',
  '?',
  '?x=1',
  '#',
  '#x',
  '#%zz',
  '?#',
  '//',
  ':',
  ':443',
  ':5000',
  ':port',
  ':80:80',
  ':1',
  '@sha256:12',
  '/*',
  '.',
  '..',
  '%20',
  ' ',
  '\n',
  '/%6es',
  '/%256es',
];
const USERS = [
  'user@',
  'user:fake-pass@',
  'a@b@',
  '@',
  ':@',
  'us er@',
  'u%20x@',
  'u%@',
  '\u00e9@',
  'u[@',
  'u/x@',
];

/** What a pod asks for: mostly an image, now and then one that is none. */
export function randomImage(chance: Chance): string {
  if (chance.odd(6)) return chance.of(BAD_IMAGES);
  const mark = chance.percent(60) ? '' : chance.of(MARKS);
  const path = chance.of(PATHS);
  const image = chance.percent(15) ? path + mark : `${chance.of(HOSTS)}/${path}${mark}`;
  const odd = chance.odd(5) ? insert(chance, image, chance.of(ODD)) : image;
  return odd;
}

/** A registry key: three in four are made from the image, so that many match or nearly do. */
export function randomKey(chance: Chance, image: string): string {
  let key = chance.percent(82) ? keyOf(chance, image) : chance.of(HOSTS);
  if (chance.percent(14)) key += chance.of(ENDS);
  if (chance.percent(15)) key = wildcards(chance, key);
  if (chance.percent(5)) key = chance.of(USERS) + key;
  if (chance.percent(30)) key = (chance.percent(70) ? 'https://' : chance.of(SCHEMES)) + key;
  if (chance.odd(5)) key = chance.percent(50) ? key.toUpperCase() : key.slice(1);
  if (chance.odd(14)) key = insert(chance, key, chance.of(ODD));
  if (chance.percent(3)) key = brackets(chance);
  return chance.percent(1) ? '' : key;
}

/** A name that is normalised already, odd ones among them. */
export function randomRepository(chance: Chance): string {
  const name = `${chance.of([...HOSTS, 'foo_bar.com'])}/${chance.of(PATHS)}`;
  if (chance.percent(70)) return name;
  const odd = insert(chance, name, chance.of(ODD)).toWellFormed();
  return chance.percent(50) ? odd : chance.of([...PATHS, ...HOSTS]);
}

function keyOf(chance: Chance, image: string): string {
  const slash = image.indexOf('/');
  const hub = slash === -1 || !/[.:[]|^localhost/.test(image.slice(0, slash));
  if (hub) {
    const hubKeys = [
      'index.docker.io',
      'docker.io',
      'https://index.docker.io/v1/',
      'https://index.docker.io/v1',
    ];
    return chance.percent(80) ? chance.of(hubKeys) : `docker.io/${image}`;
  }
  const host = image.slice(0, slash);
  if (chance.percent(55)) return host;
  const path = image.slice(slash).replace(/[@:].*$/, '');
  const end = chance.percent(50) ? path.length : chance.below(path.length + 1);
  return host + (chance.percent(10) ? image.slice(slash) : path.slice(0, end));
}

function wildcards(chance: Chance, key: string): string {
  const labels = key.split('.');
  const at = chance.below(labels.length);
  const label = labels[at] ?? '';
  labels[at] = chance.of([
    '*',
    '*',
    `${label.slice(0, 1)}*`,
    `*${label.slice(1)}`,
    `*${label}*`,
    `${label}?`,
    '**',
    `[${label}]`,
  ]);
  return labels.join('.');
}

function brackets(chance: Chance): string {
  const inside = chance.of([
    '::1',
    '::',
    'fe80::1%25eth0',
    'fe80::1%2525a',
    '1:2',
    '1.2.3.4',
    '::ffff:1.2.3.4',
    '::1.2.3',
    '1:2:3:4:5:6:7:8',
    '1:2:3:4:5:6:7:8::',
    ':::',
    '12345::',
    'fd00::a:1',
    '::%25',
    '::1%eth0',
    'g::',
    '1:2:3:4:5:6:1.2.3.4',
    '1::2::3',
    '::01.2.3.4',
  ]);
  return `[${inside}]${chance.of(['', ':5000', ':443', ':', ':x', 'x', '/ns', ':5000/ns', ']'])}`;
}

function insert(chance: Chance, text: string, part: string): string {
  const at = chance.percent(40)
    ? text.length
    : chance.percent(30)
      ? 0
      : chance.below(text.length + 1);
  return text.slice(0, at) + part + text.slice(at);
}
