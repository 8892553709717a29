import { describe, expect, it } from 'vitest';
import type { IncidentDocument } from '../../../src/domain/incident/document.ts';
import { createMarkdownVoice, headedText } from '../../../src/domain/incident/markdown-voice.ts';
import { watchBlocks } from '../../../src/domain/incident/markdown-watch.ts';
import type { Watch, WatchOutcome } from '../../../src/domain/incident/watch.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';

const NOBODY = { names: {} } as IncidentDocument;
const voice = createMarkdownVoice(NOBODY);
const place = { accountId: '111122223333', region: 'eu-west-1' };

function watched(outcome: WatchOutcome, changes: Partial<Watch> = {}): readonly string[] {
  const name = untrusted('checkout-5xx');
  const sinceMs = Date.UTC(2026, 9, 14, 11, 15, 23);
  const alarms = [
    { ...place, name, state: 'OK', sinceMs, wasOk: true, reconfiguredAtMs: null },
  ] as const;
  const watch = {
    startedAtMs: 0,
    agreedMs: 15 * 60_000,
    alarms,
    unread: [],
    outcome,
    trouble: null,
    ...changes,
  };
  return watchBlocks({ ...NOBODY, watch }, voice);
}

describe('the watched alarms in the document', () => {
  it.each([
    ['quiet', 'All stayed OK for 15 min.'],
    ['fired', 'One went off again.'],
    ['watching', 'They were to stay OK for 15 min; that was not seen to its end.'],
  ] as const)('say when each was well again, and how the watch ended: %s', (outcome, words) => {
    expect(watched(outcome)).toEqual([
      `**Alarms that were watched:** ${words}`,
      '- checkout-5xx (eu-west-1): OK since 2026-10-14 11:15:23 UTC',
    ]);
  });

  it('say what could not be read, and why', () => {
    const unread = ['checkout-5xx', 'bills'].map((name) => ({ ...place, name: untrusted(name) }));

    expect(watched('watching', { unread, trouble: 'CloudWatch did not answer.' }).slice(1)).toEqual(
      [
        [
          '- checkout-5xx (eu-west-1): OK since 2026-10-14 11:15:23 UTC, not read at the last look',
          '- bills (eu-west-1): could not be read',
        ].join('\n'),
        'At the last look: CloudWatch did not answer.',
      ],
    );
  });

  it('say of an alarm whose rule was changed meanwhile that OK may mean only that', () => {
    const name = untrusted('checkout-5xx');
    const sinceMs = Date.UTC(2026, 9, 14, 11, 15, 23);
    const alarms = [
      { ...place, name, state: 'OK', sinceMs, wasOk: true, reconfiguredAtMs: sinceMs - 60_000 },
    ] as const;

    expect(watched('quiet', { alarms })[1]).toBe(
      '- checkout-5xx (eu-west-1): OK since 2026-10-14 11:15:23 UTC. It was reconfigured at 2026-10-14 11:14:23 UTC: OK may mean only that its rule changed.',
    );
  });

  it('are left out where none was watched', () => {
    expect(watchBlocks({ ...NOBODY, watch: null }, voice)).toEqual([]);
  });
});

describe('a heading with what people wrote', () => {
  it('says it when it is short, and leaves a long text whole below', () => {
    const long = 'Start it again. '.repeat(10).trim();

    expect(headedText('Plan 1', 'Start it again.', voice)).toEqual(['### Plan 1: Start it again.']);
    expect(headedText('Plan 1', long, voice)).toEqual(['### Plan 1', `> ${long}`]);
  });
});
