import { describe, expect, it } from 'vitest';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { renderRoot } from '../../../src/slack/blocks/root-card.ts';
import { anAlarmChange, anAllClear, FIRED_AT_MS } from '../../support/alarm-builders.ts';
import { textIn } from '../../support/e2e/person.ts';
import { ana, bot, openCommand, play, stateOf } from '../../support/incident-builders.ts';

const opening = (changes: Parameters<typeof anAlarmChange>[0] = {}) =>
  play([[openCommand({ alarm: anAlarmChange(changes) }), bot]]);
const report = (change: ReturnType<typeof anAlarmChange>) =>
  ({
    type: 'record-alarm',
    change,
    mergedFrom: null,
    gatheringId: null,
    gatherWindow: { fromMs: 0, toMs: 0 },
  }) as const;

const cardOf = (events: ReturnType<typeof opening>) =>
  textIn(renderRoot(stateOf(events), events).blocks);

describe('the card of what an alarm opened', () => {
  it.each([
    [{}, 'AWS/ApplicationELB HTTPCode_ELB_5XX_Count above 5 LoadBalancer app/checkout'],
    [{ comparison: 'LessThanOrEqualToThreshold' }, 'Count at or below 5'],
    [{ comparison: null }, 'Count with the threshold 5'],
    [{ threshold: null }, 'HTTPCode_ELB_5XX_Count LoadBalancer'],
    [{ kind: 'composite' as const }, 'account 111122223333 · of other alarms'],
    [{ metric: null }, 'eu-west-1 , account 111122223333'],
  ])('says what the alarm watches: %o', (changes, words) => {
    expect(cardOf(opening(changes))).toContain(words);
  });

  it('asks whether it is an incident, and no more once somebody has said so', () => {
    const before = cardOf(opening());
    expect(before).toMatch(/is this an incident\?.*Accept Not an incident Merge/);
    expect(before).not.toContain('Threshold Crossed');
    expect(cardOf(opening({ comparison: null }))).toContain('Threshold Crossed');
    const after = cardOf(play([[{ type: 'accept-proposal' }, ana]], opening()));
    expect(after).not.toContain('Not an incident');
    expect(after).toContain('checkout-5xx in ALARM since');
  });

  it('says how often it fired, and that it is OK', () => {
    const again = anAlarmChange({ atMs: FIRED_AT_MS + 600_000 });
    const events = play(
      [
        [{ type: 'accept-proposal' }, ana],
        [report(anAllClear()), bot],
        [report(again), bot],
        [report(anAllClear({ atMs: FIRED_AT_MS + 900_000 })), bot],
      ],
      opening(),
    );
    expect(cardOf(events)).toMatch(/checkout-5xx fired .*\(2 times\) , OK since/);
  });

  it('names three alarms and counts the others', () => {
    const more = [1, 2, 3, 4].map(
      (n) =>
        [
          { ...report(anAlarmChange({ name: untrusted(`alarm-${n}`) })), mergedFrom: 'RT-2' },
          bot,
        ] as const,
    );
    const card = cardOf(play([[{ type: 'accept-proposal' }, ana], ...more], opening()));
    expect(card).toContain('and 2 more alarms');
    expect(card).not.toContain('alarm-3');
  });

  it('counts those that joined on one line, and how many of them are in ALARM', () => {
    const names = ['cart', 'search', 'login'].map((name) => ({ name: untrusted(name) }));
    const joined = names.map((name) => [report(anAlarmChange(name)), bot] as const);
    const [first = joined[0]] = names.map((name) => [report(anAllClear(name)), bot] as const);
    expect(cardOf(play(joined, opening()))).toMatch(/3 more alarms since .*, all in ALARM/);
    const partly = cardOf(play([...joined, first as (typeof joined)[number]], opening()));
    expect(partly).toMatch(/3 more alarms since .*, 2 of them in ALARM now/);
    expect(partly).not.toContain('login');
  });
});
