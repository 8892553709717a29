import type { Alarm } from '../alarm/alarm.ts';
import { symptomsOf } from '../investigation/symptom.ts';
import type { AlarmPattern } from './playbook.ts';

/** `*` stands for any characters; upper and lower case are the same. */
export function fitsGlob(text: string, glob: string): boolean {
  const [first = '', ...rest] = glob.toLowerCase().split('*');
  const lower = text.toLowerCase();
  if (!lower.startsWith(first)) return false;
  const last = rest.pop();
  if (last === undefined) return lower === first;
  let at = first.length;
  for (const part of rest) {
    const found = lower.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return lower.length - last.length >= at && lower.endsWith(last);
}

/** Whether the alarm is of that kind, whatever its state. A composite one has only a symptom. */
export function fitsPattern(alarm: Alarm, pattern: AlarmPattern): boolean {
  const { namespace, metric, symptom } = pattern;
  return (
    (namespace === null || fitsGlob(alarm.namespace ?? '', namespace)) &&
    (metric === null || fitsGlob(alarm.metric ?? '', metric)) &&
    (symptom === null || (alarm.kind === 'metric' && symptomsOf(alarm).includes(symptom)))
  );
}
