import { redactSecrets } from '../text/redact.ts';
import { durationWords, utcWords } from '../text/time-words.ts';
import { untrusted } from '../untrusted.ts';
import { burstOf } from './bursts.ts';
import { CHANNEL_WORDS, KIND_WORDS } from './circumstance-words.ts';
import { explainInsight } from './explain-insight.ts';
import { type ExplanationSentence, listParts } from './explanation.ts';
import { plainReason } from './identity-words.ts';
import { UNSIGNED } from './judgement.ts';
import { isDenied, isFailed } from './query/matches-query.ts';
import type { Confidence, EventCategory, TrailRecord } from './record.ts';
import { serviceWords } from './service-names.ts';
import { permissionSetOf } from './session-name.ts';
import { shortName } from './telling-names.ts';

const NAMES_SHOWN_MAX = 3;
const RESOURCES_SHOWN_MAX = 10;

/** All that matters of one record, in plain sentences; times in UTC. */
export function explainRecord(record: TrailRecord): readonly ExplanationSentence[] {
  const sentences =
    record.insight === null ? explainCall(record) : explainInsight(record, record.insight);
  return [...sentences, [`Event id ${record.eventId}.`]];
}

function explainCall(record: TrailRecord): readonly ExplanationSentence[] {
  return [
    actionSentence(record),
    callSentence(record),
    resourceSentence(record),
    placeSentence(record),
    identitySentence(record),
    sessionSentence(record),
    originSentence(record),
    outcomeSentence(record),
    issuedSentence(record),
    detailSentence(record),
    sharedSentence(record),
  ].filter((sentence) => sentence.length > 0);
}

/** "ana stopped i-0abc." */
function actionSentence(record: TrailRecord): ExplanationSentence {
  const { principal, accountId } = record;
  const [doing] = burstOf({ records: [record] }).doings;
  const names = (doing?.names ?? []).map((name) => [{ value: shortName(name, accountId) }]);
  return [
    ...(isUnsigned(record) ? ['An unauthenticated caller'] : [{ value: principal.label }]),
    ` ${doing?.action ?? 'did something'}`,
    ...(names.length === 0 ? [] : [doing?.joint ?? ' ', ...listParts(names, NAMES_SHOWN_MAX)]),
    '.',
  ];
}

const CATEGORY_WORDS = {
  management: 'a management event',
  data: 'a data event: about what is in a resource, not its settings',
  network: 'a network activity event: a call through a VPC endpoint',
  insight: 'an Insights event',
} as const satisfies Record<EventCategory, string>;

function callSentence({ eventName, eventSource, category, readOnly }: TrailRecord) {
  const effect = readOnly
    ? 'recorded as reading only'
    : 'recorded as one that may change something';
  const service = serviceWords(eventSource);
  return [`The call was ${eventName} of ${service}, ${CATEGORY_WORDS[category]}; ${effect}.`];
}

function resourceSentence({ resources, category }: TrailRecord): ExplanationSentence {
  if (resources.length === 0) return ['It names no resource that is kept.'];
  const items = resources.map(({ type, name }) => [
    type === null ? '' : `${typeWords(type)} `,
    { value: name },
  ]);
  const verb = category === 'data' ? 'What was accessed' : 'It concerned';
  return [`${verb}: `, ...listParts(items, RESOURCES_SHOWN_MAX), '.'];
}

/** "Cognito identity pool" for `AWS::Cognito::IdentityPool`. */
function typeWords(type: string): string {
  const [, service = '', name = ''] = /^AWS::(\w+)::(\w+)$/.exec(type) ?? [];
  if (name === '') return type;
  const words = name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').split(' ');
  return [
    service,
    ...words.map((word) => (/^[A-Z]{2}/.test(word) ? word : word.toLowerCase())),
  ].join(' ');
}

function placeSentence({ region, accountId, atMs }: TrailRecord): ExplanationSentence {
  const account = accountId === null ? '' : ` of account ${accountId}`;
  return [`It happened at ${utcWords(atMs)}, in Region ${region}${account}.`];
}

function identitySentence(record: TrailRecord): ExplanationSentence {
  const { principal } = record;
  if (isUnsigned(record)) {
    return [`Who it was is not recorded: the caller was unauthenticated (${UNSIGNED}).`];
  }
  return [
    'Who: ',
    { value: principal.label },
    `, ${KIND_WORDS[principal.kind]}, ${SURE_WORDS[principal.confidence]}: ${plainReason(principal.reason)}`,
    ...homeParts(record),
    '.',
  ];
}

const SURE_WORDS = {
  certain: 'for certain',
  high: 'with high confidence',
  medium: 'with medium confidence',
  low: 'with low confidence',
} as const satisfies Record<Confidence, string>;

function homeParts({ principal, accountId }: TrailRecord): ExplanationSentence {
  const isElsewhere = principal.accountId !== null && principal.accountId !== accountId;
  return isElsewhere ? [`; the caller belongs to account ${principal.accountId}`] : [];
}

function sessionSentence({ principal, sessionStartedAtMs, atMs }: TrailRecord) {
  const { roleName, sessionName } = principal;
  const permissionSet = permissionSetOf(roleName);
  const began =
    sessionStartedAtMs === null || sessionStartedAtMs > atMs
      ? []
      : [
          `began at ${utcWords(sessionStartedAtMs)}, ${durationWords(atMs - sessionStartedAtMs)} before the call`,
        ];
  if (roleName === null)
    return began.length === 0 ? [] : ['The session whose credentials were used ', ...began, '.'];
  return [
    'It used the role ',
    { value: roleName },
    ...(permissionSet === null
      ? []
      : [' (permission set ', { value: untrusted(permissionSet) }, ')']),
    ...(sessionName === null ? [] : [' in the session ', { value: sessionName }]),
    ...(began.length === 0 ? [] : [', which ', ...began]),
    '.',
  ];
}

const CLOUDSHELL_WORDS = 'in CloudShell, the command line inside the AWS console';

/** Address, tool and second factor. */
function originSentence(record: TrailRecord): ExplanationSentence {
  const { sourceAddress, channel, userAgent } = record;
  return [
    ...(sourceAddress === null ? ['It came '] : ['It came from ', { value: sourceAddress }, ', ']),
    channel === 'cloudshell' ? CLOUDSHELL_WORDS : CHANNEL_WORDS[channel],
    ...(userAgent === null ? [] : [' (program ', { value: userAgent }, ')']),
    mfaPart(record),
    '.',
  ];
}

/** Machines have no second factor, and callers without credentials sign in to nothing. */
function mfaPart(record: TrailRecord): string {
  const { mfa, kind } = record.principal;
  if (mfa === true) return ', with MFA';
  if (isUnsigned(record)) return '; MFA does not apply';
  if (kind === 'service' || kind === 'automation') return '';
  return mfa === false ? ', without MFA' : '; whether MFA was used is not recorded';
}

function outcomeSentence(record: TrailRecord): ExplanationSentence {
  if (!isFailed(record)) return ['It succeeded: no error is recorded.'];
  const told = [record.errorCode, record.errorMessage].filter((text) => text !== null);
  const values = told.flatMap((value, index) => [index === 0 ? '' : ': ', { value }]);
  return [isDenied(record) ? 'AWS refused it: ' : 'It failed: ', ...values, '.'];
}

function issuedSentence({ mintedAccessKeyId }: TrailRecord): ExplanationSentence {
  if (mintedAccessKeyId === null) return [];
  const key = untrusted(redactSecrets(mintedAccessKeyId));
  return ['It handed out temporary credentials, with the key id ', { value: key }, '.'];
}

function detailSentence({ details, hiddenFieldCount }: TrailRecord): ExplanationSentence {
  const items = details.map(({ label, value }) => [`${label} `, { value }]);
  const hidden = leftOutWords(hiddenFieldCount);
  if (items.length === 0) return [`${hidden}.`];
  return ['Details: ', ...listParts(items, items.length), `. ${hidden}.`];
}

function leftOutWords(count: number): string {
  if (count === 0) return 'None of its parameters and results is left out';
  return count === 1
    ? 'One of its parameters and results is left out here'
    : `${count} of its parameters and results are left out here`;
}

function sharedSentence({ sharedEventId }: TrailRecord): ExplanationSentence {
  if (sharedEventId === null) return [];
  return [
    `Another account may have a record of the same action, with the shared id ${sharedEventId}.`,
  ];
}

function isUnsigned({ principal }: TrailRecord): boolean {
  return principal.reason === UNSIGNED;
}
