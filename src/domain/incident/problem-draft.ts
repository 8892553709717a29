import type { Alarm } from '../alarm/alarm.ts';
import { isSameAlarm } from '../alarm/alarm-change.ts';
import { thresholdOf } from '../graph/breach.ts';
import { reportedAlarm } from '../playbook/playbook-facts.ts';
import { cutText, quoteShortly } from '../text/cut-text.ts';
import { listWords } from '../text/list-words.ts';
import { showHidden } from '../text/markdown-text.ts';
import { utcClock, utcWords } from '../text/time-words.ts';
import { normaliseEventName } from '../trail/event-name.ts';
import { checkIdOf } from './check-ticks.ts';
import type { IncidentCommand } from './commands.ts';
import { type KnownStart, knownStart } from './known-start.ts';
import type { IncidentState } from './state.ts';
import { saidWords } from './statement.ts';

/** So that every line keeps its mark in what a button carries. */
const LIMITS = {
  alarmsMax: 2,
  causesMax: 2,
  answersMax: 2,
  dimensionsMax: 6,
  nameCharactersMax: 100,
  lineCharactersMax: 300,
} as const;

/** What is known of the problem before anybody has stated it, each line as the bot would write it. */
export interface ProblemDraft {
  readonly symptoms: readonly string[];
  readonly affected: readonly string[];
  readonly recentChanges: readonly string[];
  /** As the alarms tell; null where they do not, or where people have said it. */
  readonly start: KnownStart | null;
  /** An alarm tells it, so that it can be taken as it stands. */
  readonly isMeasured: boolean;
}

export function draftProblem(state: IncidentState): ProblemDraft {
  const alarms = tellingAlarms(state);
  const told = knownStart(state);
  return {
    symptoms: [...alarmWords(alarms), ...(told === null ? [] : [startWords(told)])],
    affected: affectedWords(alarms),
    recentChanges: [...causeWords(state), ...answerWords(state)],
    start: isStartSaid(state) ? null : told,
    isMeasured: alarms.length > 0,
  };
}

/** An alarm that opens an incident fills in a time, too: that one may be known better by now. */
function isStartSaid({ problem, openedBy, startedAtMs }: IncidentState): boolean {
  return startedAtMs !== null && (problem !== null || openedBy.kind === 'person');
}

export function linesOf({ symptoms, affected, recentChanges }: ProblemDraft): readonly string[] {
  return [...symptoms, ...affected, ...recentChanges];
}

/** The same for the same draft: a button that carries it says which one was seen. */
export function draftIdOf(draft: ProblemDraft): string {
  return checkIdOf(JSON.stringify([linesOf(draft), draft.start]));
}

const MARK_CHARACTERS = 7;
const MARKS_MAX = 11;

/** Short enough to be carried by a form: what its lines were when it was opened. */
export function lineMarks(lines: readonly string[]): string | null {
  const marks = [...new Set(lines)].slice(0, MARKS_MAX).map(markOf);
  return marks.length === 0 ? null : marks.join('');
}

/** The lines of these texts that were there when the form was opened. */
export function markedLines(texts: readonly string[], marks: string | null): readonly string[] {
  const known = new Set(marks?.match(new RegExp(`.{${MARK_CHARACTERS}}`, 'g')) ?? []);
  const lines = texts.flatMap((text) => text.split(/\r?\n/).map((line) => line.trim()));
  return [...new Set(lines)].filter((line) => known.has(markOf(line)));
}

const markOf = (line: string): string => checkIdOf(line).padStart(MARK_CHARACTERS, '0');

/** The draft as it stands, taken over by whoever taps. */
export function draftedStatement(
  draft: ProblemDraft,
): Extract<IncidentCommand, { type: 'state-problem' }> {
  return {
    type: 'state-problem',
    symptoms: draft.symptoms.join('\n'),
    affected: draft.affected.join('\n'),
    startedAtMs: draft.start?.fromMs ?? null,
    recentChanges: draft.recentChanges.join('\n'),
    drafted: linesOf(draft),
  };
}

/** Those reported to the incident, then those that show when it began; what only rings along, not. */
function tellingAlarms({ alarms, evidence, ranking }: IncidentState): readonly Alarm[] {
  const reported = alarms.map(({ firing }) => reportedAlarm(firing));
  const read = evidence.findLast((row) => row.kind === 'alarms')?.alarms ?? [];
  const telling = (ranking?.onset?.alarms ?? []).flatMap(
    ({ name }) => read.find((alarm) => alarm.name === name) ?? [],
  );
  const others = telling.filter((alarm) => !reported.some((row) => isSameAlarm(row, alarm)));
  return [...reported, ...others];
}

function alarmWords(alarms: readonly Alarm[]): readonly string[] {
  const hidden = alarms.length - LIMITS.alarmsMax;
  return [
    ...alarms.slice(0, LIMITS.alarmsMax).map(alarmLine),
    ...(hidden > 0 ? [`And ${hidden} more ${hidden === 1 ? 'alarm' : 'alarms'}.`] : []),
  ];
}

/** What stays true when the alarm goes back to OK. */
function alarmLine(alarm: Alarm): string {
  const { name, transitionedAtMs, region } = alarm;
  const fired = transitionedAtMs === null ? '' : ` fired ${utcWords(transitionedAtMs)}`;
  return oneLine(`Alarm ${quoteShortly(name)}${fired}, ${region}: ${measuredWords(alarm)}.`);
}

function measuredWords({ metric, threshold, comparison, stateReason }: Alarm): string {
  if (metric === null) return cutText(stateReason, LIMITS.nameCharactersMax) || 'in ALARM';
  const limit = thresholdOf(comparison, threshold);
  return limit === null ? `${metric} is not as usual` : `${metric} ${limit.words} ${limit.value}`;
}

function startWords({ fromMs, toMs }: KnownStart): string {
  const until = toMs === null || toMs <= fromMs ? 'or earlier' : `to ${utcClock(toMs)}`;
  return `First bad datapoint: ${utcWords(fromMs)} ${until}.`;
}

function affectedWords(alarms: readonly Alarm[]): readonly string[] {
  const names = alarms.flatMap(({ dimensions }) =>
    dimensions.map(({ name, value }) => `${name} ${cutText(value, LIMITS.nameCharactersMax)}`),
  );
  const unique = [...new Set(names)].slice(0, LIMITS.dimensionsMax);
  const regions = [...new Set(alarms.map(({ region }) => region))];
  const accounts = [...new Set(alarms.flatMap(({ accountId }) => accountId ?? []))];
  if (alarms.length === 0) return [];
  const what = unique.length === 0 ? 'What the alarms watch' : listWords(unique);
  const where = accounts.length === 0 ? '' : `, account ${listWords(accounts)}`;
  return [oneLine(`${what}, in ${listWords(regions)}${where}.`)];
}

/** What AWS recorded, as far as it may explain it. */
function causeWords({ ranking, hypotheses }: IncidentState): readonly string[] {
  const out = new Set(
    hypotheses.flatMap(({ status, hypothesisId }) => (status === 'eliminated' ? hypothesisId : [])),
  );
  return (ranking?.causes ?? [])
    .filter(({ cause, causeId }) => cause.kind === 'change' && !out.has(causeId))
    .filter(({ assessment }) => assessment.likelihood !== 'unlikely')
    .slice(0, LIMITS.causesMax)
    .map(({ statement }) => oneLine(statement));
}

function answerWords({ evidence }: IncidentState): readonly string[] {
  return evidence
    .flatMap((row) => (row.kind === 'statement' && row.answer !== null ? [row] : []))
    .slice(-LIMITS.answersMax)
    .map((row) => {
      const call = row.records[0];
      const what = call === undefined ? '' : `, asked about ${normaliseEventName(call.eventName)},`;
      const comment = row.answer?.comment ?? null;
      const said = comment === null ? '' : `: ${quoteShortly(comment)}`;
      return oneLine(`${row.recordedAs}${what} ${saidWords(row)}${said}.`);
    });
}

/** Names in it were chosen by others: none may begin a line of its own. */
function oneLine(text: string): string {
  return cutText(showHidden(text).replace(/\s+/gu, ' ').trim(), LIMITS.lineCharactersMax);
}
