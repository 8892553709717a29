import type { Alarm } from '../alarm/alarm.ts';
import { type Coverage, isAnswered } from '../coverage.ts';
import type { Evidence } from '../incident/evidence.ts';
import type { IncidentState } from '../incident/state.ts';
import type { ChangeClass } from '../investigation/change-class.ts';
import { classifyChange } from '../investigation/classify-change.ts';
import { lagWords } from '../investigation/lag.ts';
import { quoteShortly } from '../text/cut-text.ts';
import { listSome, listWords } from '../text/list-words.ts';
import { foldBursts } from '../trail/bursts.ts';
import { describeBurst } from '../trail/describe-burst.ts';
import { eachOnce } from '../trail/newest-first.ts';
import { describeQuery } from '../trail/query/describe-query.ts';
import { parseQuery } from '../trail/query/parse-query.ts';
import { fitsGlob, fitsPattern } from './fits-pattern.ts';
import type { AlarmPattern, Check, Playbook } from './playbook.ts';

export type CheckStatus = 'found' | 'nothing' | 'not-yet' | 'for-people';

/** What came of one check of step 2, as far as the evidence on record tells. */
export interface CheckResult {
  readonly check: Check;
  readonly status: CheckStatus;
  /** Null for what people do. Names in it were chosen by others. */
  readonly sentence: string | null;
  /** What `/trail` has to be asked, with the resource in its place; null: nothing is left to ask. */
  readonly question: string | null;
}

const NAMES_TOLD_MAX = 3;
const CHANGES_TOLD_MAX = 2;

type Answer = Omit<CheckResult, 'check'>;

const answer = (
  status: CheckStatus,
  sentence: string | null,
  question: string | null = null,
): Answer => ({ status, sentence, question });

/** Each check of the playbook with its result, in the order of the playbook. */
export function checkResults(state: IncidentState, { checks }: Playbook): readonly CheckResult[] {
  return checks.map((check) => ({ check, ...answerOf(state, check) }));
}

function answerOf(state: IncidentState, check: Check): Answer {
  switch (check.kind) {
    case 'alarms':
      return alarmAnswer(state, check.patterns);
    case 'metric':
      return metricAnswer(state, check);
    case 'changes':
      return changeAnswer(state, check.classes);
    case 'trail':
      return trailAnswer(state, check.question);
    case 'people':
      return answer('for-people', null);
  }
}

type EvidenceOf<K extends Evidence['kind']> = Extract<Evidence, { kind: K }>;

function evidenceOf<K extends Evidence['kind']>(
  state: IncidentState,
  kind: K,
): readonly EvidenceOf<K>[] {
  return state.evidence.filter((row): row is EvidenceOf<K> => row.kind === kind);
}

function alarmAnswer(state: IncidentState, patterns: readonly AlarmPattern[]): Answer {
  const latest = evidenceOf(state, 'alarms').at(-1);
  if (latest === undefined) return answer('not-yet', 'Not read yet.');
  const ringing = latest.alarms.filter(
    (alarm) => alarm.state === 'ALARM' && patterns.some((pattern) => fitsPattern(alarm, pattern)),
  );
  if (ringing.length > 0) return answer('found', `In ALARM: ${alarmNames(ringing)}.`);
  const unread = unreadWords(latest.coverage);
  if (unread !== null) return answer('not-yet', `None is known to be in ALARM, but ${unread}.`);
  return answer('nothing', 'None is in ALARM. There may be none that watches it.');
}

function metricAnswer(
  state: IncidentState,
  { namespace, metric }: Extract<Check, { kind: 'metric' }>,
): Answer {
  const latest = evidenceOf(state, 'alarms').at(-1);
  if (latest === undefined) return answer('not-yet', 'Not read yet.');
  const watching = latest.alarms.filter(
    (alarm) =>
      fitsGlob(alarm.metric ?? '', metric) &&
      (namespace === null || fitsGlob(alarm.namespace ?? '', namespace)),
  );
  const [first] = watching.toSorted((a, b) => ALARM_ORDER[a.state] - ALARM_ORDER[b.state]);
  if (first === undefined) {
    return answer('not-yet', 'No alarm that was read watches it: look at its graph in CloudWatch.');
  }
  const status = first.state === 'ALARM' ? 'found' : 'nothing';
  return answer(
    status,
    `${quoteShortly(first.name)} watches it and is ${STATE_WORDS[first.state]}.`,
  );
}

const ALARM_ORDER = { ALARM: 0, INSUFFICIENT_DATA: 1, OK: 2 } as const;
const STATE_WORDS = {
  ALARM: 'in ALARM',
  INSUFFICIENT_DATA: 'without data',
  OK: 'OK',
} as const satisfies Record<Alarm['state'], string>;

/** Ranked causes first: there it is known that they came before the trouble, and how well they fit. */
function changeAnswer(state: IncidentState, classes: readonly ChangeClass[]): Answer {
  const ranked = (state.ranking?.causes ?? []).filter(
    ({ cause }) => cause.kind === 'change' && classes.includes(cause.changeClass),
  );
  if (ranked.length > 0) {
    const told = ranked.slice(0, CHANGES_TOLD_MAX).map(({ statement }) => statement);
    return answer('found', [...told, ...moreThan(ranked.length, CHANGES_TOLD_MAX)].join(' '));
  }
  // What was done about it is no cause of it.
  const rows = evidenceOf(state, 'changes').filter(({ fix }) => fix === undefined);
  if (rows.length === 0) return answer('not-yet', 'Not read yet.');
  const records = eachOnce(rows.flatMap((row) => row.records));
  const { untilMs, what } = beginningOf(state);
  const fitting = records.filter(
    (record) =>
      record.atMs <= untilMs &&
      record.errorCode === null &&
      classes.includes(classifyChange(record).changeClass),
  );
  if (fitting.length === 0) return noChange(rows);
  const bursts = foldBursts(fitting);
  const told = bursts
    .slice(0, CHANGES_TOLD_MAX)
    .map((burst) => `${describeBurst(burst)}, ${lagWords(untilMs - burst.toMs)} ${what}.`);
  return answer('found', [...told, ...moreThan(bursts.length, CHANGES_TOLD_MAX)].join(' '));
}

/** Only what came before it can be its cause; where nobody knows when it began, before it was seen. */
function beginningOf({ ranking, startedAtMs, openedAtMs }: IncidentState) {
  const knownMs = ranking?.onset?.latestMs ?? startedAtMs;
  return knownMs === null
    ? { untilMs: openedAtMs, what: 'the incident was opened' }
    : { untilMs: knownMs, what: 'it began' };
}

/** "None" is said only of what was read, and of what is kept of it. */
function noChange(rows: readonly EvidenceOf<'changes'>[]): Answer {
  const unread = rows.map(({ coverage }) => unreadWords(coverage)).find((words) => words !== null);
  if (unread !== undefined) return answer('not-yet', `None so far, but ${unread}.`);
  const cut = rows.find(({ coverage, records }) => coverage.recordCount > records.length);
  if (cut !== undefined) {
    const counts = `${cut.records.length} changes kept here, of ${cut.coverage.recordCount} found`;
    return answer('not-yet', `None among the ${counts}.`);
  }
  const isLate = rows.some(({ coverage }) => coverage.mayStillArriveAfterMs !== null);
  const late = isLate ? ' The latest changes may still arrive.' : '';
  return answer('nothing', `None before it began, in what CloudTrail shows.${late}`);
}

const RESOURCE_PLACE = '{resource}';

/** Puts the resource in question into a `/trail` question that leaves its place open. */
export function withResource(question: string, resource: string): string {
  return question.replaceAll(RESOURCE_PLACE, () => resource);
}

function trailAnswer(state: IncidentState, template: string): Answer {
  const resource = resourceInQuestion(state);
  if (resource === undefined && template.includes(RESOURCE_PLACE)) {
    return answer('not-yet', 'Name the component first: one name, id or ARN.');
  }
  const question = withResource(template, resource ?? '');
  const asked = evidenceOf(state, 'lookup').findLast((row) => answers(row, question));
  if (asked === undefined) return answer('not-yet', `Not asked yet: /trail ${question}.`, question);
  const { recordCount: count, mayStillArriveAfterMs } = asked.coverage;
  if (count > 0) return answer('found', `${count === 1 ? 'One call' : `${count} calls`} attached.`);
  const unread = unreadWords(asked.coverage);
  if (unread !== null) return answer('not-yet', `Nothing so far, but ${unread}.`, question);
  const late = mayStillArriveAfterMs === null ? '' : ' The latest calls may still arrive.';
  return answer('nothing', `Nothing was found in what was searched.${late}`);
}

/**
 * What people named last goes before what was given at the opening; a component that is one word is
 * taken for a name.
 */
function resourceInQuestion({ resources, isolation }: IncidentState): string | undefined {
  const component = isolation?.component.trim() ?? '';
  return /^\S+$/.test(component) ? component : resources[0];
}

/** An answer is kept with how its question was understood; its window stands in the coverage. */
function answers({ question, coverage }: EvidenceOf<'lookup'>, wanted: string): boolean {
  const read = parseQuery(wanted, {
    nowMs: coverage.toMs,
    timeZone: 'UTC',
    meaning: 'past',
    lookbackMaxMs: null,
  });
  return (
    read.kind === 'query' &&
    describeQuery(read.query) === question &&
    coverage.fromMs <= read.query.fromMs
  );
}

/** "eu-west-1 could not be read"; null when everything was. */
function unreadWords({ targets }: Coverage): string | null {
  const unread = targets.filter((target) => !isAnswered(target) || target.truncated);
  if (unread.length === 0) return null;
  const regions = [...new Set(unread.map(({ region }) => region))];
  return `${listWords(regions.slice(0, NAMES_TOLD_MAX))} could not be read whole`;
}

function alarmNames(alarms: readonly Alarm[]): string {
  const names = alarms.map(({ name }) => quoteShortly(name));
  return listSome(names, NAMES_TOLD_MAX);
}

function moreThan(count: number, told: number): readonly string[] {
  return count > told ? [`And ${count - told} more.`] : [];
}
