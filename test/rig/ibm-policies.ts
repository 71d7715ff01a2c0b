/** The two forms in which IBM Cloud's IAM writes a policy. */
import type { IbmWorld } from './ibm-world.ts';

type Policy = IbmWorld['policies'][number];

/** As `/v1/policies` writes it. */
export function oldForm({ id, roles, attributes, state }: Policy): object {
  return {
    id,
    type: 'access',
    roles: roles.map((role_id) => ({ role_id })),
    resources: [
      { attributes: attributes.map(([name, value, operator]) => ({ name, value, operator })) },
    ],
    state,
  };
}

/** As `/v2/policies` writes it. */
export function newForm({ id, roles, attributes, state, rule }: Policy): object {
  return {
    id,
    type: 'access',
    control: { grant: { roles: roles.map((role_id) => ({ role_id })) } },
    resource: {
      attributes: attributes.map(([key, value, operator = 'stringEquals']) => ({
        key,
        value,
        operator,
      })),
    },
    state,
    ...(rule !== undefined && { rule }),
  };
}
