/** The schemas of docs/schema, which refer to each other. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

const FOLDER = join(import.meta.dirname, '../../docs/schema');

/** `pull-failure-list.json` and the like, as it stands there. */
export function schema<T>(file: string): T {
  return JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as T;
}

/** Checks documents against the schema of that file. */
export function validator(file: string): ValidateFunction {
  const ajv = new Ajv2020({ allErrors: true, strict: false, formats: { 'date-time': true } });
  if (file !== 'verification-list.json') ajv.addSchema(schema<object>('verification-list.json'));
  return ajv.compile(schema<object>(file));
}
