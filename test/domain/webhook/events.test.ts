import { describe, expect, it } from 'vitest';
import { UNDECIDED } from '../../../src/domain/incident/incident-alarms.ts';
import { webhookEventsBetween } from '../../../src/domain/webhook/events.ts';
import { OPENED_AT_MS } from '../../support/incident-builders.ts';
import { anIncidentState } from '../../support/store-builders.ts';

const open = anIncidentState();
const closed = anIncidentState({ status: 'closed' });
const publication = { ofVersion: 9, permalink: null, canvasLink: null, atMs: OPENED_AT_MS };
const published = anIncidentState({ status: 'closed', publication });
const by = { kind: 'bot' } as const;
const reopened = anIncidentState({ reopenings: [{ reason: 'Again.', by, atMs: OPENED_AT_MS }] });
const edit = { section: 'lessons', text: 'Ours.', revision: 1, by, atMs: OPENED_AT_MS } as const;
const edited = anIncidentState({ status: 'closed', edits: [edit] });
const remarks = { effectiveness: '', efficiency: '', cost: '', quality: '', safety: 'Good.' };
const evaluated = anIncidentState({
  status: 'closed',
  evaluation: { ...remarks, revision: 1, by, atMs: OPENED_AT_MS },
});
const declined = { ...UNDECIDED, verdict: 'declined' } as const;
const accepted = { ...UNDECIDED, verdict: 'accepted' } as const;
const merged = { ...UNDECIDED, verdict: 'merged' } as const;

describe('what receivers are told', () => {
  it.each([
    ['an opening', null, open, ['opened']],
    ['nothing of what else happens', open, open, []],
    ['a closing', open, closed, ['closed']],
    ['nothing of what happens after it', closed, closed, []],
    ['a reopening', closed, reopened, ['reopened']],
    ['an edit of the document', closed, edited, ['document-edited']],
    ['an evaluation of the process', closed, evaluated, ['document-edited']],
    ['a document', closed, published, ['document']],
    ['nothing of one that was told', published, published, []],
  ])('is %s', (_what, before, after, expected) => {
    expect(webhookEventsBetween(before, after)).toEqual(expected);
  });

  it('is a second document when it was published again', () => {
    const again = { ...publication, atMs: OPENED_AT_MS + 1 };
    const after = anIncidentState({ status: 'closed', publication: again });
    expect(webhookEventsBetween(published, after)).toEqual(['document']);
  });

  it('is that an alarm’s incident opened when somebody takes it for one', () => {
    const proposed = anIncidentState({ proposal: UNDECIDED });
    expect(webhookEventsBetween(null, proposed)).toEqual([]);
    expect(webhookEventsBetween(proposed, anIncidentState({ proposal: accepted }))).toEqual([
      'opened',
    ]);
  });

  it.each([
    ['is no incident', anIncidentState({ proposal: declined })],
    ['was merged', anIncidentState({ proposal: merged })],
    ['is practice', anIncidentState({ isDrill: true })],
  ])('is nothing about what %s', (_what, opened) => {
    const ended = { ...opened, status: 'closed', publication } as const;
    expect(webhookEventsBetween(null, opened)).toEqual([]);
    expect(webhookEventsBetween(opened, ended)).toEqual([]);
  });
});
