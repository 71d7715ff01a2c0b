/** Saved objects in the one shape that the rest of the house reads. */
import { type Fields, fields, text } from '../../words/fields.ts';

/**
 * An event of `events.k8s.io/v1` as a core event; others unchanged. The API server stores one object and shows
 * it in both shapes: kubernetes pkg/apis/events/v1/conversion.go.
 */
export function coreEvent(object: Fields): Fields {
  if (object['kind'] !== 'Event' || !text(object['apiVersion']).startsWith('events.k8s.io/')) {
    return object;
  }
  const {
    regarding,
    note,
    deprecatedCount,
    deprecatedFirstTimestamp,
    deprecatedLastTimestamp,
    deprecatedSource,
    reportingController,
    ...rest
  } = object;
  return {
    ...rest,
    apiVersion: 'v1',
    involvedObject: regarding,
    message: note,
    count: deprecatedCount,
    firstTimestamp: deprecatedFirstTimestamp,
    lastTimestamp: deprecatedLastTimestamp,
    source: deprecatedSource,
    reportingComponent: reportingController,
  };
}

/** What is kept of a kind we do not know: enough to follow owners through it, and what it makes pods from. */
export function ownerStub(object: Fields): Fields {
  const { name, namespace, uid, labels, ownerReferences } = fields(object['metadata']);
  const { selector, template, jobTemplate } = fields(object['spec']);
  const { template: ofJobs } = fields(fields(jobTemplate)['spec']);
  return {
    apiVersion: object['apiVersion'],
    kind: object['kind'],
    metadata: { name, namespace, uid, labels, ownerReferences },
    spec: {
      selector,
      ...(hasContainers(template) && { template }),
      ...(hasContainers(ofJobs) && { jobTemplate }),
    },
  };
}

/** A template of pods, and none of Secrets or volumes. */
function hasContainers(template: unknown): boolean {
  return Array.isArray(fields(fields(template)['spec'])['containers']);
}
