import { describe, expect, it } from 'vitest';
import { ana, answer, eventsUpTo, play } from '../../support/incident-builders.ts';

const redact = (places: number) =>
  ({ type: 'redact-record', reason: 'A password was pasted.', places }) as const;

describe('taking a text out of the record', () => {
  it('is told with its reason and the number of places, and not with the text', () => {
    const last = play([[redact(2), ana]], eventsUpTo('open')).at(-1);

    expect(last?.event).toEqual({
      type: 'record-redacted',
      reason: 'A password was pasted.',
      places: 2,
    });
  });

  it('is refused where the text is not, and says how it was looked for', () => {
    expect(answer(eventsUpTo('open'), redact(0))).toMatchObject({
      kind: 'rejected',
      code: 'not-found',
      sentence: expect.stringMatching(/nowhere in the record of RT-7K3F9.*exactly as typed/),
    });
  });
});
