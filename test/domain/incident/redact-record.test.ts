import { describe, expect, it } from 'vitest';
import type { RecordedEvent } from '../../../src/domain/incident/events.ts';
import { foldEvents } from '../../../src/domain/incident/record.ts';
import { REDACTED, redactRecord } from '../../../src/domain/incident/redact-record.ts';
import { recordedEventSchema } from '../../../src/store/codec/events.ts';
import { EVERY_EVENT } from '../../store/support/every-event.ts';
import { EVERY_EVIDENCE } from '../../store/support/every-evidence.ts';
import { aRecordedEvent } from '../../support/store-builders.ts';

const PASSWORD = 'hunter2-correct-horse';

/** One of every type, evidence included, with an opening at the beginning. */
const LOG: readonly RecordedEvent[] = [
  ...Object.values(EVERY_EVENT),
  ...Object.values(EVERY_EVIDENCE).map((evidence) => ({
    type: 'evidence-recorded' as const,
    evidence,
  })),
].map((event, index) => aRecordedEvent({ version: index + 1, event }));

describe('taking a text out of the record', () => {
  it('replaces it wherever it stands, and counts the texts', () => {
    const note = { type: 'note-added', noteId: 'n', text: `${PASSWORD} and ${PASSWORD}!` } as const;
    const title = { type: 'title-changed', title: `It is ${PASSWORD}` } as const;
    const events = [note, title].map((event) => aRecordedEvent({ event }));
    const redacted = redactRecord(events, PASSWORD);
    expect(redacted.places).toBe(2);
    expect(redacted.events.map(({ event }) => event)).toEqual([
      { ...note, text: `${REDACTED} and ${REDACTED}!` },
      { ...title, title: `It is ${REDACTED}` },
    ]);
  });

  it('takes the text as it is, not as a pattern', () => {
    const events = [
      aRecordedEvent({ event: { type: 'note-added', noteId: 'n', text: 'p.*w$& and paaw' } }),
    ];
    const [first] = redactRecord(events, 'p.*w$&').events;
    expect(first?.event).toMatchObject({ text: `${REDACTED} and paaw` });
  });

  it('leaves alone what things are found by', () => {
    const { events, places } = redactRecord(LOG, 'hypothesis-1');
    expect(events).toEqual(LOG);
    expect(places).toBe(0);
  });

  it('takes out the id of an access key, which is what AWS wrote', () => {
    const key = { accessKeyId: 'AKIAEXAMPLE', eventId: 'AKIAEXAMPLE' };
    const events = [aRecordedEvent({ event: { type: 'note-added', ...key } as never })];
    const [first] = redactRecord(events, 'AKIAEXAMPLE').events;
    expect(first?.event).toMatchObject({ accessKeyId: REDACTED, eventId: 'AKIAEXAMPLE' });
  });

  it('reaches into lists and leaves numbers and nothing alone', () => {
    const inner = { list: ['a secret', 7, null, { deep: 'secret' }], alarmIds: ['secret'] };
    const aRow = aRecordedEvent({ event: { type: 'note-added', ...inner } as never });
    const redacted = redactRecord([aRow], 'secret');
    expect(redacted.places).toBe(2);
    expect(redacted.events).toEqual([
      {
        ...aRow,
        event: {
          type: 'note-added',
          list: [`a ${REDACTED}`, 7, null, { deep: REDACTED }],
          alarmIds: ['secret'],
        },
      },
    ]);
  });

  it.each([
    ['hypothesisId', false],
    ['planIds', false],
    ['threadTs', false],
    ['accessKeyId', true],
    ['IdOfIt', true],
    ['text', true],
  ])('under %s takes it out: %s', (key, isTaken) => {
    const aRow = aRecordedEvent({ event: { type: 'note-added', [key]: 'secret' } as never });
    expect(redactRecord([aRow], 'secret').places).toBe(isTaken ? 1 : 0);
  });

  it('leaves a record that can be read and folded, or one that is refused, whatever is taken out', () => {
    const texts = new Set(
      LOG.flatMap(({ event }) => textsIn(event)).filter((one) => one.length > 3),
    );
    const broken = [...texts].filter((one) => !isSound(redactRecord(LOG, one).events));
    // Words that the record is made of: the store refuses these, and nothing is written.
    const isWord = (one: string) => /^(sev\d|[A-Za-z]+([-_ ][A-Za-z]+)*)$/.test(one);
    expect(texts.size).toBeGreaterThan(60);
    expect(broken.filter((one) => !isWord(one))).toEqual([]);
  });
});

function isSound(events: readonly RecordedEvent[]): boolean {
  return (
    events.every((event) => recordedEventSchema.safeParse(event).success) &&
    foldEvents(events)?.version === events.length
  );
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
