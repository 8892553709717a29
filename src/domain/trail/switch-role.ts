import { type JsonValue, memberOf, textOf } from './json-value.ts';
import { principalOf } from './principal.ts';
import type { TrailRecord } from './record.ts';

const HOLDER_ARN =
  /^arn:aws[a-z-]*:(?:iam|sts)::(\d{12}):(?:user|assumed-role|federated-user)\/(?:.*\/)?([^/]+)$/;
const ARN_CHARACTERS_MAX = 2_048;
const CONSOLE = {
  fromConsole: true,
  userAgent: null,
  mfaUsed: undefined,
  eventType: null,
  isUnprovenSignIn: false,
} as const;

/** Whom a console session was switched from, as the switch records it: the name of a resource. */
export function switchedFrom(additionalEventData: JsonValue | undefined) {
  const arn = textOf(memberOf(additionalEventData, 'SwitchFrom'));
  return arn !== null && arn.length <= ARN_CHARACTERS_MAX && HOLDER_ARN.test(arn)
    ? [{ type: typeOf(arn), name: arn }]
    : [];
}

/**
 * The switch told as a call by whoever switched, in their own account: the record itself is by the
 * new session already. Null where it does not say who that was.
 */
export function switcherOf(record: TrailRecord): TrailRecord | null {
  const arn = record.resources.find(({ name }) => HOLDER_ARN.test(name))?.name;
  const [, accountId = null, userName = null] = HOLDER_ARN.exec(arn ?? '') ?? [];
  if (arn === undefined || accountId === null) return null;
  const isUser = typeOf(arn) === 'AWS::IAM::User';
  const principal = principalOf(
    { type: isUser ? 'IAMUser' : 'AssumedRole', arn, accountId, ...(isUser && { userName }) },
    { ...CONSOLE, eventSource: record.eventSource },
  );
  return { ...record, accountId, accessKeyId: null, sessionStartedAtMs: null, principal };
}

function typeOf(arn: string): string {
  return /:user\//.test(arn) ? 'AWS::IAM::User' : 'AWS::STS::AssumedRole';
}
