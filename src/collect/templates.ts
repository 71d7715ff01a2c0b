/** Pod templates of workloads. */
import { type Json, obj } from './json.ts';

/**
 * The spec of the pods that an object makes: `spec.template.spec`, of a CronJob `spec.jobTemplate.spec.template.spec`,
 * of a PodTemplate `template.spec`; `null` where it has none.
 */
export function templateSpec(object: Json): Json | null {
  const spec = obj(object['spec']);
  const holders = [spec, obj(obj(spec['jobTemplate'])['spec']), object];
  const holder = holders.find((h) => 'template' in h);
  return holder === undefined ? null : obj(obj(holder['template'])['spec']);
}
