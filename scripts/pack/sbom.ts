/** The SBOM of a release: what is in the bundle, and Node with what Node's own build names, as CycloneDX. */
import { Enums, Models, Serialize, Spec } from '@cyclonedx/cyclonedx-library';
import { PackageURL } from 'packageurl-js';
import { BINARY } from '../../src/words/plugin.ts';
import type { BundledPackage } from './bundled.ts';
import { REPOSITORY } from './repository.ts';

/** Entries of `process.versions` that are no software of their own: numbers of interfaces and of data. */
const NO_SOFTWARE = ['node', 'modules', 'napi', 'unicode', 'cldr', 'tz'];

export interface SbomOptions {
  /** Version of the release, without `v`. */
  readonly version: string;
  readonly commit: string;
  readonly packages: readonly BundledPackage[];
  /** `process.versions` of the Node in the binaries. */
  readonly versions: Readonly<Record<string, string | undefined>>;
}

function npmUrl(name: string, version: string): string {
  const [scope, bare] = name.startsWith('@') ? name.split('/') : [undefined, name];
  return new PackageURL('npm', scope, bare ?? name, version).toString();
}

function licensed(component: Models.Component, license: string): Models.Component {
  component.licenses.add(
    / (?:AND|OR|WITH) /.test(license)
      ? new Models.LicenseExpression(license)
      : new Models.SpdxLicense(license),
  );
  return component;
}

/** CycloneDX 1.6 as JSON. The same input gives the same bytes: no time and no serial number in it. */
export function sbomJson({ version, commit, packages, versions }: SbomOptions): string {
  const bom = new Models.Bom();
  const { Application, Library, Platform } = Enums.ComponentType;
  const purl = npmUrl(BINARY, version);
  const main = new Models.Component(Application, BINARY, { version, purl, bomRef: purl });
  licensed(main, 'Apache-2.0');
  const type = Enums.ExternalReferenceType.VCS;
  const comment = `commit ${commit}`;
  main.externalReferences.add(new Models.ExternalReference(REPOSITORY, type, { comment }));
  bom.metadata.component = main;
  for (const { name, version: own, license } of packages) {
    const url = npmUrl(name, own);
    const [group, bare] = name.startsWith('@') ? name.split('/') : [undefined, name];
    const component = new Models.Component(Library, bare ?? name, {
      group,
      version: own,
      purl: url,
      bomRef: url,
    });
    bom.components.add(licensed(component, license));
    main.dependencies.add(component.bomRef);
  }
  const node = new Models.Component(Platform, 'node', {
    version: versions['node'],
    purl: new PackageURL('generic', undefined, 'node', versions['node']).toString(),
    cpe: `cpe:2.3:a:nodejs:node.js:${versions['node']}:*:*:*:-:*:*:*`,
    bomRef: 'node',
  });
  bom.components.add(licensed(node, 'MIT'));
  main.dependencies.add(node.bomRef);
  for (const [name, own] of Object.entries(versions)) {
    if (own === undefined || NO_SOFTWARE.includes(name)) continue;
    const part = new Models.Component(Library, name, { version: own, bomRef: `node/${name}` });
    bom.components.add(part);
    node.dependencies.add(part.bomRef);
  }
  const factory = new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6);
  return `${new Serialize.JsonSerializer(factory).serialize(bom, { sortLists: true, space: 2 })}\n`;
}
