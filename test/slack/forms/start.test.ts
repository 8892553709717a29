import { describe, expect, it } from 'vitest';
import {
  buildLoadingView,
  buildStartForm,
  parseStartForm,
} from '../../../src/slack/forms/start.ts';
import { STARTED_AT_MS } from '../../support/incident-builders.ts';
import { checkView } from '../../support/slack/check-blocks.ts';

const PLACE = {
  channelId: 'C1',
  threadTs: '1772966520.000100',
  sourcePermalink: 'https://example.slack.com/archives/C1/p1772966520000100',
};

function submit(fields: Readonly<Record<string, string>>, privateMetadata: string) {
  return parseStartForm({
    values: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, { value }])),
    privateMetadata,
    timeZone: 'UTC',
    nowMs: STARTED_AT_MS + 60_000,
  });
}

const metadataOf = (place: typeof PLACE): string =>
  buildStartForm({ place, prefill: {} }).private_metadata ?? '';

describe('the form that starts an incident', () => {
  it('is accepted by Slack, prefilled or not', () => {
    const prefill = {
      title: 'a'.repeat(5_000),
      startedAtMs: STARTED_AT_MS,
      severity: 'sev1' as const,
      alarmNames: ['b'.repeat(5_000)],
      resources: ['i-0abc'],
    };

    expect(checkView(buildStartForm({ place: PLACE, prefill }))).toEqual([]);
    expect(checkView(buildStartForm({ place: PLACE, prefill: {} }))).toEqual([]);
    expect(checkView(buildLoadingView())).toEqual([]);
  });

  it('keeps the place and reads the fields', () => {
    const result = submit(
      { title: ' Slow ', severity: 'sev2', alarms: 'a b\n\na b\nc', resources: '' },
      metadataOf(PLACE),
    );

    expect(result).toEqual({
      kind: 'fields',
      place: PLACE,
      fields: {
        title: 'Slow',
        severity: 'sev2',
        startedAtMs: null,
        alarmNames: ['a b', 'c'],
        resources: [],
      },
    });
  });

  it('says what is missing on the field', () => {
    expect(submit({ title: ' ', severity: 'sev9' }, metadataOf(PLACE))).toEqual({
      kind: 'errors',
      errors: { title: 'The title is missing.', severity: 'Choose how bad it is.' },
    });
  });

  it('refuses a form from somewhere else', () => {
    expect(submit({ title: 'Slow', severity: 'sev2' }, 'RT-7K3F9|x')).toMatchObject({
      kind: 'errors',
    });
  });

  it('goes without a link that is too long to keep', () => {
    const place = { ...PLACE, sourcePermalink: `https://x.slack.com/${'a'.repeat(5_000)}` };
    const result = submit({ title: 'Slow', severity: 'sev2' }, metadataOf(place));

    expect(result).toMatchObject({ place: { sourcePermalink: null } });
  });
});
