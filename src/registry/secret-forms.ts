/** How a registry may write back the login that it was shown. */
import type { RegistryCredential } from './settings.ts';

/** Password, `USER:PASSWORD` and their base64, as they are and as URLs, forms and JSON write them. */
export function writtenForms(credential: RegistryCredential | null): string[] {
  if (credential === null || credential.password.length === 0) return [];
  const password = credential.password.reveal();
  const pair = `${credential.username}:${password}`;
  const plain = [pair, password];
  const packed = plain.flatMap((text) => {
    const bytes = Buffer.from(text);
    const standard = bytes.toString('base64');
    return [standard, standard.replace(/=+$/, ''), bytes.toString('base64url')];
  });
  const all = [...plain, ...packed].flatMap((text) => [text, ...escaped(text)]);
  // A host comes back in lower case.
  return [...new Set(all.flatMap((text) => [text, text.toLowerCase()]))];
}

function escaped(text: string): string[] {
  const well = text.toWellFormed();
  const form = new URLSearchParams([['', well]]).toString().slice(1);
  const percent = [encodeURIComponent(well), encodeURI(well), form];
  return [
    ...percent,
    ...percent.map((one) => one.replace(/%[0-9A-F]{2}/g, (at) => at.toLowerCase())),
    JSON.stringify(text).slice(1, -1),
  ];
}
