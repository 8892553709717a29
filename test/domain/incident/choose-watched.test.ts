import { describe, expect, test } from 'vitest';
import { chooseWatched } from '../../../src/domain/incident/choose-watched.ts';
import type { Evidence } from '../../../src/domain/incident/evidence.ts';
import type { RankedOnset } from '../../../src/domain/incident/ranking.ts';
import type { IncidentState } from '../../../src/domain/incident/state.ts';
import { alarmsToWatch } from '../../../src/domain/incident/watch.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { anAlarmChange } from '../../support/alarm-builders.ts';
import { fullIncident } from '../../support/full-incident.ts';
import { ana, stateOf } from '../../support/incident-builders.ts';
import { aRanking } from '../../support/ranking-builders.ts';

type Alarms = Extract<Evidence, { kind: 'alarms' }>;

const full = stateOf(fullIncident());
const place = { accountId: '111122223333', region: 'eu-west-1' };

/** All of these were in ALARM when it was gathered; nobody named one. */
function seenAlarming(...names: readonly string[]): IncidentState {
  const evidence = full.evidence
    .filter((row): row is Alarms => row.kind === 'alarms')
    .map((row) => ({
      ...row,
      alarms: names.flatMap((name) =>
        row.alarms.map((alarm) => ({ ...alarm, name: untrusted(name) })),
      ),
    }));
  return { ...full, evidence, alarmNames: [] };
}

function ranked(state: IncidentState, onset: Partial<RankedOnset>): IncidentState {
  const told = {
    earliestMs: 0,
    latestMs: 0,
    spreadToMs: null,
    alarms: [],
    flapping: [],
    stale: [],
    ...onset,
  };
  return { ...state, ranking: aRanking({ onset: told }) };
}

const telling = (name: string) => ({ name: untrusted(name), breachedFromMs: 0 });
const namesOf = (state: IncidentState) => alarmsToWatch(state).map(({ name }) => name);
const leftOut = (state: IncidentState) =>
  chooseWatched(state, []).leftOut.map(({ alarm, why }) => [alarm.name, why]);

describe('which alarms are watched', () => {
  test('are those that tell when it began, and the others are told with the reason', () => {
    const state = ranked(seenAlarming('5xx', 'old', 'flaps', 'other'), {
      alarms: [telling('5xx')],
      flapping: [untrusted('flaps')],
      stale: [untrusted('old')],
    });

    expect(namesOf(state)).toEqual(['5xx']);
    expect(leftOut(state)).toEqual([
      ['old', 'stale'],
      ['flaps', 'flapping'],
      ['other', 'unrelated'],
    ]);
  });

  test('are all in ALARM where nothing tells when it began', () => {
    const state = { ...seenAlarming('5xx', 'other'), ranking: null };

    expect(namesOf(state)).toEqual(['5xx', 'other']);
    expect(leftOut(state)).toEqual([]);
  });

  test('are also those that people named and that opened it, whatever else is said of them', () => {
    const firing = anAlarmChange({ name: untrusted('opened') });
    const state = ranked(
      {
        ...seenAlarming('5xx', 'named'),
        alarmNames: ['named', 'opened'],
        alarms: [{ firing, firingCount: 1, clearedAtMs: null, hasJoined: false }],
      },
      { alarms: [telling('5xx')], stale: [untrusted('named')], flapping: [untrusted('opened')] },
    );

    expect(namesOf(state)).toEqual(['opened', '5xx', 'named']);
  });

  test('are not those that joined but go on and off, nor those that people took out', () => {
    const joined = anAlarmChange({ name: untrusted('joined') });
    const state = ranked(
      {
        ...seenAlarming('5xx', 'out'),
        alarmNames: ['joined'],
        alarms: [{ firing: joined, firingCount: 1, clearedAtMs: null, hasJoined: true }],
        separated: [
          { alarm: { ...place, name: untrusted('out') }, intoId: 'RT-2', by: ana, atMs: 0 },
        ],
      },
      { alarms: [telling('5xx'), telling('out')], flapping: [untrusted('joined')] },
    );

    expect(namesOf(state)).toEqual(['5xx']);
    expect(leftOut(state)).toEqual([
      ['joined', 'flapping'],
      ['out', 'separated'],
    ]);
  });
});
