import type { RichTextSection } from '@slack/types';
import {
  type IncidentAlarm,
  isCleared,
  isUndecided,
} from '../../domain/incident/incident-alarms.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import { date, line, type Part, show } from './text.ts';
import { countOf } from './words.ts';

const ALARMS_SHOWN_MAX = 3;
const DIMENSIONS_SHOWN_MAX = 3;

const COMPARISON_WORDS: Readonly<Record<string, string>> = {
  GreaterThanThreshold: 'above',
  GreaterThanOrEqualToThreshold: 'at or above',
  LessThanThreshold: 'below',
  LessThanOrEqualToThreshold: 'at or below',
};

/** The alarms that were reported to the incident; why they fire, as long as nobody has decided. */
export function alarmLines(state: IncidentState): readonly RichTextSection[] {
  const shown = state.alarms.slice(0, ALARMS_SHOWN_MAX);
  const hidden = state.alarms.length - shown.length;
  return [
    ...shown.flatMap((alarm) => [
      line('🔔 ', show(alarm.firing.name), ' ', stateWords(alarm), metricWords(alarm)),
      ...(isUndecided(state) && !isTold(alarm) ? [line(show(alarm.firing.reason))] : []),
    ]),
    ...(hidden > 0 ? [line(`and ${countOf(hidden, 'more alarm')}`)] : []),
  ];
}

/** CloudWatch's own words are long, and say no more than metric and threshold where both are known. */
function isTold({ firing: { metric, threshold, comparison } }: IncidentAlarm): boolean {
  return metric !== null && threshold !== null && comparison !== null;
}

function stateWords(alarm: IncidentAlarm): Part {
  const { firing, firingCount, clearedAtMs } = alarm;
  const times = firingCount > 1 ? ` (${firingCount} times)` : null;
  if (isCleared(alarm) && clearedAtMs !== null) {
    return ['fired ', date(firing.atMs), times, ', OK since ', date(clearedAtMs)];
  }
  return ['in ALARM since ', date(firing.atMs), times];
}

function metricWords({ firing }: IncidentAlarm): Part {
  const { kind, namespace, metric, dimensions, threshold, comparison, region, accountId } = firing;
  const account = accountId === null ? null : `, account ${accountId}`;
  const place: Part = [` · ${region}`, account];
  if (kind === 'composite') return [place, ' · of other alarms'];
  if (metric === null) return place;
  const about = dimensions
    .slice(0, DIMENSIONS_SHOWN_MAX)
    .map(({ name, value }): Part => [` ${name} `, show(value)]);
  const how = COMPARISON_WORDS[comparison ?? ''] ?? 'with the threshold';
  const limit = threshold === null ? '' : ` ${how} ${threshold}`;
  return [place, ` · ${namespace ?? ''} ${metric}${limit}`, about];
}
