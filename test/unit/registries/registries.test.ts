import assert from 'node:assert/strict';
import {
  hostOf,
  keyToWrite,
  REGISTRIES,
  type RegistryId,
  registryById,
  registryOf,
} from '../../../src/registries/index.ts';

const ACCOUNT = '123456789012';

/** What is written, the registry, its region. The hosts of the fact sheet's tables (IBM's documents, §1.1 and §2.1). */
const HOSTS: readonly (readonly [string, RegistryId, (string | null)?])[] = [
  ['icr.io', 'ibm', 'global'],
  ['private.icr.io', 'ibm', 'global'],
  ['us.icr.io', 'ibm', 'us-south'],
  ['uk.icr.io', 'ibm', 'eu-gb'],
  ['de.icr.io', 'ibm', 'eu-de'],
  ['au.icr.io', 'ibm', 'au-syd'],
  ['jp.icr.io', 'ibm', 'jp-tok'],
  ['jp2.icr.io', 'ibm', 'jp-osa'],
  ['ca.icr.io', 'ibm', 'ca-tor'],
  ['ca2.icr.io', 'ibm', 'ca-mon'],
  ['br.icr.io', 'ibm', 'br-sao'],
  ['es.icr.io', 'ibm', 'eu-es'],
  ['in.icr.io', 'ibm', 'in-che'],
  ['in2.icr.io', 'ibm', 'in-mum'],
  ['fr2.icr.io', 'ibm', 'eu-fr2'],
  ['private.ca2.icr.io', 'ibm', 'ca-mon'],
  ['zz9.icr.io', 'ibm', 'zz9'],
  ['private.zz9.icr.io', 'ibm', 'zz9'],
  ['cp.icr.io', 'ibm-entitled', 'global'],
  ['registry.bluemix.net', 'ibm', 'global'],
  ['registry.ng.bluemix.net', 'ibm', 'us-south'],
  ['registry.eu-de.bluemix.net', 'ibm', 'eu-de'],
  ['api.ng.bluemix.net', 'ibm'],
  ['cr.cloud.ibm.com', 'ibm'],
  ['dd0.icr.io', 'ibm'],
  ['dd0.us.icr.io', 'ibm', 'us'],
  ['icr.io.evil.example', 'generic'],
  ['noticr.io', 'generic'],
  [`${ACCOUNT}.dkr.ecr.eu-central-1.amazonaws.com`, 'ecr', 'eu-central-1'],
  [`${ACCOUNT}.dkr.ecr-fips.us-gov-west-1.amazonaws.com`, 'ecr', 'us-gov-west-1'],
  [`${ACCOUNT}.dkr.ecr.cn-north-1.amazonaws.com.cn`, 'ecr', 'cn-north-1'],
  [`${ACCOUNT}.dkr-ecr.us-west-2.on.aws`, 'ecr', 'us-west-2'],
  ['12345.dkr.ecr.eu-central-1.amazonaws.com', 'generic'],
  ['public.ecr.aws', 'ecr-public'],
  ['gcr.io', 'google'],
  ['eu.gcr.io', 'google', 'eu'],
  ['k8s.gcr.io', 'kubernetes'],
  ['europe-west1-docker.pkg.dev', 'google', 'europe-west1'],
  ['docker.us-east1.rep.pkg.dev', 'google', 'us-east1'],
  ['myreg.azurecr.io', 'acr'],
  ['myreg-a1b2.azurecr.io', 'acr'],
  ['myreg.westeurope.geo.azurecr.io', 'acr', 'westeurope'],
  ['mcr.microsoft.com', 'mcr'],
  ['ghcr.io', 'ghcr'],
  ['docker.pkg.github.com', 'ghcr'],
  ['registry.gitlab.com', 'gitlab'],
  ['quay.io', 'quay'],
  ['acme.jfrog.io', 'artifactory'],
  ['registry.digitalocean.com', 'digitalocean'],
  ['nvcr.io', 'nvidia'],
  ['iad.ocir.io', 'ocir', 'iad'],
  ['ocir.us-ashburn-1.oci.oraclecloud.com', 'ocir', 'us-ashburn-1'],
  ['registry.cn-hangzhou.aliyuncs.com', 'alibaba', 'cn-hangzhou'],
  ['registry-vpc.cn-hangzhou.aliyuncs.com', 'alibaba', 'cn-hangzhou'],
  ['acme-registry.eu-central-1.cr.aliyuncs.com', 'alibaba', 'eu-central-1'],
  ['acme-registry-vpc.eu-central-1.cr.aliyuncs.com', 'alibaba', 'eu-central-1'],
  ['registry.redhat.io', 'redhat'],
  ['registry.connect.redhat.com', 'redhat'],
  ['image-registry.openshift-image-registry.svc:5000', 'openshift'],
  ['docker-registry.default.svc.cluster.local:5000', 'openshift'],
  ['registry.k8s.io', 'kubernetes'],
  ['cgr.dev', 'chainguard'],
  ['docker.elastic.co', 'elastic'],
  ['docker-auth.elastic.co', 'elastic'],
  ['registry.access.redhat.com', 'redhat'],
  ['docker.io', 'docker-hub'],
  ['https://index.docker.io/v1/', 'docker-hub'],
  ['registry-1.docker.io', 'docker-hub'],
  ['registry.hub.docker.com', 'docker-hub'],
  ['hub.docker.com', 'docker-hub'],
  ['*.docker.io', 'docker-hub'],
  ['dhi.io', 'docker-hub'],
  ['registry.example.com', 'generic'],
  ['localhost:5000', 'generic'],
  ['', 'generic'],
];

const GUESSED: readonly (readonly [string, RegistryId])[] = [
  ['harbor.onyxvale.example', 'harbor'],
  ['my-harbor.example:8443', 'harbor'],
  ['nexus.oakcrest.example', 'nexus'],
  ['quay.junipercrest.example', 'quay'],
  ['registry.gitlab.example', 'gitlab'],
  ['artifactory.example', 'artifactory'],
  // A harbour is a place too.
  ['containers.thistleharbor.example', 'generic'],
];

describe('registryOf', () => {
  for (const [written, id, region = null] of HOSTS) {
    it(`${written || 'an empty host'} is ${id}`, () => {
      const match = registryOf(written);
      assert.equal(match.registry.id, id);
      assert.equal(match.region, region);
      assert.equal(match.guessed, false);
    });
  }

  for (const [host, id] of GUESSED) {
    it(`${host} may be ${id}`, () => {
      const match = registryOf(host);
      assert.equal(match.registry.id, id);
      assert.equal(match.guessed, id !== 'generic');
    });
  }

  it('names dead, old and strange hosts for what they are', () => {
    for (const [host, standing, instead] of [
      ['registry.bluemix.net', 'old', 'icr.io'],
      ['registry.au-syd.bluemix.net', 'old', 'au.icr.io'],
      ['cr.cloud.ibm.com', 'other', 'icr.io'],
      ['foo.bluemix.net', 'other', 'icr.io'],
      ['k8s.gcr.io', 'old', 'registry.k8s.io'],
      ['docker.pkg.github.com', 'old', 'ghcr.io'],
      ['registry-1.docker.io', 'api', 'https://index.docker.io/v1/'],
      ['auth.docker.io', 'other', 'https://index.docker.io/v1/'],
    ] as const) {
      const { rule, note } = registryOf(host);
      assert.deepEqual([host, rule?.standing, rule?.instead], [host, standing, instead]);
      assert.ok(note);
    }
  });

  it('takes keys as they are written', () => {
    for (const key of ['HTTPS://US.ICR.IO/v2/', ' us.icr.io ', 'us.icr.io:443', 'u@us.icr.io.']) {
      assert.equal(registryOf(key).region, 'us-south', key);
    }
  });

  it('takes hostile texts', () => {
    const start = performance.now();
    for (const unit of ['a', '.', '-', '*', '@', '/', ':', '://', 'registry.']) {
      registryOf(unit.repeat(1_000_000));
      registryOf(`${unit.repeat(1_000_000)}.icr.io`);
    }
    assert.ok(performance.now() - start < 2000);
  });
});

describe('hostOf', () => {
  for (const [written, host] of [
    ['https://user:pass@Registry.Example:8443/v2/x?y#z', 'registry.example'],
    ['oci://us.icr.io', 'us.icr.io'],
    ['us.icr.io.', 'us.icr.io'],
    ['us.icr.io/ns/app:1', 'us.icr.io'],
    ['\n', ''],
  ] as const) {
    it(JSON.stringify(written), () => assert.equal(hostOf(written), host));
  }
});

describe('the table of registries', () => {
  it('has each id once, generic last', () => {
    const ids = REGISTRIES.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    assert.equal(ids.at(-1), 'generic');
    for (const id of ids) assert.equal(registryById(id).id, id);
  });

  it('has one wildcard a label at most, in lower case', () => {
    for (const { hosts } of REGISTRIES) {
      for (const { host } of hosts) {
        assert.equal(host, host.toLowerCase());
        for (const label of host.split('.')) {
          assert.ok((label.match(/\*\*|\*|\{\w+\}/g) ?? []).length <= 1, host);
        }
      }
    }
  });

  it('reaches every rule: none is hidden by one before it', () => {
    for (const registry of REGISTRIES) {
      for (const rule of registry.hosts) {
        const sample = rule.host
          .replace('**', 'aa.bb')
          .replaceAll('*', 'aa')
          .replace('{account}', ACCOUNT)
          .replace('{region}', 'zz-1');
        assert.equal(registryOf(sample).rule, rule, sample);
      }
    }
  });

  it('writes notes as fragments and sentences as sentences', () => {
    for (const { hosts, renew } of REGISTRIES) {
      assert.match(renew, /\.$/);
      for (const { note } of hosts) if (note) assert.doesNotMatch(note, /\.$/);
    }
  });
});

describe('keyToWrite', () => {
  for (const [host, key] of [
    ['docker.io', 'https://index.docker.io/v1/'],
    ['dhi.io', 'dhi.io'],
    ['us.icr.io', 'us.icr.io'],
    ['registry.example:8443', 'registry.example:8443'],
    [
      'image-registry.openshift-image-registry.svc:5000',
      'image-registry.openshift-image-registry.svc:5000',
    ],
  ] as const) {
    it(host, () => assert.equal(keyToWrite(host), key));
  }
});
