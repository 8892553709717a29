import { describe, expect, it } from 'vitest';
import type { IncidentCommand } from '../../../src/domain/incident/commands.ts';
import type { Actor, RecordedEvent } from '../../../src/domain/incident/events.ts';
import { renderIncident } from '../../../src/slack/blocks/render-incident.ts';
import { slotsForChannel } from '../../../src/slack/blocks/slots-for-channel.ts';
import { anAlarmChange } from '../../support/alarm-builders.ts';
import {
  ana,
  bot,
  commands,
  MINUTE_MS,
  openCommand,
  play,
  stateOf,
} from '../../support/incident-builders.ts';

const close: IncidentCommand = { type: 'close-incident', reason: 'All is well' };
const raise: IncidentCommand = { type: 'change-severity', severity: 'sev1' };
const remind: IncidentCommand = { type: 'send-nudge', why: 'no-owner', talkedAtMs: null };
const decline: IncidentCommand = { type: 'decline-proposal', reason: 'A test' };
const accept: IncidentCommand = { type: 'accept-proposal' };

const byAlarm = () => play([[openCommand({ alarm: anAlarmChange() }), bot]]);
const byHand = (isDrill = false) => play([[openCommand({ isDrill }), ana]]);

/** The messages for the channel after these, seen some minutes later. */
function toldAfter(
  opened: readonly RecordedEvent[],
  steps: readonly (readonly [IncidentCommand, Actor])[],
  minutes = 1,
): readonly string[] {
  const events = play(steps, opened);
  const state = stateOf(events);
  const nowMs = (events.at(-1)?.atMs ?? 0) + minutes * MINUTE_MS;
  const slots = slotsForChannel(state, events, nowMs);
  const shown = renderIncident({ state, events, nowMs });
  return shown.filter(({ slot }) => slots.has(slot)).map(({ text }) => text);
}

describe('what the channel is shown of a thread', () => {
  it.each([
    ['that it is worse', byHand, [[raise, ana]], /now SEV1/],
    ['that it is closed', byHand, [[close, ana]], /closed/],
    [
      'that what an alarm opened and somebody accepted is closed',
      byAlarm,
      [
        [accept, ana],
        [close, ana],
      ],
      /closed/,
    ],
    ['that nobody takes what an alarm opened', byAlarm, [[remind, bot]], /nobody owns it/],
  ] as const)('is %s', (_what, opened, steps, text) => {
    expect(toldAfter(opened(), steps)).toEqual([expect.stringMatching(text)]);
  });

  it.each([
    ['a lower severity', byHand, [[{ ...raise, severity: 'sev4' }, ana]]],
    ['a reminder that calls somebody', byHand, [[remind, bot]]],
    ['the end of what was no incident', byAlarm, [[decline, ana]]],
    [
      'a step, a hypothesis or a note',
      byHand,
      [
        [commands.state, ana],
        [commands.isolate, ana],
      ],
    ],
  ] as const)('is not %s', (_what, opened, steps) => {
    expect(toldAfter(opened(), steps)).toEqual([]);
  });

  it('is nothing of a drill, and nothing that comes a quarter of an hour late', () => {
    expect(toldAfter(byHand(true), [[raise, ana]])).toEqual([]);
    expect(toldAfter(byHand(), [[raise, ana]], 16)).toEqual([]);
  });

  it('names the incident where the reminder calls nobody by name', () => {
    const events = play([[remind, bot]], byAlarm());
    const nudge = renderIncident({ state: stateOf(events), events, nowMs: 0 }).at(-1);
    expect(JSON.stringify(nudge?.conservative.blocks)).toMatch(
      /RT-7K3F9.*Checkout returns 5xx: .*Nobody owns this SEV2/,
    );
  });
});
