import { channelOf } from './channel.ts';
import { looksReadOnly, normaliseEventName } from './event-name.ts';
import {
  keepResources,
  type NamedResource,
  resourceOf,
  resourcesInMessage,
} from './find-resources.ts';
import {
  accessKeyIdOf,
  accountIdOf,
  mintedAccessKeyIdOf,
  sessionStartedAtMsOf,
} from './identity.ts';
import { insightDetails, insightOf, insightPrincipal, type RawInsight } from './insight.ts';
import type { JsonValue } from './json-value.ts';
import { isJsonObject, memberOf, textOf } from './json-value.ts';
import { isPipeline } from './judge-role.ts';
import { keptText, keptTextOrNull } from './kept-text.ts';
import { type ParameterLeaf, parameterLeaves } from './parameter-leaves.ts';
import { principalOf } from './principal.ts';
import type { EventCategory, TrailDetail, TrailRecord } from './record.ts';
import { type ShownField, shownFieldsOf } from './shown-fields.ts';
import { switchedFrom } from './switch-role.ts';

/** A CloudTrail record as the edge has read it, before anything was taken out. Never kept. */
export interface RawTrailRecord {
  readonly eventId: string;
  readonly category: EventCategory;
  /** Set exactly when `category` is `insight`. */
  readonly insight: RawInsight | null;
  readonly sharedEventId: string | null;
  readonly eventName: string;
  readonly eventSource: string;
  readonly atMs: number;
  readonly region: string;
  readonly eventType: string | null;
  readonly recipientAccountId: string | null;
  /** Null when the record does not say. */
  readonly readOnly: boolean | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly sourceAddress: string | null;
  readonly userAgent: string | null;
  readonly fromConsole: boolean;
  readonly userIdentity: JsonValue | undefined;
  readonly requestParameters: JsonValue | undefined;
  readonly responseElements: JsonValue | undefined;
  readonly additionalEventData: JsonValue | undefined;
  /** What an event of AWS itself tells, where a call would have parameters. */
  readonly serviceEventDetails: JsonValue | undefined;
  /** Those that CloudTrail itself names, in the record or around it. */
  readonly resources: readonly NamedResource[];
}

const LIMITS = {
  detailsMax: 12,
  valuesPerDetailMax: 5,
  errorMessageCharactersMax: 500,
} as const;

/** Keeps what is on the allow-list, without secrets; counts the rest. */
export function reduceRecord(raw: RawTrailRecord): TrailRecord {
  const insight = raw.insight === null ? null : insightOf(raw.insight);
  const leaves = [
    ...parameterLeaves('request', raw.requestParameters),
    ...parameterLeaves('response', raw.responseElements),
  ];
  const shown = shownFieldsOf(raw.eventSource, normaliseEventName(raw.eventName));
  const named = leaves.map((leaf) => resourceOf(raw.eventSource, leaf));
  const isShown = (leaf: ParameterLeaf) => shown.some((field) => leadsTo(field, leaf));
  return {
    eventId: raw.eventId,
    category: raw.category,
    sharedEventId: raw.sharedEventId,
    eventName: raw.eventName,
    eventSource: raw.eventSource,
    atMs: raw.atMs,
    region: raw.region,
    // An Insights event is no call: nothing was changed by it.
    readOnly: insight !== null || (raw.readOnly ?? looksReadOnly(raw.eventName)),
    ...outcomeAndOrigin(raw),
    insight,
    resources: keepResources(orderedResources(raw, leaves, named)),
    details:
      insight === null
        ? [...detailsOf(shown, leaves), ...loginDetails(raw.requestParameters)]
        : insightDetails(insight),
    hiddenFieldCount: leaves.filter((leaf, index) => !named[index] && !isShown(leaf)).length,
  };
}

function outcomeAndOrigin(raw: RawTrailRecord) {
  const { userAgent, sourceAddress, userIdentity } = raw;
  const identityAccount = accountIdOf(textOf(memberOf(userIdentity, 'accountId')));
  const accountId = accountIdOf(raw.recipientAccountId) ?? identityAccount;
  return {
    accountId,
    errorCode: keptTextOrNull(raw.errorCode),
    errorMessage: keptTextOrNull(messageOf(raw), LIMITS.errorMessageCharactersMax),
    ...(raw.insight === null
      ? whoAndHow(raw)
      : { principal: insightPrincipal(accountId), channel: 'service' as const }),
    accessKeyId: accessKeyIdOf(userIdentity),
    mintedAccessKeyId: mintedAccessKeyIdOf(raw.responseElements),
    sessionStartedAtMs: sessionStartedAtMsOf(userIdentity),
    sourceAddress: keptTextOrNull(sourceAddress),
    userAgent: keptTextOrNull(userAgent),
  } as const;
}

const SIGN_IN = 'AwsConsoleSignIn';
/** Anybody who knows a name gets as far as this. */
const UNPROVEN: readonly string[] = ['CheckMfa', 'PasswordRecoveryRequested'];

/** A failed sign-in may say so nowhere but in its result. */
function messageOf(raw: RawTrailRecord): string | null {
  const result = textOf(memberOf(raw.responseElements, raw.eventName));
  const hasFailed = raw.eventType === SIGN_IN && result === 'Failure';
  return raw.errorMessage ?? (hasFailed && raw.errorCode === null ? result : null);
}

function whoAndHow(raw: RawTrailRecord) {
  const { fromConsole, userAgent, sourceAddress, userIdentity, eventType } = raw;
  const mfaUsed = memberOf(raw.additionalEventData, 'MFAUsed');
  const invokedBy = textOf(memberOf(userIdentity, 'invokedBy'));
  const isUnprovenSignIn =
    eventType === SIGN_IN &&
    ((raw.errorCode ?? messageOf(raw)) !== null || UNPROVEN.includes(raw.eventName));
  const console = { fromConsole, userAgent, mfaUsed, eventType, isUnprovenSignIn };
  const hints = { ...console, eventSource: raw.eventSource };
  const principal = principalOf(userIdentity, hints);
  const signs = { userAgent, sourceAddress, invokedBy, fromConsole };
  return { principal, channel: channelOf({ ...signs, isPipeline: isPipeline(principal) }) };
}

/** What was asked for comes first, what came of it last: the list is cut at its end. */
function orderedResources(
  raw: RawTrailRecord,
  leaves: readonly ParameterLeaf[],
  named: readonly (NamedResource | null)[],
): readonly NamedResource[] {
  const ofSide = (side: ParameterLeaf['side']) =>
    named.filter((_resource, index) => leaves[index]?.side === side);
  return [
    ...ofSide('request'),
    ...resourcesInMessage(raw.errorMessage),
    ...raw.resources,
    ...switchedFrom(raw.additionalEventData),
    ...ofSide('response'),
    ...typedResources(raw),
  ].filter((resource) => resource !== null);
}

/** Only what is known to be a thing: the rest of what AWS tells of itself is on no allow-list. */
function typedResources({ eventSource, serviceEventDetails }: RawTrailRecord) {
  return parameterLeaves('response', serviceEventDetails)
    .map((leaf) => resourceOf(eventSource, leaf))
    .filter((resource) => resource !== null && resource.type !== null);
}

function detailsOf(
  shown: readonly ShownField[],
  leaves: readonly ParameterLeaf[],
): readonly TrailDetail[] {
  return shown
    .map((field) => ({
      label: field.label,
      values: leaves.filter((leaf) => leadsTo(field, leaf)).map((leaf) => String(leaf.value)),
    }))
    .filter(({ values }) => values.length > 0)
    .slice(0, LIMITS.detailsMax)
    .map(({ label, values }) => ({ label, value: keptText(joinSome(values)) }));
}

/** Who vouched for a caller without AWS credentials; the login itself is hidden by AWS, and is left out. */
function loginDetails(parameters: JsonValue | undefined): readonly TrailDetail[] {
  const logins = memberOf(parameters, 'logins');
  const providers = isJsonObject(logins) ? Object.keys(logins) : [];
  if (providers.length === 0) return [];
  return [{ label: 'application login through', value: keptText(joinSome(providers)) }];
}

function leadsTo(field: ShownField, leaf: ParameterLeaf): boolean {
  return (
    field.side === leaf.side &&
    field.path.length === leaf.path.length &&
    field.path.every((key, index) => key.toLowerCase() === leaf.path[index])
  );
}

function joinSome(values: readonly string[]): string {
  const different = [...new Set(values)];
  const some = different.slice(0, LIMITS.valuesPerDetailMax);
  const left = different.length - some.length;
  return left === 0 ? some.join(', ') : `${some.join(', ')} and ${left} more`;
}
