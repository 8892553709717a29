import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { NO_DURATIONS } from '../../src/domain/incident/durations.ts';
import type { IncidentEvent, IncidentEventType } from '../../src/domain/incident/events.ts';
import { UNDECIDED } from '../../src/domain/incident/incident-alarms.ts';
import { NO_MOMENTS } from '../../src/domain/incident/moments.ts';
import { untrusted } from '../../src/domain/untrusted.ts';
import type { Work, WorkKind } from '../../src/ports.ts';
import { STORED_FORMAT } from '../../src/store/codec/decode.ts';
import { recordedEventSchema } from '../../src/store/codec/events.ts';
import { inquirySchema } from '../../src/store/codec/inquiry.ts';
import { workSchema } from '../../src/store/codec/records.ts';
import { incidentStateSchema } from '../../src/store/codec/state.ts';
import {
  eventCodec,
  inquiryCodec,
  stateCodec,
  summaryCodec,
  workCodec,
} from '../../src/store/codec.ts';
import { summarize } from '../../src/store/summarize.ts';
import {
  anIncidentState,
  anInquiry,
  aRecordedEvent,
  OPENED_AT_MS,
} from '../support/store-builders.ts';
import { EVERY_EVENT } from './support/every-event.ts';
import { EVERY_EVIDENCE } from './support/every-evidence.ts';

const KEPT_EVENTS = readFileSync(new URL('data/events-v1.jsonl', import.meta.url), 'utf8');

const newer = (place: string) =>
  expect.objectContaining({
    code: 'store-newer',
    message: expect.stringMatching(
      new RegExp(`^This was written by a newer version of Redthread; nothing.*\\(${place}\\)$`),
    ),
  });

describe('events', () => {
  const cases = Object.entries(EVERY_EVENT) as [IncidentEventType, IncidentEvent][];

  it.each(cases)('of type %s come back as they were written', (_type, event) => {
    const recorded = aRecordedEvent({ event });
    expect(eventCodec.decode(eventCodec.encode(recorded), 'key')).toEqual(recorded);
  });

  it('written by version 1 can still be read, all of them', () => {
    const lines = KEPT_EVENTS.trimEnd().split('\n');
    const types = lines.map((line) => eventCodec.decode(line, 'data/events-v1.jsonl').event.type);
    expect([...new Set(types)].sort()).toEqual(Object.keys(EVERY_EVENT).sort());
  });

  it('hold no issued key where a record is older than that field', () => {
    const line = KEPT_EVENTS.split('\n').find((text) => text.includes('"kind":"changes"')) ?? '';
    expect(line).not.toContain('mintedAccessKeyId');
    expect(eventCodec.decode(line, 'data/events-v1.jsonl').event).toMatchObject({
      evidence: { records: [{ mintedAccessKeyId: null }] },
    });
  });

  it('hold alarms without children and contributors where a record is older than these', () => {
    const evidence = EVERY_EVIDENCE.alarms;
    const event = { type: 'evidence-recorded', evidence } as const;
    const later = new Set(['children', 'contributors']);
    const text = eventCodec.encode(aRecordedEvent({ event }));
    const older = JSON.stringify(
      JSON.parse(text, (key, value) => (later.has(key) ? undefined : value)),
    );
    expect(older).not.toContain('contributors');
    expect(eventCodec.decode(older, 'key').event).toMatchObject({
      evidence: { alarms: [{ children: [], contributors: [] }] },
    });
  });

  it('may carry fields that a later version added', () => {
    const text = eventCodec.encode(aRecordedEvent()).replace('{', '{"addedLater":1,');
    expect(eventCodec.decode(text, 'key')).toEqual(aRecordedEvent());
  });
});

describe('states', () => {
  it('come back as they were written, with every kind of evidence', () => {
    const state = anIncidentState({
      evidence: Object.values(EVERY_EVIDENCE),
      status: 'closed',
      step: 'document',
    });
    expect(stateCodec.decode(stateCodec.encode(state), 'key')).toEqual(state);
  });

  it('come back with the checks that people ticked, and without any where they are older', () => {
    const tick = { text: 'Open the page.', by: { kind: 'bot' }, atMs: OPENED_AT_MS } as const;
    const text = stateCodec.encode(anIncidentState({ checks: [tick] }));
    expect(stateCodec.decode(text, 'key').checks).toEqual([tick]);
    const { checks: _later, ...older } = JSON.parse(text);
    expect(stateCodec.decode(JSON.stringify(older), 'key')).toEqual(anIncidentState());
  });
});

describe('what a newer version wrote', () => {
  const state = stateCodec.encode(anIncidentState({ evidence: Object.values(EVERY_EVIDENCE) }));
  const work = workCodec.encode({ kind: 'render', incidentId: 'RT-1', replyUrl: null });
  const later = (text: string) => text.replace(/"format":\d+/, '"format":999');

  it.each([
    ['a state of the incident', stateCodec, state.replace('"open"', '"paused"'), 'key, at status'],
    ['more in a state', stateCodec, later(state), 'key, at format'],
    ['a kind of work', workCodec, work.replace('render', 'sing'), 'key, at kind'],
    ['more in work', workCodec, later(work), 'key, at format'],
    ['more in a question', inquiryCodec, later(inquiryCodec.encode(anInquiry())), 'key, at format'],
  ])('is told apart from what is damaged: %s', (_what, codec, text, place) => {
    expect(() => codec.decode(text, 'key')).toThrow(newer(place));
  });

  it('is known by its format, which is raised (STORED_FORMAT) with each change of these schemas', () => {
    const schemas = [recordedEventSchema, incidentStateSchema, workSchema, inquirySchema];
    const text = schemas.map((schema) =>
      JSON.stringify(z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' })),
    );
    const fingerprint = createHash('sha256').update(text.join()).digest('hex').slice(0, 16);
    expect({ format: STORED_FORMAT, fingerprint }).toEqual({
      format: 2,
      fingerprint: 'a0e3a9e9394e0596',
    });
  });
});

describe('summaries', () => {
  it('say nothing about times and count where a record is older than figures', () => {
    const summary = summarize(anIncidentState({ moments: { ...NO_MOMENTS, openedAtMs: 1 } }));
    const later = new Set([
      'openedById',
      'playbookTitle',
      'causeClass',
      'durations',
      'isCounted',
      'isDrill',
    ]);
    const older = JSON.stringify(summary, (key, value) => (later.has(key) ? undefined : value));

    expect(summaryCodec.decode(older, 'key')).toEqual({
      ...summary,
      openedById: null,
      durations: NO_DURATIONS,
    });
  });

  it('come back as they were written', () => {
    const moments = { ...NO_MOMENTS, startedAtMs: 1, openedAtMs: 3, verifiedAtMs: 9 };
    const summary = summarize(anIncidentState({ moments }));

    expect(summary.durations).toMatchObject({ detect: 2, resolve: 8, isolate: null });
    expect(summaryCodec.decode(summaryCodec.encode(summary), 'key')).toEqual(summary);
  });

  it('of drills count in no figure', () => {
    expect(summarize(anIncidentState({ isDrill: true }))).toMatchObject({
      isDrill: true,
      isCounted: false,
    });
  });

  it('of what people declined or never looked at count in no figure', () => {
    const accepted = { ...UNDECIDED, verdict: 'accepted' } as const;
    const counted = [null, accepted, UNDECIDED, { ...UNDECIDED, verdict: 'declined' } as const].map(
      (proposal) => summarize(anIncidentState({ proposal })).isCounted,
    );

    expect(counted).toEqual([true, true, false, false]);
  });
});

describe('work', () => {
  const everyWork: Readonly<Record<WorkKind, Work>> = {
    render: { kind: 'render', incidentId: 'RT-1', replyUrl: null },
    gather: { kind: 'gather', incidentId: 'RT-1', gatheringId: 'gathering-1', look: 1 },
    graph: { kind: 'graph', incidentId: 'RT-1', gatheringId: 'gathering-1' },
    rank: { kind: 'rank', incidentId: 'RT-1', gatheringId: null, occasion: 'statement' },
    'graph-after': { kind: 'graph-after', incidentId: 'RT-1', verifiedAtMs: OPENED_AT_MS },
    'begin-window': { kind: 'begin-window', incidentId: 'RT-1', planId: 'plan-1' },
    'read-fix': { kind: 'read-fix', incidentId: 'RT-1', planId: 'plan-1', look: 1 },
    'leave-channel': { kind: 'leave-channel', incidentId: 'RT-1' },
    publish: { kind: 'publish', incidentId: 'RT-1' },
    home: { kind: 'home', userId: 'U1' },
    'send-trend': { kind: 'send-trend', userId: 'U1' },
    recall: { kind: 'recall', incidentId: 'RT-1' },
    'look-for-test': { kind: 'look-for-test', incidentId: 'RT-1', hypothesisId: 'cause-e1' },
    'withdraw-documents': {
      kind: 'withdraw-documents',
      incidentId: 'RT-1',
      untilVersion: 9,
      userId: 'U1',
    },
    'delete-old': { kind: 'delete-old' },
    nudge: { kind: 'nudge', incidentId: 'RT-1' },
    brief: { kind: 'brief', incidentId: 'RT-1', ownerId: 'U2' },
    watch: { kind: 'watch', incidentId: 'RT-1' },
    'deliver-webhook': {
      kind: 'deliver-webhook',
      incidentId: 'RT-1',
      event: 'closed',
      webhookKey: 'k1',
      ofVersion: 7,
    },
    'prepare-inquiry': {
      kind: 'prepare-inquiry',
      eventId: 'e-1',
      viewId: 'V1',
      userId: 'U1',
      channelId: 'C1',
      incidentId: null,
      askedAtMs: OPENED_AT_MS,
    },
    'pursue-inquiry': {
      kind: 'pursue-inquiry',
      inquiryId: 'e-1-u2',
      incidentId: 'RT-1',
      isOverdue: false,
    },
    'answer-trail': {
      kind: 'answer-trail',
      answerId: 'trail-1',
      page: 0,
      look: 0,
      about: 'question',
      question: 'who stopped i-0abc',
      deliver: 'to-asker',
      userId: 'U1',
      channelId: 'C1',
      threadTs: null,
      replyUrl: null,
      incidentId: null,
      askedAtMs: OPENED_AT_MS,
    },
  };

  it.each(Object.values(everyWork))('of kind $kind comes back as it was written', (work) => {
    expect(workCodec.decode(workCodec.encode(work), 'key')).toEqual(work);
  });
});

describe('a value that cannot be read', () => {
  const secret = untrusted('hunter2');
  const unreadable = [
    ['not JSON', `{"${secret}`],
    ['of another form', `{"secret":"${secret}"}`],
    ['without a field', eventCodec.encode(aRecordedEvent()).replace('"atMs"', `"${secret}"`)],
  ] as const;
  const later = [
    ['an unknown event', eventCodec.encode(aRecordedEvent()).replace('note-added', secret)],
    ['of a newer schema', eventCodec.encode(aRecordedEvent()).replace(':1', ':2')],
  ] as const;

  it.each(later)('is named by its key, without its content: %s', (_why, text) => {
    const decode = () => eventCodec.decode(text, 'events/RT-1/7');
    expect(decode).toThrow(newer('events/RT-1/7, at .*'));
    expect(decode).not.toThrow(/hunter2/);
  });

  it.each(unreadable)('is named by its key, without its content: %s', (_why, text) => {
    const decode = () => eventCodec.decode(text, 'events/RT-1/7');
    expect(decode).toThrow(expect.objectContaining({ code: 'store-corrupt' }));
    expect(decode).toThrow(/^The stored value events\/RT-1\/7 cannot be read/);
    expect(decode).not.toThrow(/hunter2/);
  });
});
