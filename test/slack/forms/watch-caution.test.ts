import { describe, expect, it } from 'vitest';
import type { AlarmStateValue } from '../../../src/domain/alarm/alarm.ts';
import type { RecordedEvent } from '../../../src/domain/incident/events.ts';
import { buildTimeline } from '../../../src/domain/incident/timeline.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { FORMS } from '../../../src/slack/forms/index.ts';
import { anAlarmChange } from '../../support/alarm-builders.ts';
import {
  ana,
  bot,
  commands,
  eventsUpTo,
  MINUTE_MS,
  play,
  stateOf,
} from '../../support/incident-builders.ts';

const fixed = eventsUpTo('implement');
const FIXED_AT_MS = fixed.at(-1)?.atMs ?? 0;
const { accountId, region } = anAlarmChange();

function looked(
  state: AlarmStateValue,
  earlier = fixed,
  agreedMs = 15 * MINUTE_MS,
): readonly RecordedEvent[] {
  const alarm = { accountId, region, name: untrusted('checkout-5xx'), reconfiguredAtMs: null };
  const readings = [{ ...alarm, state, sinceMs: FIXED_AT_MS }];
  const look = { type: 'record-watch', agreedMs, readings, trouble: null } as const;
  return play([[look, bot]], earlier);
}

function shown(form: 'verified' | 'close', events: readonly RecordedEvent[]): string {
  const state = stateOf(events);
  const target = { incidentId: state.incidentId, itemId: null };
  const context = { state, target, timeZone: 'UTC', nowMs: FIXED_AT_MS, playbook: null };
  return JSON.stringify(FORMS[form].build(context).blocks);
}

describe('who says that it works, or closes the incident,', () => {
  it('is told which alarm is still in alarm, and that closing ends the watch', () => {
    const alarming = looked('ALARM');

    expect(shown('verified', alarming)).toContain(
      'checkout-5xx is still in alarm. The alarms are watched until all have stayed OK for 15 min, also while you write.',
    );
    expect(shown('close', alarming)).toContain('checkout-5xx is still in alarm. ');
    expect(shown('close', alarming)).toContain('; closing ends that.');
  });

  it('is told until when the alarms are watched', () => {
    const writing = play([[commands.verify, ana]], looked('OK'));

    expect(shown('close', writing)).toContain('The alarms are watched until 11:09:00 UTC; closing');
  });

  it('is told nothing of alarms where none is watched, or the watch has ended', () => {
    const quiet = looked('OK', fixed, 0);

    expect(stateOf(quiet).watch?.outcome).toBe('quiet');
    expect(shown('close', quiet)).not.toContain('alarms');
    expect(shown('close', fixed)).not.toContain('alarms');
    expect(shown('verified', fixed)).not.toContain('alarms');
  });

  it('sees on the timeline that closing ended the watch', () => {
    const closing = [
      [commands.verify, ana],
      [commands.document, ana],
      [commands.close, ana],
    ] as const;
    const last = (events: readonly RecordedEvent[]) =>
      buildTimeline(events).findLast(({ sentence }) => sentence.startsWith('Incident closed'));

    expect(last(play(closing, looked('OK')))?.sentence).toBe(
      'Incident closed while its alarms were still watched',
    );
    expect(last(play(closing, fixed))?.sentence).toBe('Incident closed');
  });
});
