import type { FilesReading } from '../aws/files/read-files.ts';
import type { Alarm, AlarmTransition } from '../domain/alarm/alarm.ts';
import type { Investigation } from '../domain/investigation/investigate.ts';
import { counted } from '../domain/text/counted.ts';
import { listWords } from '../domain/text/list-words.ts';
import { utcWords } from '../domain/text/time-words.ts';
import { isChange } from '../domain/trail/is-change.ts';
import type { TrailRecord } from '../domain/trail/record.ts';
import { gapsOf } from './file-gaps.ts';

const NAMES_MAX = 3;
/** So far ahead an alarm still counts (see `onset.ts`). */
const ALARM_SKEW_MS = 2 * 60_000;

export interface InvestigationInput {
  readonly reading: FilesReading;
  /** Of those that were read, each once. */
  readonly records: readonly TrailRecord[];
  readonly alarms: readonly Alarm[];
  /** Null where no history was given. */
  readonly transitions: readonly AlarmTransition[] | null;
  /** Alarms and changes of alarms that could not be read. */
  readonly brokenAlarmCount: number;
  readonly account: string | null;
  readonly atMs: number;
}

export interface InvestigationGaps {
  /** What was given and could not be used; each a clause. */
  readonly unused: readonly string[];
  /** What the files cannot show. */
  readonly unseen: readonly string[];
}

export function investigationGaps(
  input: InvestigationInput,
  found: Investigation,
): InvestigationGaps {
  const { reading, atMs } = input;
  const window = { fromMs: Math.min(reading.earliestMs ?? atMs, atMs), toMs: atMs };
  return {
    unused: [...unusedRecords(input), ...unusedAlarms(input)],
    unseen: [...lackingAlarms(input), ...vagueOnset(found), ...gapsOf(reading, window)],
  };
}

function unusedRecords({ reading, records, account, atMs }: InvestigationInput) {
  const { readCount, skippedCount, laterCount } = reading;
  const twice = reading.records.length - records.length;
  const elsewhere = readCount - laterCount - reading.records.length;
  const failed = records.filter(({ errorCode }) => errorCode !== null).length;
  const noChange = records.length > 0 && !records.some(isChange);
  const calls = counted(records.length, 'call');
  return [
    ...when(skippedCount, `${counted(skippedCount, 'record')} that cannot be read`),
    ...when(laterCount, `${counted(laterCount, 'call')} made after ${utcWords(atMs)}`),
    ...when(twice, `${counted(twice, 'record')} that came more than once (each counts once)`),
    ...when(elsewhere, `${counted(elsewhere, 'call')} in other accounts than ${account}`),
    ...(noChange ? [`any of ${calls} as a change: ${failed} failed, the rest only read`] : []),
  ];
}

function unusedAlarms({ alarms, transitions, brokenAlarmCount, atMs }: InvestigationInput) {
  const later = (transitions ?? []).filter((change) => change.atMs > atMs + ALARM_SKEW_MS).length;
  const ahead = alarms.filter(
    ({ state, transitionedAtMs }) =>
      state !== 'OK' && (transitionedAtMs ?? 0) > atMs + ALARM_SKEW_MS,
  );
  return [
    ...when(brokenAlarmCount, `${counted(brokenAlarmCount, 'alarm item')} that cannot be read`),
    ...when(later, `${counted(later, 'alarm change')} made after ${utcWords(atMs)}`),
    ...when(ahead.length, `the state of ${namesOf(ahead)}, set after ${utcWords(atMs)}`),
  ];
}

function lackingAlarms({ alarms, transitions }: InvestigationInput) {
  const history = transitions ?? [];
  const known = new Set<string>(alarms.map(({ name }) => name));
  const told = new Set<string>(history.map(({ alarmName }) => alarmName));
  const gone = [...told].filter((name) => !known.has(name)).map((name) => ({ name }));
  const bare = alarms.filter(({ name, state }) => state !== 'OK' && !told.has(name));
  return [
    ...(alarms.length > 0 ? [] : ['the alarms: the file holds none']),
    ...when(gone.length, `what ${namesOf(gone)} watches: only the history names it`),
    ...(transitions === null
      ? ['when alarms went off before: no history was given']
      : when(bare.length, `when ${namesOf(bare)} went off before: the history has nothing of it`)),
  ];
}

function vagueOnset({ onset }: Investigation): readonly string[] {
  const vague = (onset?.episodes ?? [])
    .filter(({ isMeasured }) => !isMeasured)
    .map(({ alarm }) => alarm);
  const words = `the datapoints of ${namesOf(vague)}: when it began is judged by the time of the alarm`;
  return when(vague.length, words);
}

function when(count: number, words: string): readonly string[] {
  return count > 0 ? [words] : [];
}

function namesOf(alarms: readonly { readonly name: string }[]): string {
  const names = alarms.slice(0, NAMES_MAX).map(({ name }) => name);
  const left = alarms.length - names.length;
  return listWords([...names, ...(left > 0 ? [`${left} more`] : [])]);
}
