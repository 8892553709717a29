import type { Alarm } from '../domain/alarm/alarm.ts';
import { isAnswered } from '../domain/coverage.ts';
import type { Playbook } from '../domain/playbook/playbook.ts';
import type { AlarmReading, AlarmSource, Asker, AwsTarget } from '../ports.ts';

/** Each costs a call. */
const ALARMS_MAX = 10;
/** The alarms themselves wait to be shown. */
const READING_MAX_MS = 5_000;

export interface TaggedAlarms {
  readonly alarms: readonly Alarm[];
  /** What could not be told, the same words wherever it was asked; links by name are there anyway. */
  readonly gaps: readonly string[];
}

/** Whether tags are worth a call and a permission. */
export function haveLinksByTag(playbooks: readonly Playbook[]): boolean {
  return playbooks.some(({ links }) => links.some(({ tags }) => tags.length > 0));
}

/** The alarms with the tags of those in ALARM, named ones first. The first trouble ends it. */
export async function readTags(
  place: { readonly source: AlarmSource; readonly target: AwsTarget; readonly asker: Asker },
  alarms: readonly Alarm[],
  { named, signal }: { readonly named: readonly string[]; readonly signal: AbortSignal },
): Promise<TaggedAlarms> {
  const { source, target, asker } = place;
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(READING_MAX_MS)]);
  const ringing = alarms
    .filter(({ state }) => state === 'ALARM')
    .toSorted((a, b) => Number(named.includes(b.name)) - Number(named.includes(a.name)));
  const tagged = new Map<Alarm, Alarm>();
  const whole = () => alarms.map((alarm) => tagged.get(alarm) ?? alarm);
  for (const alarm of ringing.slice(0, ALARMS_MAX)) {
    const reading = await source.readTags({ target, asker, alarm }, inTime);
    if (!isAnswered(reading)) return { alarms: whole(), gaps: [gapOf(reading)] };
    tagged.set(alarm, { ...alarm, tags: reading.items });
  }
  const more = ringing.length - ALARMS_MAX;
  return { alarms: whole(), gaps: more > 0 ? [`the tags of ${more} more alarms`] : [] };
}

function gapOf({ outcome, explanation }: AlarmReading<unknown>): string {
  const why =
    outcome === 'denied'
      ? 'cloudwatch:ListTagsForResource is not allowed'
      : (explanation ?? 'AWS did not answer.');
  return `runbooks and dashboards by the tags of alarms (${why})`;
}
