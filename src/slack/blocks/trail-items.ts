import { actionWords } from '../../domain/trail/action-words.ts';
import { normaliseEventName } from '../../domain/trail/event-name.ts';
import type { Channel, TrailRecord } from '../../domain/trail/record.ts';
import { recordLink } from './links.ts';
import { bold, date, link, list, type Part, show, typed } from './text.ts';

export const RECORDS_SHOWN_MAX = 10;
const RESOURCES_SHOWN_MAX = 2;
const DETAILS_SHOWN_MAX = 3;

const CHANNEL_WORDS = {
  console: 'in the console',
  cloudshell: 'in CloudShell',
  cli: 'with the CLI',
  sdk: 'with an SDK',
  terraform: 'with Terraform',
  opentofu: 'with OpenTofu',
  pulumi: 'with Pulumi',
  cdk: 'with the CDK',
  cloudformation: 'by CloudFormation',
  service: 'by an AWS service',
  unknown: null,
} as const satisfies Record<Channel, string | null>;

/** Who did what to what, when, with which tool; the newest ten. */
export function recordList(records: readonly TrailRecord[], consoleUrl: string | null) {
  return list(records.slice(0, RECORDS_SHOWN_MAX).map((record) => recordItem(record, consoleUrl)));
}

function recordItem(record: TrailRecord, consoleUrl: string | null): Part {
  const url = recordLink(consoleUrl, record);
  return [
    date(record.atMs, 'second'),
    ' ',
    show(record.principal.label),
    ' ',
    bold(actionWords(record.eventName) ?? normaliseEventName(record.eventName)),
    ...resources(record),
    ...details(record),
    ...refusal(record),
    ` · ${circumstances(record)}`,
    url === null ? null : [' · ', link(url, 'open')],
  ];
}

function resources(record: TrailRecord): Part[] {
  const shown = record.resources.slice(0, RESOURCES_SHOWN_MAX);
  const hidden = record.resources.length - shown.length;
  return [
    ...shown.map((resource, index): Part => [index === 0 ? ' ' : ', ', show(resource.name)]),
    ...(hidden > 0 ? [` and ${hidden} more`] : []),
  ];
}

function details(record: TrailRecord): Part[] {
  return record.details
    .slice(0, DETAILS_SHOWN_MAX)
    .map((detail): Part => [' · ', typed(detail.label, 60), ' ', show(detail.value)]);
}

function refusal(record: TrailRecord): Part[] {
  return record.errorCode === null ? [] : [' · refused: ', show(record.errorCode)];
}

function circumstances(record: TrailRecord): string {
  const { mfa, kind } = record.principal;
  return [
    ...(CHANNEL_WORDS[record.channel] === null ? [] : [CHANNEL_WORDS[record.channel]]),
    ...(kind === 'human' && mfa !== null ? [mfa ? 'MFA' : 'no MFA'] : []),
    record.region,
  ].join(' · ');
}
