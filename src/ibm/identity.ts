/** Whose an API key is. Source: IBM/platform-services-go-sdk iamidentityv1 (GetAPIKeysDetails, GetServiceID). */
import type { Hidden } from '../words/hidden.ts';
import type { IbmKey, IbmLearned, IbmServiceId } from '../words/ibm-learned.ts';
import { askIbm, type IbmContext, learned } from './api.ts';
import { at, identifier, text } from './fields.ts';

export interface Asked {
  readonly bases: readonly URL[];
  readonly token: Hidden;
}

/** Of the key itself. A key that cannot stand in a header is not sent in one: `null`. */
export async function keyDetails(
  key: Hidden,
  { bases, token }: Asked,
  context: IbmContext,
): Promise<IbmLearned<IbmKey> | null> {
  if (!/^[\x21-\x7e]{1,1024}$/.test(key.reveal())) return null;
  const headers = { ...bearer(token), 'IAM-ApiKey': key.reveal() };
  const answer = await askIbm({ bases, path: '/v1/apikeys/details', headers }, context);
  return learned(answer, (json) => ({
    name: text(at(json, 'name')),
    description: text(at(json, 'description')),
    iamId: identifier(at(json, 'iam_id')),
    account: identifier(at(json, 'account_id')),
    locked: at(json, 'locked') === true,
    disabled: at(json, 'disabled') === true,
    expiresAt: text(at(json, 'expires_at')),
  }));
}

/** `iamId` as in a token: `iam-ServiceId-…`. */
export async function serviceId(
  iamId: string,
  { bases, token }: Asked,
  context: IbmContext,
): Promise<IbmLearned<IbmServiceId>> {
  const path = `/v1/serviceids/${encodeURIComponent(iamId.replace(/^iam-/, ''))}`;
  const answer = await askIbm({ bases, path, headers: bearer(token) }, context);
  return learned(answer, (json) => ({
    name: text(at(json, 'name')),
    description: text(at(json, 'description')),
    account: identifier(at(json, 'account_id')),
  }));
}

export function bearer(token: Hidden): Readonly<Record<string, string>> {
  return { Authorization: `Bearer ${token.reveal()}` };
}
