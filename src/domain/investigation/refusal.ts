import { normaliseEventName } from '../trail/event-name.ts';
import type { TrailRecord } from '../trail/record.ts';

/** What says no, where AWS tells: a policy on high, a boundary, the caller's rights, the thing's own policy, a key. */
export type Refuser =
  | 'organization'
  | 'boundary'
  | 'identity'
  | 'thing'
  | 'trust'
  | 'endpoint'
  | 'key';

/** As AWS words its refusals (IAM User Guide, "Access denied error messages"). First fit decides. */
const BY_MESSAGE: readonly (readonly [RegExp, Refuser])[] = [
  [/(?:service|resource) control policy/i, 'organization'],
  [/permissions boundary/i, 'boundary'],
  [/VPC endpoint policy/i, 'endpoint'],
  [/role trust policy/i, 'trust'],
  [/resource-based policy/i, 'thing'],
  [/identity-based policy|session policy/i, 'identity'],
  [/perform: sts:(?:AssumeRole|TagSession)/i, 'trust'],
  [/pending deletion|is disabled|KMS key is|kms:\w+|pending import/i, 'key'],
];

/** Null where the message does not tell. */
export function refuserOf(message: string): Refuser | null {
  return BY_MESSAGE.find(([words]) => words.test(message))?.[1] ?? null;
}

/** Which calls change what says no; all of one service where it is written `service/`. */
const CHANGED_BY: Readonly<Record<Refuser, RegExp>> = {
  organization: /^organizations\/|^controltower\//,
  boundary:
    /^iam\/(?:\w+PermissionsBoundary|(?:Create|SetDefault|Delete)PolicyVersion|SetDefaultPolicyVersion)$|^sso\/\w*Boundary/,
  identity:
    /^iam\/(?:(?:Put|Delete|Attach|Detach)(?:Role|User|Group)Policy|\w+PolicyVersion|Delete(?:Role|User|Policy)|RemoveRoleFromInstanceProfile|RemoveUserFromGroup|\w+PermissionsBoundary)$|^sso\/|^eks\/\w*PodIdentityAssociation$|^ec2\/\w+IamInstanceProfile\w*$/,
  thing:
    /^s3\/(?:Put|Delete)(?:Bucket(?:Policy|Acl|PublicAccessBlock|OwnershipControls)|PublicAccessBlock|AccountPublicAccessBlock|AccessPointPolicy)$|^(?:sqs|sns)\/(?:Set\w+Attributes|(?:Add|Remove)Permission)$|(?:Put|Delete|Set|Add|Remove)(?:Resource|Repository|KeyPolicy|FileSystem|Permission)\w*$|^kms\/(?:PutKeyPolicy|RevokeGrant|RetireGrant)$/,
  trust:
    /^iam\/(?:UpdateAssumeRolePolicy|(?:Create|Delete)Role|\w+OpenIDConnectProvider\w*|\w+SAMLProvider)$/,
  endpoint: /^ec2\/(?:ModifyVpcEndpoint|CreateVpcEndpoint)$/,
  key: /^kms\/(?:DisableKey|ScheduleKeyDeletion|DeleteImportedKeyMaterial|PutKeyPolicy|RevokeGrant|RetireGrant|DeleteAlias|UpdateAlias)$/,
};

/** Whether a call changes what says no. */
export function changesRefuser({ eventSource, eventName }: TrailRecord, refuser: Refuser): boolean {
  const service = eventSource.replace(/\.amazonaws\.com$/, '');
  return CHANGED_BY[refuser].test(`${service}/${normaliseEventName(eventName)}`);
}

/** The things that a refusal is about: `… on resource: ARN`, `ARN is pending deletion`; not who asked. */
export function namesInRefusal(message: string): readonly string[] {
  const arns = message.match(/arn:aws[a-z-]*:[\w-]+:[\w-]*:\d*:[^\s"',]+/g) ?? [];
  return [...new Set(arns.filter((arn) => !/:sts:|:assumed-role\/|:iam::\d*:user\//.test(arn)))];
}
