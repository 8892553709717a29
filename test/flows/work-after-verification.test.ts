import { describe, expect, it } from 'vitest';
import type { IncidentEvent } from '../../src/domain/incident/events.ts';
import { workAfter } from '../../src/flows/work-after.ts';
import { anAlarmChange } from '../support/alarm-builders.ts';
import { OPENED_AT_MS } from '../support/incident-builders.ts';
import { aRanking } from '../support/ranking-builders.ts';

const context = {
  incidentId: 'RT-7K3F9',
  nowMs: OPENED_AT_MS,
  by: 'person',
  status: 'open',
  replyUrl: null,
} as const;

describe('the graphs after a solution', () => {
  it.each([
    ['it was verified', { type: 'solution-verified', finding: 'All is well.' }],
    ['it was found not to work', { type: 'verification-failed', finding: 'Still 503.' }],
  ] as const satisfies readonly (readonly [
    string,
    IncidentEvent,
  ])[])('are drawn when %s', (_what, event) => {
    const drawn = workAfter([event], context).filter(({ work }) => work.kind === 'graph-after');

    expect(drawn).toEqual([
      {
        workId: `graph-after-RT-7K3F9-${OPENED_AT_MS}`,
        dueAtMs: OPENED_AT_MS,
        work: { kind: 'graph-after', incidentId: 'RT-7K3F9', verifiedAtMs: OPENED_AT_MS },
      },
    ]);
  });
});

describe('an alarm that is reported to fire', () => {
  const firing = { type: 'alarm-changed', change: anAlarmChange(), mergedFrom: null } as const;
  const cleared = { ...firing, change: anAlarmChange({ to: 'OK' }) };
  const looks = (event: IncidentEvent, isWatched: boolean) =>
    workAfter([event], { ...context, isWatched })
      .filter(({ work }) => work.kind === 'watch')
      .map(({ workId, dueAtMs }) => [workId, dueAtMs]);

  it('is looked at once while the alarms are watched, and only then', () => {
    expect(looks(firing, true)).toEqual([['watch-RT-7K3F9', OPENED_AT_MS]]);
    expect(looks(firing, false)).toEqual([]);
    expect(looks(cleared, true)).toEqual([]);
  });
});

describe('a ranking that comes while the alarms are watched', () => {
  it('has them looked at, as it may tell which', () => {
    const event = { type: 'causes-ranked', ranking: aRanking(), moves: [] } as const;
    const kinds = (isWatched: boolean) =>
      workAfter([event], { ...context, isWatched }).map(({ work }) => work.kind);

    expect(kinds(true)).toContain('watch');
    expect(kinds(false)).not.toContain('watch');
  });
});
