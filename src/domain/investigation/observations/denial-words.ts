/** As AWS words its refusals (IAM User Guide, "Access denied error messages"). First fit decides. */
const POLICIES: readonly (readonly [RegExp, string])[] = [
  [/service control policy/i, 'a service control policy (SCP) of the organization'],
  [/resource control policy/i, 'a resource control policy (RCP) of the organization'],
  [/permissions boundary/i, 'a permissions boundary'],
  [/VPC endpoint policy/i, 'a VPC endpoint policy'],
  [/session policy/i, 'a session policy'],
  [/role trust policy/i, 'the trust policy of the role'],
  [/resource-based policy/i, 'the policy of the thing itself (resource-based)'],
  [/identity-based policy/i, 'the policies of the caller (identity-based)'],
  [/KMS key|kms:|pending deletion|is disabled/i, 'the KMS key or its policy'],
  [/perform: sts:AssumeRole/i, 'the trust policy of the role'],
];

const ACTION = /(?:perform|allows the): ?([a-z0-9-]+:\w+)|allows the ([a-z0-9-]+:\w+)/;

/** "nothing in the policies of the caller (identity-based) allows it"; null where the message does not say. */
export function denialWords(message: string): string | null {
  const policy = POLICIES.find(([named]) => named.test(message))?.[1];
  if (policy === undefined) return null;
  if (/explicit deny/i.test(message)) return `${policy} forbids it`;
  return /because no/i.test(message) ? `nothing in ${policy} allows it` : `it was ${policy}`;
}

/** `s3:PutObject` of the message; null where it names none. */
export function deniedAction(message: string): string | null {
  const [, performed, allowed] = ACTION.exec(message) ?? [];
  return performed ?? allowed ?? null;
}
