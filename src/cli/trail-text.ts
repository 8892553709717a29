import { listSome } from '../domain/text/list-words.ts';
import { showHidden } from '../domain/text/markdown-text.ts';
import { utcWords } from '../domain/text/time-words.ts';
import { type FormatContext, formatWhen } from '../domain/time/format-when.ts';
import type { CallGroup, TrailAnswer, TrailLead } from '../domain/trail/answer.ts';
import type { ChainLink } from '../domain/trail/chain.ts';
import { CHANNEL_WORDS, KIND_WORDS, mfaWords } from '../domain/trail/circumstance-words.ts';
import { normaliseEventName } from '../domain/trail/event-name.ts';
import { explainRecord } from '../domain/trail/explain-record.ts';
import { sentenceText } from '../domain/trail/explanation.ts';
import { plainReason } from '../domain/trail/identity-words.ts';
import { tellingNames } from '../domain/trail/telling-names.ts';

const GROUPS_SHOWN_MAX = 10;
const NAMES_SHOWN_MAX = 3;
const RESOURCES_SHOWN_MAX = 3;
const PLACES_SHOWN_MAX = 8;

/** The answer for a terminal: the sentence, the other calls, and what it rests on. */
export function trailText(answer: TrailAnswer, context: FormatContext): string {
  const { lead, notFound, leftOut, others, attempts, explains } = answer;
  const lines = [
    ...(lead === null ? [] : explains ? explanationLines(lead) : leadLines(lead, context)),
    ...chainLines(answer.chain, context),
    ...(notFound === null ? [] : [notFound]),
    ...groupLines('Also', others, context),
    ...groupLines('Failed attempts', attempts, context),
    '',
    ...(leftOut === null ? [] : [leftOut]),
    ...coverageLines(answer),
  ];
  // Names, addresses and errors were chosen by others: none may steer the terminal.
  return `${lines.map((line) => showHidden(line).replace(/[\n\t]/g, ' ')).join('\n')}\n`;
}

/** The record as it is; who is behind it may be another, by the credentials that it used. */
function explanationLines({ record, who }: TrailLead): string[] {
  const isFollowed = who.label !== record.principal.label;
  return [
    ...explainRecord(record).map(sentenceText),
    ...(isFollowed
      ? [
          `Behind it: ${who.label}, ${KIND_WORDS[who.kind]}, with ${who.confidence} confidence: ${plainReason(who.reason)}.`,
        ]
      : []),
  ];
}

function leadLines(lead: TrailLead, context: FormatContext): string[] {
  const { record, who } = lead;
  const mfa = mfaWords(lead.mfa, who.kind);
  const from = lead.sourceAddress === null ? '' : `from ${lead.sourceAddress}, `;
  const account = record.accountId === null ? '' : `, account ${record.accountId}`;
  const details = record.details.map(({ label, value }) => `${label} ${value}`);
  return [
    `${who.label} ${actionWords(lead)}`,
    `${formatWhen(lead.atMs, context)}; ${from}${CHANNEL_WORDS[lead.channel]}${mfa === null ? '' : `, ${mfa}`}; ${lead.region}${account}`,
    `Identity: ${who.confidence} confidence, ${KIND_WORDS[who.kind]}: ${plainReason(who.reason)}`,
    ...(details.length === 0 ? [] : [details.join('; ')]),
    `Event ${record.eventId}`,
  ];
}

/** One link alone says nothing that the identity has not said. */
function chainLines(chain: TrailAnswer['chain'], context: FormatContext): string[] {
  if (chain === null) return [];
  const labels = chain.links
    .map(({ label }) => label)
    .filter((label, index, all) => label !== all[index - 1]);
  return [
    ...(labels.length > 1 ? [`Credentials: ${labels.join(' ← ')}`] : []),
    ...chain.links.filter(({ by }) => by === 'sign-in').map((link) => signInWords(link, context)),
    ...(chain.sentence === null ? [] : [chain.sentence]),
  ];
}

function signInWords({ atMs, mfa, region, sourceAddress }: ChainLink, context: FormatContext) {
  const from = sourceAddress === null ? '' : ` from ${sourceAddress}`;
  return `Signed in ${formatWhen(atMs, context)}${from}, ${mfaWords(mfa, 'human')}; ${region}`;
}

function actionWords({ action, failed, record }: TrailLead): string {
  const name = normaliseEventName(action.eventName);
  const objects = objectWords(tellingNames([record]));
  const on = objects === '' ? '' : ` on ${objects}`;
  if (failed) return `tried ${name}${on} and failed: ${record.errorCode ?? record.errorMessage}`;
  return action.words === null
    ? `called ${name}${on}`
    : `${[action.words, objects].filter((part) => part !== '').join(' ')} (${name})`;
}

function groupLines(
  heading: string,
  groups: readonly CallGroup[],
  context: FormatContext,
): string[] {
  if (groups.length === 0) return [];
  const hidden = groups.length - GROUPS_SHOWN_MAX;
  return [
    '',
    `${heading}:`,
    ...groups.slice(0, GROUPS_SHOWN_MAX).map((group) => `  ${groupWords(group, context)}`),
    ...(hidden > 0 ? [`  and ${hidden} more (--json lists them all)`] : []),
  ];
}

function groupWords({ records }: CallGroup, context: FormatContext): string {
  const [newest] = records;
  const names = [...new Set(records.map(({ eventName }) => normaliseEventName(eventName)))];
  const objects = objectWords(tellingNames(records));
  return [
    formatWhen(newest.atMs, context),
    newest.principal.label,
    listSome(names, NAMES_SHOWN_MAX),
    records.length > 1 ? `(${records.length} calls)` : '',
    objects === '' ? '' : `on ${objects}`,
    newest.errorCode === null ? '' : `: ${newest.errorCode}`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function objectWords(names: readonly string[]): string {
  return listSome(names, RESOURCES_SHOWN_MAX);
}

function coverageLines({ coverage, understood }: TrailAnswer): string[] {
  const places = coverage.targets.map(({ accountId, region }) => `${accountId ?? '?'} ${region}`);
  const skipped =
    coverage.skippedCount === 0 ? '' : `; ${coverage.skippedCount} unreadable records left out`;
  return [
    `Understood as: ${understood}`,
    `Covered: ${utcWords(coverage.fromMs)} to ${utcWords(coverage.toMs)}; ${countWords(coverage.recordCount)}${skipped}`,
    `Where: ${places.length === 0 ? 'nowhere' : listSome(places, PLACES_SHOWN_MAX)}`,
    `Not seen: ${coverage.gaps.join('; ')}`,
  ];
}

function countWords(count: number): string {
  return count === 1 ? '1 call matches' : `${count} calls match`;
}
