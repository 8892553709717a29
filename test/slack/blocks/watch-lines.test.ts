import { describe, expect, it } from 'vitest';
import type { IncidentState } from '../../../src/domain/incident/state.ts';
import type { Watch } from '../../../src/domain/incident/watch.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { watchLines } from '../../../src/slack/blocks/watch-lines.ts';
import { eventsUpTo, MINUTE_MS, stateOf } from '../../support/incident-builders.ts';
import { aRanking } from '../../support/ranking-builders.ts';

const verifying = stateOf(eventsUpTo('implement'));
const visit = verifying.visits.at(-1) ?? expect.unreachable();
const startedAtMs = visit.enteredAtMs;
const place = { accountId: '111122223333', region: 'eu-west-1' };
const ok = {
  ...place,
  name: untrusted('checkout-5xx'),
  state: 'OK',
  sinceMs: startedAtMs,
  wasOk: true,
  reconfiguredAtMs: null,
} as const;

function shown(changes: Partial<Watch>, more: Partial<IncidentState> = {}): string {
  const watch: Watch = {
    startedAtMs,
    agreedMs: 15 * MINUTE_MS,
    alarms: [ok],
    unread: [],
    outcome: 'watching',
    trouble: null,
    ...changes,
  };
  return JSON.stringify(watchLines({ ...verifying, ...more, watch }, visit));
}

describe('the watch on the card of step 6', () => {
  it('says until when, as long as all were read and are OK', () => {
    expect(shown({})).toContain('All OK; watching for 15 min, until ');
  });

  it('names what could not be read, and does not call it all OK then', () => {
    const bills = { ...place, name: untrusted('bills') };
    const text = shown({ unread: [bills, ok], trouble: 'CloudWatch did not answer.' });

    expect(text).toContain('Watching until all have stayed OK for 15 min');
    expect(text).toContain('⚠️ could not be read');
    expect(text).toContain('not read at the last look');
    expect(text).toContain('CloudWatch did not answer.');
  });

  it('says that OK may mean only that the rule was changed', () => {
    const text = shown({ alarms: [{ ...ok, reconfiguredAtMs: startedAtMs + MINUTE_MS }] });

    expect(text).toContain('OK may mean only that its rule changed');
  });

  it('names the alarms that are not watched, and why', () => {
    const alarm = { ...place, name: untrusted('old') };
    const separated = [{ alarm, intoId: 'RT-2', by: { kind: 'bot' }, atMs: 0 }] as const;
    const text = shown({ alarms: [ok, { ...ok, ...alarm }] }, { separated, ranking: aRanking() });

    expect(text).toMatch(/Not watched: .*old.* \(has an incident of its own\)/);
  });
});
