/**
 * What `verify -o json` and `-o yaml` print. Field names are a contract (docs/schema): added to, never changed. Pure.
 */
import type { IbmAnswer, IbmCredentialAnswer } from '../words/ibm.ts';
import type { StepResult } from '../words/ladder.ts';
import type { Verification, VerifiedImage, VerifiedRow } from '../words/verification.ts';
import { API_VERSION } from './api-version.ts';
import { stepDocuments } from './step-document.ts';
import { unavailable } from './unavailable.ts';

/** The whole document. */
export function verificationList({ images, gaps }: Verification) {
  return {
    apiVersion: API_VERSION,
    kind: 'VerificationList',
    viewpoint: 'this machine',
    items: images.map(verifiedItem),
    unavailable: gaps.map(unavailable),
  };
}

/** One image. */
export function verifiedItem(image: VerifiedImage) {
  return {
    image: image.image,
    result: image.result,
    users: image.users.map((user) => ({ ...user })),
    userCount: image.count,
    platforms: image.platforms.map(({ os, architecture }) => `${os}/${architecture}`),
    neverPulled: image.never === true,
    credentials: image.rows.map(credential),
    nearestTags: image.nearestTags && {
      tags: [...image.nearestTags.tags],
      read: image.nearestTags.read,
      complete: image.nearestTags.complete,
    },
    ibm: image.ibm && ibmAnswer(image.ibm),
    findings: [...image.findings],
    nextSteps: stepDocuments(image.nextSteps),
  };
}

function ibmAnswer({ region, namespace, owner, credentials }: IbmAnswer) {
  return { region, namespace, owner, credentials: credentials.map(ibmCredential) };
}

function ibmCredential({ credential: name, identity, steps }: IbmCredentialAnswer) {
  return {
    credential: name,
    identity: { ...identity },
    steps: steps.map(({ step: one, outcome, code, detail, ms, facts }) => ({
      step: one,
      outcome,
      code,
      detail,
      milliseconds: ms,
      facts: { ...facts },
    })),
  };
}

function credential(row: VerifiedRow) {
  const { asked } = row;
  return {
    credential: row.credential,
    whose: row.whose,
    /** `null`: the kubelet never tries it. */
    order: row.order,
    secret: row.secret && { ...row.secret },
    key: row.key,
    username: row.user,
    result: row.result,
    step: row.step,
    code: row.code,
    detail: row.detail,
    // Of a name that cannot be one no registry is asked.
    cause: asked?.cause ?? (row.code === 'reference-invalid' ? 'InvalidImageName' : null),
    host: asked?.host ?? null,
    tokenFrom: asked?.realmHost ?? null,
    credentialShown: asked?.credentialShown ?? false,
    digest: asked?.digest ?? null,
    platforms: asked?.platforms ? [...asked.platforms] : null,
    retryAfterSeconds: asked?.retryAfter ?? null,
    milliseconds: asked?.ms ?? null,
    steps: (asked?.steps ?? []).map(step),
  };
}

function step({ step: name, outcome, code, detail, ms, facts }: StepResult) {
  return { step: name, outcome, code, detail, milliseconds: ms, facts: { ...facts } };
}
