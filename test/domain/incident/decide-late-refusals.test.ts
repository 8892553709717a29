import { describe, expect, test } from 'vitest';
import type { IncidentCommand } from '../../../src/domain/incident/commands.ts';
import type { Actor, RecordedEvent } from '../../../src/domain/incident/events.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { anAlarmChange, anAllClear } from '../../support/alarm-builders.ts';
import {
  ana,
  answer,
  ben,
  bot,
  commands,
  eventsUpTo,
  openCommand,
  play,
} from '../../support/incident-builders.ts';

type Case = readonly [
  what: string,
  events: readonly RecordedEvent[],
  command: IncidentCommand,
  code: string,
  sentence: string,
  actor?: Actor,
];

const opened = eventsUpTo('open');
const verified = eventsUpTo('verify');
const documented = eventsUpTo('document');

const byAlarm = play([
  [openCommand({ alarm: anAlarmChange(), alarmNames: ['checkout-5xx'] }), bot],
]);
const latency = anAlarmChange({ name: untrusted('checkout-latency') });
const report = (change: ReturnType<typeof anAlarmChange>, gatheringId: string | null = null) =>
  ({
    type: 'record-alarm',
    change,
    mergedFrom: null,
    gatheringId,
    gatherWindow: { fromMs: 1, toMs: 2 },
  }) as const;
const accepted = play([[{ type: 'accept-proposal' }, ana]], byAlarm);
const joined = play([[report(latency), bot]], accepted);
const separate = (alarm = latency) =>
  ({ type: 'separate-alarm', alarm, intoId: 'RT-OTHER' }) as const;
const abandon = { type: 'abandon-work', task: 'Upload', reason: 'Slack refused.' } as const;
const NOW = ' 20 s ago';

const CASES: readonly Case[] = [
  [
    'the same findings',
    documented,
    commands.document,
    'already-done',
    `These findings were already recorded by <@UANA>${NOW}.`,
  ],
  [
    'too many measures',
    verified,
    {
      ...commands.document,
      preventiveMeasures: Array.from({ length: 21 }, () => ({ text: 'x', ownerId: null })),
    },
    'too-many',
    'There are 21 preventive measures and at most 20 fit. Join some of them and try again.',
  ],
  [
    'a measure without text',
    verified,
    { ...commands.document, preventiveMeasures: [{ text: ' ', ownerId: null }] },
    'missing-text',
    'A preventive measure has no text. Write it or leave it out.',
  ],
  [
    'a measure that is a book',
    verified,
    { ...commands.document, preventiveMeasures: [{ text: 'x'.repeat(3_001), ownerId: null }] },
    'text-too-long',
    'A preventive measure is longer than 3000 characters. Shorten it and try again.',
  ],
  [
    'closing what is not complete',
    eventsUpTo('verify'),
    commands.close,
    'reason-needed',
    'Still missing: the root cause and preventive measures. Add it, or close anyway with a reason (for example "not an incident").',
  ],
  [
    'work given up twice',
    play([[abandon, bot]], opened),
    abandon,
    'already-done',
    `That this could not be done was already recorded${NOW}.`,
    bot,
  ],
  [
    'an alarm of a closed incident',
    eventsUpTo('close'),
    report(anAlarmChange()),
    'incident-closed',
    'This incident is closed.',
    bot,
  ],
  [
    'what is not part of it',
    accepted,
    separate(),
    'not-found',
    'This alarm is not part of the incident.',
  ],
  [
    'what it is about',
    accepted,
    separate(anAlarmChange()),
    'not-allowed',
    'The incident is about this alarm. Choose one that joined it.',
  ],
  [
    'what is OK again',
    play([[report(anAllClear({ name: latency.name })), bot]], joined),
    separate(),
    'not-now',
    'This alarm is OK again, so there is nothing to work on.',
  ],
  [
    'what was given away',
    play([[separate(), ben]], joined),
    separate(),
    'already-done',
    `This alarm was already given RT-OTHER by <@UBEN>${NOW}.`,
  ],
  [
    'acceptance by the bot',
    byAlarm,
    { type: 'accept-proposal' },
    'not-allowed',
    'Only a person can accept an incident.',
    bot,
  ],
  [
    'a merge into itself',
    byAlarm,
    { type: 'merge-incident', intoId: 'RT-7K3F9' },
    'not-allowed',
    'An incident cannot become part of itself. Choose another one.',
  ],
  [
    'a decision on what a person opened',
    opened,
    { type: 'decline-proposal', reason: null },
    'not-now',
    'No alarm opened this incident, so there is nothing to decide.',
  ],
  [
    'nothing in an evaluation',
    verified,
    {
      type: 'evaluate-process',
      effectiveness: '',
      efficiency: ' ',
      cost: '',
      quality: '',
      safety: '',
      basis: 0,
    },
    'missing-text',
    'Nothing was written yet. One answer is enough.',
  ],
  [
    'a watch of nothing',
    play([[{ type: 'move-to-step', step: 'document', reason: 'To look.' }, ana]], opened),
    { type: 'record-watch', agreedMs: 1, readings: [], trouble: null },
    'not-now',
    'Nothing is verified here yet, so there is nothing to watch.',
    bot,
  ],
];

describe('a refusal says what, why and what to do next', () => {
  test.each(
    CASES.map(
      ([what, events, command, code, sentence, actor = ana]) =>
        [what, events, command, code, sentence, actor] as const,
    ),
  )('for %s', (_what, events, command, code, sentence, actor) => {
    expect(answer(events, command, actor)).toEqual({ kind: 'rejected', code, sentence });
  });
});
