import type { RichTextSection } from '@slack/types';
import {
  type IncidentAlarm,
  isCleared,
  isUndecided,
  joinedAlarms,
} from '../../domain/incident/incident-alarms.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import { bold, date, line, type Part, show } from './text.ts';
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
  const own = state.alarms.filter(({ hasJoined }) => !hasJoined);
  const shown = own.slice(0, ALARMS_SHOWN_MAX);
  const hidden = own.length - shown.length;
  const storm = stormParts(state);
  return [
    ...shown.flatMap((alarm) => [
      line('🔔 ', show(alarm.firing.name), ' ', stateWords(alarm), metricWords(alarm)),
      ...(isUndecided(state) && !isTold(alarm) ? [line(show(alarm.firing.reason))] : []),
    ]),
    ...(hidden > 0 ? [line(`and ${countOf(hidden, 'more alarm')}`)] : []),
    ...(storm === null ? [] : [line('🔔 ', storm)]),
  ];
}

/** `7 more alarms since 02:14, 5 of them still in ALARM`; null: none joined. */
export function stormParts(state: IncidentState): Part {
  const joined = joinedAlarms(state);
  if (joined.length === 0) return null;
  const sinceMs = Math.min(...joined.map(({ firing }) => firing.atMs));
  const firing = joined.filter((alarm) => !isCleared(alarm)).length;
  const still = firing === joined.length ? 'all in ALARM' : `${firing} of them in ALARM now`;
  const now = firing === 0 ? 'all OK again' : still;
  return [
    bold(countOf(joined.length, 'more alarm')),
    ' since ',
    date(sinceMs),
    joined.length === 1 ? (firing === 1 ? ', in ALARM' : ', OK again') : `, ${now}`,
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
