import { describe, expect, it } from 'vitest';
import type { RecordedEvent } from '../../../src/domain/incident/events.ts';
import { renderIncident } from '../../../src/slack/blocks/render-incident.ts';
import { stateOf } from '../../support/incident-builders.ts';
import { aLongLog } from '../../support/long-incident.ts';

/** How often the records of a log of this length are looked at while it is rendered. */
function looksAt(count: number): { readonly looks: number; readonly lines: number } {
  let looks = 0;
  const log = aLongLog(count);
  const watched = log.map(
    (recorded) =>
      new Proxy(recorded, {
        get(target, field) {
          looks += 1;
          return target[field as keyof RecordedEvent];
        },
      }),
  );
  const slots = renderIncident({ state: stateOf(log), events: watched, nowMs: 0 });
  return { looks, lines: slots.filter(({ slot }) => slot.startsWith('line-')).length };
}

describe('rendering a long incident', () => {
  it('looks twice as often at the record when that is twice as long, not four times', () => {
    const short = looksAt(300);
    const long = looksAt(600);

    expect(long.lines).toBeGreaterThan(150);
    expect(long.looks / short.looks).toBeLessThan(2.2);
  });
});
