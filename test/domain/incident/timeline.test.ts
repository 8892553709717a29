import { describe, expect, test } from 'vitest';
import type { IncidentCommand } from '../../../src/domain/incident/commands.ts';
import { buildTimeline, type TimelineEntry } from '../../../src/domain/incident/timeline.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { aCoverage, aTrailRecord, fullIncident } from '../../support/full-incident.ts';
import {
  ana,
  bot,
  eventsUpTo,
  play,
  STARTED_AT_MS,
  STRAIGHT_PATH,
} from '../../support/incident-builders.ts';

const capture = {
  type: 'capture-message',
  channelId: 'C1',
  messageTs: '1.1',
  authorId: null,
  text: 'It began with the deployment.',
  permalink: 'https://example.slack.com/archives/C1/p11',
  writtenAtMs: STARTED_AT_MS,
} as const satisfies IncidentCommand;

/** Changes of one session in one evidence, a second apart. */
function changes(evidenceId: string, ...eventIds: readonly string[]): IncidentCommand {
  return changesBy(() => null, evidenceId, eventIds);
}

function changesBy(
  keyOf: (eventId: string) => string | null,
  evidenceId: string,
  eventIds: readonly string[],
): IncidentCommand {
  return {
    type: 'record-evidence',
    evidence: {
      evidenceId,
      gatheringId: null,
      kind: 'changes',
      coverage: aCoverage(),
      records: eventIds.map((eventId, index) =>
        aTrailRecord({
          eventId,
          accessKeyId: keyOf(eventId),
          atMs: STARTED_AT_MS - index * 1_000,
        }),
      ),
    },
  };
}

function ofKind(entries: readonly TimelineEntry[], kind: TimelineEntry['kind']) {
  return entries.filter((entry) => entry.kind === kind);
}

describe('the timeline', () => {
  test('tells the straight path in order, with our words apart from theirs', () => {
    const entries = buildTimeline(play(STRAIGHT_PATH));
    expect(entries.map((entry) => entry.sentence)).toEqual([
      'Incident opened as SEV2',
      'Step 1: Identify the problem',
      'Owner is now <@UANA>',
      'Problem stated',
      'Step 2: Isolate the cause',
      'Component in question named',
      'Step 3: Develop hypotheses',
      'Hypothesis 1 proposed (likelihood high, impact high)',
      'Test of hypothesis 1 started',
      'Step 4: Test the hypotheses',
      'Hypothesis 1 confirmed',
      'Step 5: Plan and implement the solution',
      'Solution planned for hypothesis 1 (plan 1)',
      'Plan 1 approved',
      'Plan 1 implemented',
      'Step 6: Verify the solution',
      'Solution verified',
      'Step 7: Document the findings',
      'Findings recorded',
      'Incident closed',
    ]);
    expect(entries[0]).toMatchObject({ actor: ana, detail: 'Checkout returns 5xx' });
  });

  test('puts captured messages at their own time, with link and unknown author', () => {
    const [first] = buildTimeline(play([[capture, ana]], eventsUpTo('state')));
    expect(first).toEqual({
      atMs: STARTED_AT_MS,
      actor: null,
      kind: 'message',
      sentence: 'Message by somebody unknown',
      detail: 'It began with the deployment.',
      link: 'https://example.slack.com/archives/C1/p11',
    });
  });

  test('forgets released messages and follows edits', () => {
    const captured = play([[capture, ana]], eventsUpTo('open'));
    const edited = play(
      [[{ type: 'edit-captured-message', messageTs: '1.1', text: 'No.' }, ana]],
      captured,
    );
    const released = play([[{ type: 'release-captured-message', messageTs: '1.1' }, ana]], edited);
    expect(ofKind(buildTimeline(edited), 'message')).toMatchObject([{ detail: 'No.' }]);
    expect(ofKind(buildTimeline(released), 'message')).toEqual([]);
  });

  test('shows alarms and changes at their own time, before what people did then', () => {
    const entries = buildTimeline(fullIncident());
    expect(entries.slice(0, 2)).toMatchObject([
      {
        kind: 'change',
        detail: 'clean-up-job closed a port in sg-0abc (RevokeSecurityGroupIngress; eu-west-1)',
      },
      {
        kind: 'alarm',
        sentence: 'Alarm went from OK to ALARM',
        detail: 'checkout-5xx (eu-west-1)',
      },
    ]);
  });

  test('shows a change once, however much evidence holds it, and with those around it', () => {
    const events = play(
      [
        [changes('evidence-1', 'event-1', 'event-2'), bot],
        [changes('evidence-2', 'event-1'), bot],
      ],
      eventsUpTo('open'),
    );
    expect(ofKind(buildTimeline(events), 'change')).toEqual([
      {
        atMs: STARTED_AT_MS - 1_000,
        untilMs: STARTED_AT_MS,
        actor: null,
        kind: 'change',
        sentence: 'Changes in AWS',
        detail:
          'clean-up-job closed a port in sg-0abc (RevokeSecurityGroupIngress; 2 calls; eu-west-1)',
        link: null,
      },
    ]);
  });

  test('keeps the changes nearest to the start when there are many', () => {
    const ids = Array.from({ length: 50 }, (_, index) => `event-${index}`);
    const ofManySessions = changesBy((eventId) => `KEY-${eventId}`, 'evidence-1', ids);
    const events = play([[ofManySessions, bot]], eventsUpTo('open'));
    const entries = buildTimeline(events);
    const shown = ofKind(entries, 'change');
    expect(shown).toHaveLength(20);
    expect(shown.at(-1)?.atMs).toBe(STARTED_AT_MS);
    expect(ofKind(entries, 'call')).toMatchObject([
      {
        atMs: STARTED_AT_MS - 49_000,
        untilMs: STARTED_AT_MS - 20_000,
        sentence: '30 more calls in AWS on this day: see evidence 1',
      },
    ]);
  });

  test('always tells the writes of the fix, however many changes are nearer to the start', () => {
    const ids = Array.from({ length: 50 }, (_, index) => `event-${index}`);
    const many = changesBy((eventId) => `KEY-${eventId}`, 'evidence-1', ids);
    const record = aTrailRecord({ eventId: 'fix', atMs: STARTED_AT_MS + 3_600_000 });
    const inside = [{ eventId: 'fix', because: 'resource' as const }];
    const evidence = {
      kind: 'changes',
      evidenceId: 'fix-plan-1',
      gatheringId: null,
      coverage: aCoverage(),
      records: [record],
      fix: { planId: 'plan-1', inside },
    } as const;
    const events = play(
      [
        [many, bot],
        [{ type: 'record-evidence', evidence }, bot],
      ],
      eventsUpTo('implement'),
    );
    const shown = ofKind(buildTimeline(events), 'change');
    expect(shown).toHaveLength(21);
    expect(shown.at(-1)?.atMs).toBe(record.atMs);
  });

  test('tells every call of what somebody attached: what was read and what was refused, too', () => {
    const atMs = (minutes: number) => STARTED_AT_MS + minutes * 60_000;
    const read = { readOnly: true, eventName: 'GetSecretValue' };
    const records = [
      aTrailRecord({ eventId: 'changed', atMs: atMs(2) }),
      aTrailRecord({ ...read, eventId: 'read', atMs: atMs(1) }),
      aTrailRecord({ ...read, eventId: 'refused', atMs: atMs(0), errorCode: untrusted('Denied') }),
    ];
    const evidence = {
      evidenceId: 'e',
      gatheringId: null,
      coverage: aCoverage(),
      records,
    } as const;
    const lookup = { ...evidence, kind: 'lookup', question: 'what did it do' } as const;
    const events = play([[{ type: 'record-evidence', evidence: lookup }, ana]], eventsUpTo('open'));

    const told = buildTimeline(events).filter(({ actor }) => actor === null);

    expect(told.map(({ sentence, detail }) => `${sentence}: ${detail}`)).toEqual([
      expect.stringMatching(/^Call in AWS that failed: .* tried to read .*, ended with Denied$/),
      expect.stringMatching(/^Call in AWS: .* read the value of /),
      expect.stringMatching(/^Change in AWS: .* closed a port in /),
    ]);
  });

  test('is not changed by publishing the document', () => {
    const closed = eventsUpTo('close');
    const published = play(
      [[{ type: 'record-publication', ofVersion: 9, permalink: null, canvasLink: null }, bot]],
      closed,
    );
    expect(buildTimeline(published)).toEqual(buildTimeline(closed));
  });

  test('of an empty log is empty', () => {
    expect(buildTimeline([])).toEqual([]);
  });
});
