import type { Alarm } from '../domain/alarm/alarm.ts';
import type { Episode } from '../domain/investigation/episodes.ts';
import { type Hypothesis, hypothesesOf } from '../domain/investigation/hypotheses.ts';
import type { Investigation } from '../domain/investigation/investigate.ts';
import type { Onset } from '../domain/investigation/onset.ts';
import { listWords } from '../domain/text/list-words.ts';
import { showHidden } from '../domain/text/markdown-text.ts';
import { durationWords, utcClock, utcDay, utcWords } from '../domain/text/time-words.ts';
import { CHANNEL_WORDS, KIND_WORDS, mfaWords } from '../domain/trail/circumstance-words.ts';
import type { TrailRecord } from '../domain/trail/record.ts';
import type { InvestigationResult } from './investigation-json.ts';
import { wrapText } from './wrap-text.ts';

const SHOWN_MAX = 5;
const SHOWN_MIN = 3;
/** Below it is not worth a line. */
const TOLD_MIN = 0.01;
const ALARMS_MAX = 12;
const FAILURES_MAX = 5;
const DETAILS_MAX = 6;
/** Of what is unlikely the weightiest reasons only. */
const REASONS_UNLIKELY_MAX = 1;

/** One line of the report; what does not fit goes on under `hang` blanks. */
interface Line {
  readonly text: string;
  readonly hang: number;
}

const line = (text: string, hang = 0): Line => ({ text, hang });
const EMPTY = line('');

/** The report for a terminal: when it began, what may explain it and why, and what it rests on. */
export function investigationText(result: InvestigationResult): string {
  const { found, atMs } = result;
  const lines = [
    ...(found.onset === null
      ? [line(`As of ${utcWords(atMs)} no alarm went off, so there is no trouble to explain.`)]
      : onsetLines(found.onset, atMs)),
    ...(found.onset === null ? [] : causeLines(found)),
    ...failureLines(found),
    EMPTY,
    ...coverageLines(result),
  ];
  // Names were chosen by others: none may steer the terminal.
  const shown = lines.map(({ text, hang }) =>
    wrapText(showHidden(text).replace(/[\n\t]/g, ' '), ' '.repeat(hang)),
  );
  return `${shown.join('\n')}\n`;
}

function onsetLines(onset: Onset, atMs: number): readonly Line[] {
  const { earliestMs, latestMs, spreadToMs, episodes, composites } = onset;
  const [first] = episodes;
  const how = first.isMeasured ? 'to within' : 'judged by the time of the alarm, to within';
  const spread =
    spreadToMs - earliestMs < first.periodMs
      ? ''
      : ` It spread until ${clockOn(spreadToMs, earliestMs)}.`;
  const more = episodes.length - ALARMS_MAX;
  return [
    line(
      `It began at ${utcWords(earliestMs)}, ${durationWords(atMs - earliestMs)} ago (${how} ${durationWords(latestMs - earliestMs)}).${spread}`,
    ),
    EMPTY,
    ...episodes.slice(0, ALARMS_MAX).map((episode) => episodeLine(episode, earliestMs)),
    ...(more > 0 ? [line(`  and ${more} more alarms`)] : []),
    ...asideLine('Made of such alarms and in ALARM, too', composites),
    ...asideLine('Left aside, as it goes off all the time', onset.flapping),
    ...asideLine('Left aside, in ALARM for long', onset.stale),
    ...asideLine('Left aside, without data', onset.withoutData),
  ];
}

function episodeLine({ alarm, atMs, breachedFromMs, isNoData }: Episode, dayMs: number): Line {
  const metric = alarm.metric === null ? '' : `, ${alarm.namespace ?? ''} ${alarm.metric}`;
  const lack = isNoData ? ', no data' : '';
  const text = `  ${clockOn(breachedFromMs, dayMs)}  ${alarm.name}${metric}${lack} (alarm at ${clockOn(atMs, dayMs)})`;
  return line(text, 12);
}

function asideLine(words: string, alarms: readonly Alarm[]): readonly Line[] {
  if (alarms.length === 0) return [];
  const names = alarms.slice(0, ALARMS_MAX).map(({ name }): string => name);
  const left = alarms.length - names.length;
  return [line(`  ${words}: ${listWords([...names, ...(left > 0 ? [`${left} more`] : [])])}`, 4)];
}

function causeLines(found: Investigation): readonly Line[] {
  const rows = hypothesesOf(found);
  const isTold = ({ kind, probability }: Hypothesis, index: number) =>
    kind === 'no-change' || (index < SHOWN_MAX && (index < SHOWN_MIN || probability >= TOLD_MIN));
  const told = rows.filter(isTold);
  const isMore = told.length < rows.length;
  return [
    ...told.flatMap((row, index) => [EMPTY, ...hypothesisLines(row, index + 1, found.onset)]),
    ...(isMore ? [EMPTY, line('What else changed before explains it no better than these.')] : []),
  ];
}

function hypothesisLines(row: Hypothesis, rank: number, onset: Onset | null): readonly Line[] {
  const max = row.confidence === 'unlikely' ? REASONS_UNLIKELY_MAX : Infinity;
  return [
    line(
      `${rank}. ${row.confidence.toUpperCase()}, ${percent(row.probability)}: ${row.statement}`,
      3,
    ),
    ...(row.kind === 'change' ? circumstanceLines(row.suspect.lead.record, onset) : []),
    ...row.for.slice(0, max).map((words) => line(`   + ${words}`, 5)),
    ...row.against.slice(0, max).map((words) => line(`   − ${words}`, 5)),
    ...suggestionLines(row),
  ];
}

/** When exactly, who, from where and with which values: what one asks next. */
function circumstanceLines(record: TrailRecord, onset: Onset | null): readonly Line[] {
  const { principal, channel, sourceAddress, accountId, region, atMs, eventId } = record;
  const mfa = mfaWords(principal.mfa, principal.kind);
  const who = [
    KIND_WORDS[principal.kind],
    ...(channel === 'service' && principal.kind === 'service' ? [] : [CHANNEL_WORDS[channel]]),
    ...(sourceAddress === null ? [] : [`from ${sourceAddress}`]),
    ...(mfa === null ? [] : [mfa]),
  ].join(', ');
  const where = accountId === null ? region : `${region}, account ${accountId}`;
  const when = clockOn(atMs, onset?.earliestMs ?? atMs);
  const details = record.details
    .slice(0, DETAILS_MAX)
    .map(({ label, value }) => `${label} ${value}`);
  return [
    line(`   ${when} UTC; ${who}; ${where}; event ${eventId}`, 3),
    ...(details.length === 0 ? [] : [line(`   With ${details.join('; ')}`, 3)]),
  ];
}

/** What is unlikely is not worth a test yet. */
function suggestionLines({ suggestion, confidence }: Hypothesis): readonly Line[] {
  if (suggestion === null || confidence === 'unlikely') return [];
  const { test, solution, risk, rollback } = suggestion;
  return [
    line(`   Test: ${test}`, 9),
    line(`   If so: ${solution}`, 10),
    line(`   Risk: ${risk}`, 9),
    line(`   Back: ${rollback}`, 9),
  ];
}

function failureLines({ failures }: Investigation): readonly Line[] {
  if (failures.length === 0) return [];
  const most = failures.toSorted((a, b) => b.count - a.count).slice(0, FAILURES_MAX);
  const left = failures.length - most.length;
  return [
    EMPTY,
    line('Calls of programs that fail since then, and did not before:'),
    ...most.map(({ call, caller, code, count }) =>
      line(`  ${call} by ${caller}: ${code}, ${count} times`, 4),
    ),
    ...(left > 0 ? [line(`  and ${left} more kinds`)] : []),
  ];
}

function coverageLines({ reading, atMs, gaps }: InvestigationResult): readonly Line[] {
  const { places, earliestMs, latestMs, readCount } = reading;
  const accounts = [...new Set(places.flatMap(({ accountId }) => accountId ?? []))].sort();
  const regions = [...new Set(places.map(({ region }) => region))].sort();
  const from = utcWords(Math.min(earliestMs ?? atMs, atMs));
  const to = utcWords(Math.min(latestMs ?? atMs, atMs));
  return [
    line(`Covered: ${readCount} calls, ${from} to ${to}`, 2),
    ...(accounts.length === 0
      ? []
      : [line(`  in ${listWords(accounts)}; ${listWords(regions)}`, 2)]),
    ...gaps.unused.map((words) => line(`Not used: ${words}`, 2)),
    ...gaps.unseen.map((words) => line(`Not seen: ${words}`, 2)),
  ];
}

function percent(probability: number): string {
  // Rounded down: what is called unlikely must not read like what is called possible.
  return probability < 0.01 ? 'under 1 %' : `${Math.floor(probability * 100)} %`;
}

/** "10:42:05", with its day where that is another. */
function clockOn(atMs: number, dayMs: number): string {
  return utcDay(atMs) === utcDay(dayMs) ? utcClock(atMs) : `${utcDay(atMs)} ${utcClock(atMs)}`;
}
