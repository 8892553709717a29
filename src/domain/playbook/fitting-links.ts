import type { Alarm } from '../alarm/alarm.ts';
import type { IncidentState } from '../incident/state.ts';
import { fitsGlob } from './fits-pattern.ts';
import type { Playbook, PlaybookLink } from './playbook.ts';

/** More would hide the one that is needed. */
const LINKS_SHOWN_MAX = 5;

/** Runbooks and dashboards for the alarms and resources of this incident; the special ones first. */
export function fittingLinks(state: IncidentState, { links }: Playbook): readonly PlaybookLink[] {
  const alarms = state.evidence
    .flatMap((row) => (row.kind === 'alarms' ? row.alarms : []))
    .filter(({ state: value }) => value === 'ALARM');
  const alarmNames = [...state.alarmNames, ...alarms.map(({ name }) => name)];
  const dimensions = alarms.flatMap((alarm) => alarm.dimensions.map(({ value }) => value));
  const resources = [...state.resources, ...dimensions];
  const isSpecial = (link: PlaybookLink) =>
    fitsAny(alarmNames, link.alarms) ||
    fitsAny(resources, link.resources) ||
    alarms.some((alarm) => hasTags(alarm, link));
  const isGeneral = (link: PlaybookLink) =>
    link.alarms.length + link.resources.length + link.tags.length === 0;
  return [...links.filter(isSpecial), ...links.filter(isGeneral)].slice(0, LINKS_SHOWN_MAX);
}

function hasTags({ tags: own = [] }: Alarm, { tags }: PlaybookLink): boolean {
  return (
    tags.length > 0 &&
    tags.every(({ key, value }) => own.some((tag) => tag.key === key && fitsGlob(tag.value, value)))
  );
}

function fitsAny(texts: readonly string[], globs: readonly string[]): boolean {
  return texts.some((text) => globs.some((glob) => fitsGlob(text, glob)));
}
