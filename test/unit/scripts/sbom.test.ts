import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Ajv } from 'ajv';
import { bundledPackages } from '../../../scripts/pack/bundled.ts';
import { noticesText } from '../../../scripts/pack/notices.ts';
import { npmManifest } from '../../../scripts/pack/npm-package.ts';
import { sbomJson } from '../../../scripts/pack/sbom.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const SCHEMAS = path.join(
  path.dirname(createRequire(import.meta.url).resolve('@cyclonedx/cyclonedx-library')),
  '../res/schema',
);
const schema = (name: string) =>
  JSON.parse(readFileSync(path.join(SCHEMAS, `${name}.SNAPSHOT.schema.json`), 'utf8'));

interface Sbom {
  readonly components: readonly { readonly name: string; readonly version: string }[];
  readonly metadata: { readonly component: { readonly purl: string } };
}

const metafile = JSON.parse(readFileSync(path.join(ROOT, 'dist/metafile.json'), 'utf8'));
const packages = bundledPackages(metafile, ROOT);
const project = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));

describe('what a release says it is made of', () => {
  it('names each package of the bundle with its version and its terms', () => {
    const names = packages.map(({ name }) => name);
    for (const name of ['yargs', '@kubernetes/client-node', 'js-yaml', 'cli-table3', 'socks']) {
      assert.ok(names.includes(name), names.join(', '));
    }
    // Stood in for, or of the toolchain.
    for (const name of ['undici', 'esbuild', 'mocha']) assert.ok(!names.includes(name), name);
    const text = noticesText(packages, null);
    for (const { name, version, texts } of packages) {
      assert.ok(text.includes(`\n${name} ${version} (`), name);
      for (const terms of texts) assert.ok(text.includes(terms), name);
    }
  });

  it('names a package once, though npm put it into several folders', () => {
    const keys = packages.map(({ name, version }) => `${name}@${version}`);
    assert.deepEqual(keys, [...new Set(keys)]);
    const folders = Object.keys(metafile.inputs).filter((file) => file.includes('/ansi-regex/'));
    assert.ok(new Set(folders.map(path.dirname)).size > 1, 'no test: it lies in one folder');
  });

  it('says the same each time', () => {
    const { versions } = process;
    const made = () => sbomJson({ version: '1.2.3', commit: '0123456789ab', packages, versions });
    assert.equal(made(), made());
    assert.doesNotMatch(made(), /BomRef\./);
  });

  it('is a CycloneDX document', () => {
    const text = sbomJson({
      version: '1.2.3',
      commit: '0123456789ab',
      packages,
      versions: process.versions,
    });
    const sbom: Sbom = JSON.parse(text);
    const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
    // The library's copies have other names than those they give themselves.
    for (const name of ['spdx', 'jsf-0.82']) {
      const key = `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`;
      ajv.addSchema({ ...schema(name), $id: key }, key);
    }
    const valid: boolean = ajv.compile(schema('bom-1.6'))(sbom);
    assert.ok(valid, ajv.errorsText());
    const { components } = sbom;
    const found = (name: string) => components.find((each) => each.name === name)?.version;
    assert.equal(found('node'), process.versions.node);
    assert.equal(found('openssl'), process.versions.openssl);
    for (const { name, version } of packages) {
      const bare = name.split('/').at(-1) ?? name;
      assert.ok(
        components.some((each) => each.name === bare && each.version === version),
        name,
      );
    }
    assert.equal(sbom.metadata.component.purl, 'pkg:npm/kubectl-imagepull@1.2.3');
  });

  it('is an npm package without dependencies of any kind', () => {
    const manifest = npmManifest(project);
    assert.equal(manifest.version, project.version);
    assert.deepEqual(
      Object.keys(manifest).filter((field) => /dependencies|scripts/i.test(field)),
      [],
    );
  });
});
