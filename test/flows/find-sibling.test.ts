import { describe, expect, it } from 'vitest';
import type { IncidentCommand } from '../../src/domain/incident/commands.ts';
import type { Actor } from '../../src/domain/incident/events.ts';
import { actOnIncident } from '../../src/flows/act-on-incident.ts';
import { findSibling } from '../../src/flows/find-sibling.ts';
import { anAlarmChange } from '../support/alarm-builders.ts';
import {
  ana,
  ben,
  bot,
  MINUTE_MS,
  OPENED_AT_MS,
  openCommand,
} from '../support/incident-builders.ts';
import { aFlowBench } from './flow-support.ts';

type Opening = Partial<ReturnType<typeof openCommand>>;
type Opened = readonly [atMin: number, by: Actor, facts?: Opening];

/** Opens these one after the other and says what the last one is told of. */
async function siblingOfLast(...openings: readonly Opened[]) {
  let nowMs = OPENED_AT_MS;
  const { deps, store } = await aFlowBench({ clock: { nowMs: () => nowMs } });
  const act = (incidentId: string, command: IncidentCommand, actor: Actor) =>
    actOnIncident(deps, { incidentId, command, actor, dedupeId: incidentId });
  for (const [index, [atMin, by, facts]] of openings.entries()) {
    nowMs = OPENED_AT_MS + atMin * MINUTE_MS;
    const incidentId = `RT-${index}`;
    await act(incidentId, openCommand({ ...facts, incidentId, gatheringId: `g-${index}` }), by);
  }
  const last = await store.readState(`RT-${openings.length - 1}`);
  const found = last === null ? null : await findSibling(deps, last);
  return found === null ? null : [found.state.incidentId, found.why];
}

const alarmNames = ['checkout-5xx'];
const byAlarm = { alarm: anAlarmChange(), alarmNames };

describe('whoever opens an incident hears of', () => {
  it('one about the same alarm, however old, whoever opened it', async () => {
    expect(await siblingOfLast([0, bot, byAlarm], [90, ana, { alarmNames }])).toEqual([
      'RT-0',
      'same-alarm',
    ]);
    const mine: Opened = [0, ana, { alarmNames }];
    expect(await siblingOfLast(mine, [9, ben], [9, ana, { alarmNames }])).toEqual([
      'RT-0',
      'same-alarm',
    ]);
  });

  it('one that somebody else, or an alarm, opened in the last two minutes', async () => {
    expect(await siblingOfLast([0, ben], [1, ana])).toEqual(['RT-0', 'just-now']);
    expect(await siblingOfLast([0, bot, byAlarm], [1, ana])).toEqual(['RT-0', 'just-now']);
  });

  it.each<readonly [string, Opened, Opened]>([
    ['was opened earlier', [0, ben], [3, ana]],
    ['is their own', [0, ana], [1, ana]],
    ['is in another channel', [0, ben, { channelId: 'C2', alarmNames }], [1, ana, { alarmNames }]],
    ['is practice', [0, ben, { isDrill: true, alarmNames }], [1, ana, { alarmNames }]],
    ['is real, in practice', [0, ben, { alarmNames }], [1, ana, { isDrill: true, alarmNames }]],
  ])('none that %s', async (_what, before, mine) => {
    expect(await siblingOfLast(before, mine)).toBeNull();
  });
});
